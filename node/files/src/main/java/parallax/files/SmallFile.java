package parallax.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import parallax.model.Utf8Text;

/** Reads files of people, however large a file lies under their name. */
public final class SmallFile {
  /** A little more than the longest that is accepted, so that a longer one is refused as such. */
  private static final int MOST = 256 * 1024 + 1;

  private static final int MOST_WHOLE_MIB = 16;

  private SmallFile() {}

  /** The file's bytes; of one that is too long only its beginning, which is too long as well. */
  public static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST);
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  /**
   * The bytes of a file that is read whole, such as a key, settings or a table.
   *
   * @throws FileSystemException naming the file when it is far longer than any such file, or cannot
   *     be read
   */
  public static byte[] whole(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_WHOLE_MIB * 1024 * 1024 + 1);
      if (bytes.length <= MOST_WHOLE_MIB * 1024 * 1024) {
        return bytes;
      }
    } catch (IOException e) {
      throw named(file, e);
    }
    throw new FileSystemException(
        file.toString(), null, "longer than " + MOST_WHOLE_MIB + " MiB, so it is another file");
  }

  private static FileSystemException named(Path file, IOException e) {
    return e instanceof FileSystemException f && f.getFile() != null
        ? f
        : new FileSystemException(file.toString(), null, String.valueOf(e.getMessage()));
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
