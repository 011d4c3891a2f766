package parallax.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import parallax.files.FileProblem;
import parallax.model.InvalidValueException;
import parallax.release.MalformedFileException;

/**
 * How a command ended that could not be done.
 *
 * @param code 1 failed, 2 a wrong option or file
 * @param line what is told
 */
record Failure(int code, String line) {
  /** Of what ended it. */
  static Failure of(Throwable e) {
    return switch (e) {
      case WrongUse w -> new Failure(2, line(w.getMessage()));
      case InvalidValueException i -> new Failure(2, line(i.getMessage()));
      case MalformedFileException m -> new Failure(2, line(m.getMessage()));
      case UncheckedIOException u -> of(java.util.Objects.requireNonNull(u.getCause()));
      case IOException i -> new Failure(1, line("failed: " + FileProblem.of(i)));
      case InterruptedException i -> new Failure(1, "interrupted");
      case OutOfMemoryError o ->
          new Failure(1, "failed: it needs more memory than this process may use");
      default ->
          new Failure(
              1,
              "failed: a fault of Parallax itself. With PARALLAX_TRACE=1 in the environment it"
                  + " prints where; please report that.");
    };
  }

  private static String line(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\p{Cntrl}", "?");
  }
}
