package parallax.journal.log;

import java.util.HexFormat;

/**
 * The random name of a log. It is part of every checksum, so that files of two logs that were mixed
 * are told apart.
 *
 * @param high first 8 bytes
 * @param low last 8 bytes
 */
public record LogId(long high, long low) {
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
