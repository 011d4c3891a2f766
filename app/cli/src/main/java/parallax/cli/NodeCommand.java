package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.files.FileProblem;
import parallax.host.Node;
import parallax.host.NodeLog;
import parallax.model.InvalidValueException;
import parallax.release.MalformedFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parallax node}. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description =
        "Runs one nation's node from its directory until it is stopped (docs/node-directory.md)."
            + " The command 'check' says what is wrong with a directory, 'show' its settings.",
    subcommands = {NodeCheckCommand.class, NodeShowCommand.class},
    synopsisSubcommandLabel = "[COMMAND]")
final class NodeCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "the node's directory, with node.yaml, keys, agreement, policy and sensors")
  private @Nullable Path named;

  @Spec private @Nullable CommandSpec spec;

  private volatile boolean cleanly;

  @Override
  public Integer call() throws InterruptedException {
    Path directory = directory();
    NodeLog log = new NodeLog("node");
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  await(stopped);
                  if (cleanly) {
                    Runtime.getRuntime().halt(0); // a stop that was asked for is no failure
                  }
                },
                "stop"));
    try (Node node = start(directory, log)) {
      while (!stop.await(200, TimeUnit.MILLISECONDS)) {
        if (node.failure() != null) {
          return 1;
        }
      }
      cleanly = true;
      return 0;
    } finally {
      if (cleanly) {
        log.change("STOP", "the node has stopped; all that it acknowledged is stored");
      }
      stopped.countDown();
    }
  }

  private Path directory() {
    if (named == null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "missing: --dir DIR, the node's directory; or one of the commands check and show");
    }
    if (!Files.isDirectory(named)) {
      throw new WrongUse("no node directory at " + named + "; 'parallax setup' makes one");
    }
    return named;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(); // as long as the disk takes: the node says that it waits
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Node start(Path directory, NodeLog log) {
    try {
      return Node.start(directory, log);
    } catch (IOException e) {
      throw notStarted(directory, FileProblem.of(e));
    } catch (GeneralSecurityException | InvalidValueException | MalformedFileException e) {
      throw notStarted(directory, String.valueOf(e.getMessage()));
    }
  }

  private static WrongUse notStarted(Path directory, String why) {
    return new WrongUse(
        "the node of "
            + directory
            + " does not start: "
            + why
            + ". 'parallax node check' says all that is wrong");
  }
}
