package parallax.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.files.FileProblem;
import parallax.files.WholeFile;
import parallax.formats.cap.CapWriter;
import parallax.warning.Alert;

/**
 * The alerts that a node has issued, as files (CAP 1.2), written by a thread of their own. What
 * cannot be written is tried again until it can be; the engine never waits for it.
 *
 * <p>After a restart every alert of the journal is handed in again. One whose file is there, whole
 * and as it should be, is left alone; one that is missing is written; a file with another content,
 * torn by a crash or changed by somebody, is replaced, and that is said.
 */
final class AlertFiles implements AutoCloseable {
  private static final long RETRY_MS = 1_000;
  private static final String TRIED = ".tried";

  private final Path folder;
  private final NodeLog log;
  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().name("alerts").daemon().unstarted(this::run);

  /** Handed in and not written yet, oldest first. For the thread only. */
  private final List<Waiting> waiting = new ArrayList<>();

  private volatile boolean closing;

  /** For the thread that calls {@link #tryFolder} only. */
  private Optional<String> folderProblem = Optional.empty();

  /** An alert that is not written yet. */
  private static final class Waiting {
    final Alert alert;
    @Nullable String problem;

    Waiting(Alert alert) {
      this.alert = alert;
    }
  }

  /** Writes to {@code folder}, which is made when it is not there. */
  AlertFiles(Path folder, NodeLog log) {
    this.folder = folder;
    this.log = log;
  }

  /** Starts writing. */
  void start() {
    thread.start();
  }

  /** Takes an alert; returns at once. */
  void publish(Alert alert) {
    queue.add(() -> waiting.add(new Waiting(alert)));
  }

  /**
   * Tries whether an alert could be written now, and says so when that has changed: not only once
   * one must be.
   */
  void tryFolder() {
    Optional<String> problem = Optional.empty();
    try {
      Files.createDirectories(folder);
      Path tried = folder.resolve(TRIED);
      WholeFile.write(tried, new byte[0]);
      Files.delete(tried);
    } catch (IOException e) {
      problem = Optional.of(FileProblem.of(e));
    }
    if (!problem.equals(folderProblem)) {
      folderProblem = problem;
      log.change(
          "ALERT_FOLDER",
          problem
              .map(
                  p ->
                      "no alert can be written to "
                          + folder
                          + ": "
                          + p
                          + ". Give the node the right to write there, or make room")
              .orElse("alerts can be written to " + folder + " again"));
    }
  }

  /** The name of an alert's file. */
  static String name(Alert alert) {
    return alert.identifier().replaceAll("[^A-Za-z0-9._-]", "_") + ".cap.xml";
  }

  private void run() {
    try {
      removeParts();
      while (!closing) {
        Runnable next =
            waiting.isEmpty() ? queue.take() : queue.poll(RETRY_MS, TimeUnit.MILLISECONDS);
        if (next != null) {
          next.run();
        }
        writeAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writeAll();
    if (!waiting.isEmpty()) {
      log.say(
          "ALERT_NOT_WRITTEN",
          waiting.size()
              + " alerts are not written; the journal holds them and the next start writes them");
    }
  }

  /** Tries once to write everything that was handed in and is not written yet. */
  void writeAll() {
    List<Runnable> handedIn = new ArrayList<>();
    queue.drainTo(handedIn);
    handedIn.forEach(Runnable::run);
    waiting.removeIf(this::written);
  }

  /** How many alerts are not written yet. */
  int left() {
    return waiting.size() + queue.size();
  }

  private boolean written(Waiting w) {
    Path file = folder.resolve(name(w.alert));
    try {
      write(file, CapWriter.write(w.alert));
      if (w.problem != null) {
        log.say("ALERT_WRITTEN", file + " could not be written before and is there now");
      }
      return true;
    } catch (IOException e) {
      notWritten(w, FileProblem.of(e) + ". Make room, or put right what is in the way");
    } catch (RuntimeException e) {
      notWritten(w, "it cannot be put in the form of CAP, a fault of this program: " + e);
    }
    return false;
  }

  private void notWritten(Waiting w, String problem) {
    if (!problem.equals(w.problem)) {
      w.problem = problem;
      log.say(
          "ALERT_NOT_WRITTEN",
          "alert "
              + w.alert.identifier()
              + " is not written, and nobody who reads alerts there has it; it is tried again every"
              + " second: "
              + problem);
    }
  }

  private void write(Path file, byte[] content) throws IOException {
    if (Files.isRegularFile(file)) {
      if (Arrays.equals(Files.readAllBytes(file), content)) {
        return;
      }
      log.say(
          "ALERT_FILE_REPLACED",
          file + " was torn or changed and is written again as the journal has it");
    }
    Files.createDirectories(folder);
    WholeFile.write(file, content);
  }

  /** Removes what a process that was ended by force had begun to write. */
  private void removeParts() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path p : files) {
        if (WholeFile.isPart(p)) {
          Files.delete(p);
        }
      }
    } catch (IOException e) {
      // They are in nobody's way.
      return;
    }
  }

  /** Writes what was handed in, once more where that failed, and stops. */
  @Override
  public void close() {
    closing = true;
    queue.add(() -> {}); // wakes the thread
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
