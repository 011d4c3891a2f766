package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parallax.host.Node;
import parallax.host.NodeLog;
import parallax.host.NodeSettings;
import parallax.model.InvalidValueException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax node}. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = "Runs one nation's node from its directory until it is stopped.")
final class NodeCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      required = true,
      description = "the node's directory, with node.yaml, keys, agreement, policy and sensors")
  private Path directory = Path.of("");

  private volatile boolean cleanly;

  @Override
  public Integer call() throws InterruptedException {
    if (!Files.isDirectory(directory)) {
      throw new WrongUse("no node directory at " + directory);
    }
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
    try (Node node = start(log)) {
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

  private static void await(CountDownLatch latch) {
    try {
      latch.await(); // as long as the disk takes: the node says that it waits
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Node start(NodeLog log) {
    try {
      return Node.start(directory, log);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new WrongUse("node of " + directory + " does not start: there is no " + e.getFile());
    } catch (IOException | GeneralSecurityException | InvalidValueException e) {
      throw new WrongUse(
          "node of " + directory.resolve(NodeSettings.FILE) + " does not start: " + e.getMessage());
    }
  }
}
