package parallax.journal.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** CRC32C (RFC 3720, section B.4) over a row's key and bytes, so that swapped rows show too. */
final class Checksums {
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer key = ByteBuffer.allocate(Long.BYTES);

  /** Of a numbered row. */
  long of(long number, byte[] bytes) {
    crc.reset();
    key.clear();
    key.putLong(number).flip();
    crc.update(key);
    crc.update(bytes);
    return crc.getValue();
  }

  /** Of a named row. */
  long of(String name, long number, byte[] bytes) {
    crc.reset();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    key.clear();
    key.putLong(number).flip();
    crc.update(key);
    crc.update(bytes);
    return crc.getValue();
  }
}
