package parallax.bench.journal;

import java.io.IOException;

/** Something that rows can be appended to, durably, and of which all can be read back. */
interface Store extends AutoCloseable {
  /** What it is called in tables. */
  String name();

  /** Appends the rows together; returns when they are durable. */
  void append(byte[][] rows) throws IOException;

  /** Reads everything in order; how many bytes the rows have. */
  long readAll() throws IOException;

  @Override
  void close() throws IOException;
}
