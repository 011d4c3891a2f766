package parallax.link;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;

/** A SHA-256 value (FIPS 180-4): 32 bytes, immutable, equal when the bytes are. */
public final class Digest {
  /** Length, bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The digest of 32 bytes, which are copied.
   *
   * @throws InvalidValueException when the length is wrong
   */
  public static Digest of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new InvalidValueException("digest", bytes.length + " bytes", LENGTH + " bytes");
    }
    return new Digest(bytes.clone());
  }

  /** Takes an array nobody else will change. */
  static Digest owning(byte[] bytes) {
    return new Digest(bytes);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes themselves, for reading only. */
  byte[] shared() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest d && Arrays.equals(bytes, d.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Lower-case hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
