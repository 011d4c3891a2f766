package parallax.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import parallax.model.InvalidValueException;

/**
 * What makes an entry's hash impossible to guess at. Inclusion proofs show the hashes of
 * neighbouring entries; without a salt somebody who knows roughly what an entry says could try all
 * it may say. An entry's salt is
 *
 * <pre>
 *   SHA-256( secret || index as 8 bytes, big-endian ), the first 16 bytes
 * </pre>
 *
 * so that the same entries, appended again, give the same tree. Not for use by several threads at
 * once.
 */
public final class EntrySalt {
  /** Length of the secret, bytes. */
  public static final int SECRET_LENGTH = 32;

  private static final int LENGTH = 16;

  private final MerkleHasher hasher = new MerkleHasher();
  private final byte[] input;

  /**
   * Salts of a log.
   *
   * @param secret 32 secret, uniformly random bytes, of this log alone; copied
   */
  public EntrySalt(byte[] secret) {
    if (secret.length != SECRET_LENGTH) {
      throw new InvalidValueException(
          "secret of the salts", secret.length + " bytes", SECRET_LENGTH + " bytes");
    }
    input = Arrays.copyOf(secret, SECRET_LENGTH + Long.BYTES);
  }

  /** The salt of an entry, 32 hexadecimal digits. */
  public String of(long index) {
    ByteBuffer.wrap(input).putLong(SECRET_LENGTH, index);
    return HexFormat.of().formatHex(hasher.plain(input).bytes(), 0, LENGTH);
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "EntrySalt";
  }
}
