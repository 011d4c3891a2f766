package parallax.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.Utf8Text;

/** The lines of a text as they come, however long one is and whatever bytes are in it. */
final class BoundedLines implements AutoCloseable {
  /** A line longer than this is no plot, bytes. */
  static final int LONGEST = 4096;

  private final InputStream in;
  private int number;
  private boolean inLongLine;

  BoundedLines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * A line.
   *
   * @param number from 1
   * @param text the text without its line break; empty when there is a problem
   * @param problem why it cannot be read, in words; empty when it can
   */
  record Line(int number, String text, String problem) {}

  /** The next line; null at the end. */
  @Nullable Line next() throws IOException {
    skipRest();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b >= 0 && b != '\n' && !inLongLine) {
      if (bytes.size() == LONGEST) {
        inLongLine = true; // its rest may be long, and is read only when the next line is wanted
      } else {
        bytes.write(b);
        b = in.read();
      }
    }
    number++;
    return line(bytes.toByteArray(), inLongLine);
  }

  private void skipRest() throws IOException {
    int b = inLongLine ? in.read() : -1;
    while (b >= 0 && b != '\n') {
      b = in.read();
    }
    inLongLine = false;
  }

  private Line line(byte[] bytes, boolean tooLong) {
    if (tooLong) {
      return new Line(number, "", "is longer than " + LONGEST + " bytes; expected one plot");
    }
    Optional<String> other = Utf8Text.otherEncoding(bytes);
    if (other.isPresent()) {
      String found =
          number == 1 ? Utf8Text.otherEncoding(wholeUnits(bytes)).orElse(other.get()) : other.get();
      return new Line(
          number, "", "is not UTF-8 text (" + what(found) + "); expected " + Utf8Text.EXPECTED);
    }
    String text = Utf8Text.decode(bytes, "line");
    return new Line(number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, "");
  }

  /** Without half a line break: big-endian UTF-16 has a zero byte before its second half. */
  private static byte[] wholeUnits(byte[] bytes) {
    int last = bytes.length - 1;
    return last > 0 && last % 2 == 0 && bytes[last] == 0 ? Arrays.copyOf(bytes, last) : bytes;
  }

  /** The same without the number of a line, which is another one here. */
  private static String what(String found) {
    return found.replaceAll("^not (UTF-8|text): line \\d+ has ", "it has ");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
