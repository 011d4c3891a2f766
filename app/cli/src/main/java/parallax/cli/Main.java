package parallax.cli;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code parallax} command. Exit codes: 0 done, 1 failed, 2 wrong option or file. */
@Command(
    name = "parallax",
    mixinStandardHelpOptions = true,
    version = Main.VERSION,
    description =
        "Real-time sharing of missile-warning data between sovereign partners, each under its own"
            + " control.",
    subcommands = {
      DemoCommand.class,
      NodeCommand.class,
      KeysCommand.class,
      WatchCommand.class,
      FeedCommand.class,
      PartnerCommand.class,
      ReleaseCommand.class,
      PolicyCommand.class,
      AgreementCommand.class,
      TrackCommand.class,
      AuditCommand.class,
      RetentionCommand.class,
      LabelCommand.class,
      ExerciseCommand.class,
      SimulateCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  /** What this is. */
  static final String VERSION = "Parallax 0.1";

  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    GRPC.setLevel(Level.OFF);
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine cli = new CommandLine(new Main());
    cli.setCaseInsensitiveEnumValuesAllowed(true);
    cli.setParameterExceptionHandler(
        (e, a) -> {
          e.getCommandLine().getErr().println(oneLine(e.getMessage()));
          e.getCommandLine()
              .getErr()
              .println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return 2;
        });
    cli.setExecutionExceptionHandler(
        (e, c, parsed) -> {
          if (e instanceof WrongUse) {
            c.getErr().println(oneLine(e.getMessage()));
            return 2;
          }
          c.getErr()
              .println(oneLine("failed: " + e.getClass().getSimpleName() + ": " + e.getMessage()));
          if (System.getenv("PARALLAX_TRACE") != null) {
            e.printStackTrace(c.getErr());
          }
          return 1;
        });
    if (args.length == 0) {
      cli.usage(cli.getErr());
      return 2;
    }
    return cli.execute(args);
  }

  private static String oneLine(@org.jspecify.annotations.Nullable String text) {
    return String.valueOf(text).replaceAll("\\s*\\R\\s*", "; ");
  }
}
