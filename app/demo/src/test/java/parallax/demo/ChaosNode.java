package parallax.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node as a process of its own, that a test kills, pauses and starts again. */
final class ChaosNode implements AutoCloseable {
  private static final int LAST_LINES = 5;
  private final Path directory;
  private final Path log;
  private Process process;

  ChaosNode(Path directory) throws IOException {
    this.directory = directory;
    this.log = directory.resolve("node.log");
    this.process = launch();
  }

  private Process launch() throws IOException {
    return NodeProcess.start(
        directory, List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
  }

  /** Ends the process as a loss of power would, the disk apart, and starts it again. */
  void killAndStart() throws IOException {
    signal("KILL");
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process = launch();
  }

  void pause() {
    signal("STOP");
  }

  void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lines of its log that speak of a fault of the software, and the end of a process by itself. */
  List<String> faultsSaid() throws IOException {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
      return lines
          .filter(
              l ->
                  l.contains(" FATAL: ")
                      || l.contains(" INTERNAL_")
                      || l.contains("Exception in thread")
                      || l.contains("OutOfMemory"))
          .map(l -> directory.getFileName() + ": " + l)
          .toList();
    }
  }

  /** The end of its log, for people. */
  String lastLines() {
    try {
      List<String> all = Files.readAllLines(log, StandardCharsets.UTF_8);
      return (process.isAlive() ? "alive: " : "ended: ")
          + String.join(" | ", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    goOn();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
