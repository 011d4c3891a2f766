package parallax.credentials;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.files.SmallFile;
import parallax.files.WholeFile;
import parallax.model.InvalidValueException;
import parallax.model.Utf8Text;

/**
 * The certificates of one authority that are no longer believed, by serial number: the file {@code
 * revoked.txt}. US-ASCII; lines that start with {@code #} are remarks; every other line begins with
 * a serial number in hexadecimal, what follows it is for people.
 *
 * @param serials the serial numbers
 * @param faults lines that hold none, each with its number; the others count all the same
 */
public record Revocations(SortedSet<BigInteger> serials, List<String> faults) {
  /** The file's name. */
  public static final String FILE = "revoked.txt";

  /** Nothing revoked. */
  public static final Revocations NONE = new Revocations(new TreeSet<>(), List.of());

  private static final int MOST_DIGITS = 40;

  /** Copies. */
  public Revocations {
    serials = Collections.unmodifiableSortedSet(new TreeSet<>(serials));
    faults = List.copyOf(faults);
  }

  /** Reads a text of the file's form; never throws. */
  public static Revocations parse(String text) {
    SortedSet<BigInteger> serials = new TreeSet<>();
    List<String> faults = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      try {
        serials.add(serial(stripped.split("\\s+", 2)[0]));
      } catch (InvalidValueException e) {
        faults.add("line " + number + ": " + e.getMessage());
      }
    }
    return new Revocations(serials, faults);
  }

  /**
   * Reads a file; without one, nothing is revoked.
   *
   * @throws IOException when it cannot be read, or is not UTF-8 text
   */
  public static Revocations read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NONE;
    }
    byte[] bytes = SmallFile.whole(file);
    try {
      return parse(Utf8Text.decode(bytes, file.toString()));
    } catch (InvalidValueException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * A serial number from its hexadecimal form, with or without colons.
   *
   * @throws InvalidValueException when it is none
   */
  public static BigInteger serial(String text) {
    String digits = text.replace(":", "");
    if (!digits.matches("[0-9a-fA-F]{1," + MOST_DIGITS + "}")) {
      throw new InvalidValueException(
          "serial number",
          "'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'",
          "1 to " + MOST_DIGITS + " hexadecimal digits");
    }
    return new BigInteger(digits, 16);
  }

  /** Adds a serial number to a file, durably; false when it stood there already. */
  public static boolean append(Path file, BigInteger serial, Instant now) throws IOException {
    if (read(file).serials().contains(serial)) {
      return false;
    }
    String line = serial.toString(16) + " revoked " + now.truncatedTo(ChronoUnit.SECONDS) + "\n";
    if (Files.exists(file)) {
      byte[] before = SmallFile.whole(file);
      if (before.length > 0 && before[before.length - 1] != '\n') {
        line = "\n" + line;
      }
    }
    WholeFile.append(file, line.getBytes(StandardCharsets.US_ASCII));
    return true;
  }
}
