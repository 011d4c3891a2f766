package parallax.host.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import parallax.files.WholeFile;
import parallax.model.InvalidValueException;

/** Folders and files of a directory that is set up. */
final class Folders {
  private Folders() {}

  /** Makes a folder that only its owner may look into, where there is none. */
  static void makePrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /**
   * Refuses to put something else in the place of a file.
   *
   * @param todo what somebody can do who wants that
   */
  static void requireSame(Path file, byte[] content, String todo) throws IOException {
    if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), content)) {
      throw new InvalidValueException(
          file.toString(), "there already with other content, and stays as it is", todo);
    }
  }

  /** Writes a file that is not there, and says which it was. */
  static void put(Path file, byte[] content, String what, Said said) throws IOException {
    if (Files.exists(file)) {
      said.there(file + what);
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    WholeFile.write(file, content);
    said.made(file + what);
  }
}
