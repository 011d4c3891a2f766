package parallax.exercise;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the tables that lie beside the classes. */
final class Bundled {
  /** Reads one table. */
  interface TableReader<T> {
    /** Reads from {@code reader}, naming {@code source} in messages. */
    T read(Reader reader, String source) throws IOException;
  }

  private Bundled() {}

  static <T> T read(String name, TableReader<T> how) {
    try (InputStream in = Bundled.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the build");
      }
      return how.read(new InputStreamReader(in, StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      throw new UncheckedIOException("bundled " + name + " cannot be read", e);
    }
  }
}
