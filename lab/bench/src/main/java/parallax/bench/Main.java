package parallax.bench;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import parallax.bench.journal.StoreCommand;
import parallax.bench.link.LinkCommand;
import parallax.bench.micro.MicroCommand;
import parallax.bench.start.StartCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code parallax bench} command. Exit codes: 0 done, 1 failed, 2 wrong option or file. */
@Command(
    name = "parallax bench",
    mixinStandardHelpOptions = true,
    description = "Measures what the hot path costs on this machine, beside what it stands on.",
    subcommands = {LinkCommand.class, StoreCommand.class, StartCommand.class, MicroCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Main() {}

  /** Runs a bench and exits with its code. */
  public static void main(String[] args) {
    GRPC.setLevel(Level.OFF);
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine cli = new CommandLine(new Main());
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
          c.getErr().println(oneLine("failed: " + e.getMessage()));
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

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\s*\\R\\s*", "; ");
  }
}
