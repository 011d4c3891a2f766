package parallax.bench.journal;

import java.io.IOException;

/** Something that rows can be appended to, durably. */
interface Store extends AutoCloseable {
  /** What it is called in tables. */
  String name();

  /** Appends the rows together; returns when they are as durable as the store makes them. */
  void append(byte[][] rows) throws IOException;

  @Override
  void close() throws IOException;
}
