package parallax.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The bytes of a text file as text. Every text file that people write is read by this, so that all
 * are UTF-8 and a file in another encoding is refused in the same words. A UTF-8 byte order mark at
 * the beginning is accepted and left out.
 */
public final class Utf8Text {
  /** What is expected, and what to do; the end of a message. */
  public static final String EXPECTED = "UTF-8 text. Save the file again with the encoding UTF-8";

  private static final String UTF_8_MARK = "EFBBBF";

  /** Byte order marks of other encodings, longest first: UTF-16's is the beginning of UTF-32's. */
  private enum OtherMark {
    UTF_32_LITTLE("UTF-32 (little-endian)", "FFFE0000"),
    UTF_32_BIG("UTF-32 (big-endian)", "0000FEFF"),
    UTF_16_LITTLE("UTF-16 (little-endian)", "FFFE"),
    UTF_16_BIG("UTF-16 (big-endian)", "FEFF");

    private final String encoding;
    private final String mark;

    OtherMark(String encoding, String mark) {
      this.encoding = encoding;
      this.mark = mark;
    }
  }

  private Utf8Text() {}

  /**
   * The text.
   *
   * @param bytes all bytes of the file
   * @param source what errors call the file
   * @throws InvalidValueException when it is not UTF-8; the message says which encoding was found
   */
  public static String decode(byte[] bytes, String source) {
    Optional<String> found = otherEncoding(bytes);
    if (found.isPresent()) {
      throw new InvalidValueException(source, found.get(), EXPECTED);
    }
    int begin = beginning(bytes).startsWith(UTF_8_MARK) ? UTF_8_MARK.length() / 2 : 0;
    return new String(bytes, begin, bytes.length - begin, StandardCharsets.UTF_8);
  }

  /** In what other encoding the bytes are, as far as that can be told; empty for UTF-8. */
  public static Optional<String> otherEncoding(byte[] bytes) {
    String beginning = beginning(bytes);
    for (OtherMark m : OtherMark.values()) {
      if (beginning.startsWith(m.mark)) {
        return Optional.of(m.encoding + " text");
      }
    }
    int zero = indexOfZero(bytes);
    if (zero >= 0) {
      return Optional.of(withZeros(bytes, zero));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    if (!result.isError()) {
      return Optional.empty();
    }
    return Optional.of(
        "not UTF-8: line "
            + lineAt(bytes, in.position())
            + " has the byte "
            + HexFormat.of().withUpperCase().toHexDigits(bytes[in.position()])
            + ", as text in Windows-1252, Shift_JIS or EUC-KR may have");
  }

  private static String beginning(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes, 0, Math.min(bytes.length, 4));
  }

  private static int indexOfZero(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** US-ASCII letters in UTF-16 have a zero byte before or after each. */
  private static String withZeros(byte[] bytes, int first) {
    boolean others = bytes.length % 2 == 0;
    for (int i = first % 2; i < Math.min(bytes.length, 20) && others; i += 2) {
      others = bytes[i] == 0;
    }
    if (!others) {
      return "not text: line " + lineAt(bytes, first) + " has a byte that is zero";
    }
    return first % 2 == 0
        ? "UTF-16 (big-endian) text without a byte order mark"
        : "UTF-16 (little-endian) text without a byte order mark";
  }

  private static int lineAt(byte[] bytes, int end) {
    int line = 1;
    for (int i = 0; i < end; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
