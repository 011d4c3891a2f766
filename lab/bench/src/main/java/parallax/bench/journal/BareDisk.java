package parallax.bench.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The disk alone: one write and one flush of the same bytes. Nothing durable can be faster. */
final class BareDisk implements Store {
  private final FileChannel file;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

  BareDisk(Path folder) throws IOException {
    file =
        FileChannel.open(
            folder.resolve("bare"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
  public void close() throws IOException {
    file.close();
  }
}
