package parallax.bench.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The disk alone: one write at the end of a file and one flush, of the same bytes. What makes room
 * ahead can be faster, as the file's length then stays.
 */
final class BareDisk implements Store {
  private final FileChannel file;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

  BareDisk(Path folder) throws IOException {
    file =
        FileChannel.open(
            folder.resolve("bare"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  @Override
  public String name() {
    return "bare disk";
  }

  @Override
  public void append(byte[][] rows) throws IOException {
    int bytes = 0;
    for (byte[] row : rows) {
      bytes += row.length;
    }
    if (bytes > buffer.capacity()) {
      buffer = ByteBuffer.allocateDirect(bytes);
    }
    buffer.clear();
    for (byte[] row : rows) {
      buffer.put(row);
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    file.force(false);
  }

  @Override
  public long readAll() throws IOException {
    long sum = 0;
    buffer.clear();
    for (int n = file.read(buffer, sum); n > 0; n = file.read(buffer, sum)) {
      sum += n;
      buffer.clear();
    }
    return sum;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
