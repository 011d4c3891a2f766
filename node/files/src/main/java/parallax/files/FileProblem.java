package parallax.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words for people. */
public final class FileProblem {
  private FileProblem() {}

  /** The reason, with the file where the exception names one. */
  public static String of(IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException x -> "there is no such file or folder";
          case AccessDeniedException x -> "access is denied";
          case FileAlreadyExistsException x -> "a file lies where a folder is needed";
          case DirectoryNotEmptyException x -> "a folder lies where a file is needed";
          case FileSystemException x when x.getReason() != null -> x.getReason();
          default -> String.valueOf(e.getMessage());
        };
    return e instanceof FileSystemException f && f.getFile() != null
        ? f.getFile() + ": " + reason
        : reason;
  }
}
