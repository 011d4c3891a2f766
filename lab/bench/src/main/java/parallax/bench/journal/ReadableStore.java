package parallax.bench.journal;

import java.io.IOException;

/** A store of which everything can be read back. */
interface ReadableStore extends Store {
  /** Reads everything in order; how many bytes that were. */
  long readAll() throws IOException;
}
