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
      SetupCommand.class,
      NodeCommand.class,
      WarmCommand.class,
      KeysCommand.class,
      WatchCommand.class,
      SituationCommand.Launches.class,
      SituationCommand.Tracks.class,
      SituationCommand.Alerts.class,
      EventsCommand.class,
      StatusCommand.class,
      FeedCommand.class,
      PartnerCommand.class,
      ReleaseCommand.class,
      PolicyCommand.class,
      AgreementCommand.class,
      TrackCommand.class,
      AuditCommand.class,
      JournalCommand.class,
      RetentionCommand.class,
      LabelCommand.class,
      ExerciseCommand.class,
      SimulateCommand.class,
      BenchCommand.class
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

  /** Every command there is. */
  static CommandLine commands() {
    CommandLine cli = new CommandLine(new Main());
    WrongWords.install(cli);
    cli.setExecutionExceptionHandler(
        (e, c, parsed) -> {
          Failure failure = Failure.of(e);
          c.getErr().println(failure.line());
          if (System.getenv("PARALLAX_TRACE") != null) {
            e.printStackTrace(c.getErr());
          }
          return failure.code();
        });
    return cli;
  }

  static int run(String... args) {
    CommandLine cli = commands();
    if (args.length == 0) {
      cli.usage(cli.getErr());
      return 2;
    }
    return cli.execute(args);
  }
}
