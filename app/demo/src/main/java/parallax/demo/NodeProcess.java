package parallax.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parallax.model.Nation;

/**
 * A node's process: started, watched, and started again when it dies before it was told to stop.
 */
final class NodeProcess implements AutoCloseable {
  private static final int MOST_RESTARTS = 50;
  private static final List<String> OPTIONS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Nation nation;
  private final Path directory;
  private final Consumer<String> said;
  private Process process;
  private int restarts;
  private boolean stopping;

  NodeProcess(Nation nation, Path directory, Consumer<String> said) throws IOException {
    this.nation = nation;
    this.directory = directory;
    this.said = said;
    this.process = launch();
  }

  private Process launch() throws IOException {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(WarmStart.options());
    Process p = start(directory, options);
    var unused = p.onExit().thenAccept(this::ended);
    return p;
  }

  /** Starts the node of a directory; what it says is appended to {@code node.log} there. */
  static Process start(Path directory, List<String> options) throws IOException {
    List<String> command = new ArrayList<>(List.of(WarmStart.java()));
    command.addAll(options);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "parallax.cli.Main",
            "node",
            "--dir",
            directory.toString()));
    File log = directory.resolve("node.log").toFile();
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .redirectError(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private synchronized void ended(Process p) {
    if (stopping || p.pid() != process.pid()) {
      return;
    }
    if (restarts >= MOST_RESTARTS) {
      said.accept(nation + " node died " + restarts + " times; it is left down");
      return;
    }
    restarts++;
    try {
      process = launch();
      said.accept(
          nation
              + " node (process "
              + p.pid()
              + ") died with code "
              + p.exitValue()
              + "; started again as process "
              + process.pid());
    } catch (IOException e) {
      said.accept(nation + " node cannot be started again: " + e.getMessage());
    }
  }

  synchronized long pid() {
    return process.pid();
  }

  synchronized int restarts() {
    return restarts;
  }

  synchronized boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    Process p;
    synchronized (this) {
      stopping = true;
      p = process;
    }
    p.destroy();
    try {
      if (!p.waitFor(5, TimeUnit.SECONDS)) {
        p.destroyForcibly();
      }
    } catch (InterruptedException e) {
      p.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
