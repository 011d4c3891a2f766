package parallax.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import parallax.model.Utf8Text;

/** Reads agreements and policies, however large a file lies under their name. */
public final class SmallFile {
  /** A little more than the longest that is accepted, so that a longer one is refused as such. */
  private static final int MOST = 256 * 1024 + 1;

  private SmallFile() {}

  /** The file's bytes; of one that is too long only its beginning, which is too long as well. */
  public static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST);
    }
  }

  /**
   * The same as text.
   *
   * @throws parallax.model.InvalidValueException when it is not UTF-8
   */
  public static String text(Path file) throws IOException {
    return Utf8Text.decode(bytes(file), file.toString());
  }
}
