package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import parallax.files.FileProblem;
import parallax.files.SmallFile;
import parallax.model.InvalidValueException;
import parallax.model.Utf8Text;

/** Files that a person names to be read or written; what is wrong with one is one line. */
final class GivenFile {
  private GivenFile() {}

  /**
   * Reads a file whole.
   *
   * @param what what it should hold, for example "a policy"
   * @throws WrongUse when it is not there, cannot be read, or is far too long
   */
  static byte[] bytes(Path file, String what) {
    require(file, what);
    try {
      return SmallFile.whole(file);
    } catch (IOException e) {
      throw new WrongUse(FileProblem.of(e) + "; expected " + what);
    }
  }

  /** The same as text; a text in another encoding is refused with what was found. */
  static String text(Path file, String what) {
    try {
      return Utf8Text.decode(bytes(file, what), file.toString());
    } catch (InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }

  /** What is wrong with a file or folder, its name before it unless it is said already. */
  static String named(Path file, Exception e) {
    String why = String.valueOf(e.getMessage());
    return why.contains(file.toString()) ? why : file + ": " + why;
  }

  /** Refuses a path at which there is no file. */
  static void require(Path file, String what) {
    if (Files.isDirectory(file)) {
      throw new WrongUse(file + " is a folder; expected " + what);
    }
    if (!Files.exists(file)) {
      throw new WrongUse("there is no file " + file + "; expected " + what);
    }
  }

  /**
   * Tries whether a file can be written, so that a long command does not find out at its end.
   *
   * @throws WrongUse when it cannot, with the reason
   */
  static void requireWritable(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    if (Files.isDirectory(file)) {
      throw new WrongUse(option + ": " + file + " is a folder; expected the name of a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new WrongUse(option + ": cannot write " + file + ": there is no folder " + folder);
    }
    requireRoom(option, file, folder);
  }

  /** Tries whether files can be made in a folder, which is made when it is not there. */
  static void requireWritableFolder(String option, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new WrongUse(option + ": the folder cannot be made: " + FileProblem.of(e));
    }
    requireRoom(option, folder, folder);
  }

  private static void requireRoom(String option, Path named, Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".parallax", ".part"));
    } catch (IOException e) {
      throw new WrongUse(
          option + ": cannot write " + named + ": files cannot be made in " + folder + reason(e));
    }
  }

  private static String reason(IOException e) {
    String why = FileProblem.of(e);
    int colon = why.lastIndexOf(": ");
    return " (" + (colon < 0 ? why : why.substring(colon + 2)) + ")";
  }
}
