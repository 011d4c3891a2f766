package parallax.host.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a check must know of the machine that the node runs on. */
interface Machine {
  /** Whether a time service keeps the clock; empty when that cannot be seen from here. */
  Optional<Boolean> clockIsKept();

  /** The room that is left where a file or folder lies, bytes. */
  long roomBytes(Path where) throws IOException;

  /** This machine. */
  static Machine real() {
    return new Machine() {
      @Override
      public Optional<Boolean> clockIsKept() {
        return askTimeDate();
      }

      @Override
      public long roomBytes(Path where) throws IOException {
        return Files.getFileStore(where).getUsableSpace();
      }
    };
  }

  /** What systemd says of the kernel's clock, whichever time service keeps it. */
  private static Optional<Boolean> askTimeDate() {
    try {
      Process p =
          new ProcessBuilder("timedatectl", "show", "--property=NTPSynchronized", "--value")
              .redirectErrorStream(true)
              .start();
      p.getOutputStream().close();
      if (!p.waitFor(5, TimeUnit.SECONDS)) {
        p.destroyForcibly();
        return Optional.empty();
      }
      String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return switch (said) {
        case "yes" -> Optional.of(true);
        case "no" -> Optional.of(false);
        default -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.empty(); // a machine without it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
