package parallax.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parallax.model.InvalidValueException;

/**
 * Up to 256 entries in one file: each after its length, two bytes, big-endian (C2SP tlog-tiles).
 */
public final class EntryBundle {
  /** Longest entry, bytes. */
  public static final int LONGEST = 0xffff;

  private EntryBundle() {}

  /** The bytes of a bundle. */
  public static byte[] encode(List<byte[]> entries) {
    int length = 0;
    for (byte[] e : entries) {
      if (e.length > LONGEST) {
        throw new InvalidValueException(
            "length of an entry", e.length + " bytes", "at most " + LONGEST);
      }
      length += 2 + e.length;
    }
    byte[] out = new byte[length];
    int at = 0;
    for (byte[] e : entries) {
      out[at++] = (byte) (e.length >> 8);
      out[at++] = (byte) e.length;
      System.arraycopy(e, 0, out, at, e.length);
      at += e.length;
    }
    return out;
  }

  /**
   * The entries of a bundle.
   *
   * @throws InvalidValueException when the bytes end within an entry
   */
  public static List<byte[]> decode(byte[] bytes) {
    List<byte[]> out = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int left = bytes.length - at;
      int length = left < 2 ? 0 : ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
      if (left < 2 + length) {
        throw new InvalidValueException(
            "entry " + out.size() + " of the bundle",
            "cut off after " + left + " bytes",
            2 + length + " bytes");
      }
      out.add(Arrays.copyOfRange(bytes, at + 2, at + 2 + length));
      at += 2 + length;
    }
    return out;
  }
}
