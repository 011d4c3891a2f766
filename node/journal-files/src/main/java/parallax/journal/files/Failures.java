package parallax.journal.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/** What the file system reports, in the journal's words. */
final class Failures {
  private static final List<String> FULL =
      List.of("no space left", "quota exceeded", "file too large", "not enough space");

  private Failures() {}

  /** What a failure means to the journal's user. */
  static JournalException of(String doing, IOException e) {
    return e instanceof JournalException j
        ? j
        : new JournalException(isFull(e) ? Kind.FULL : Kind.OTHER, doing + ": " + reason(e), e);
  }

  /**
   * The same, where so many bytes were to be written: the message of a full disk may be in the
   * words of another language, so the room left is looked at too.
   */
  static JournalException writing(String doing, Path place, long bytes, IOException e) {
    if (e instanceof JournalException j) {
      return j;
    }
    boolean full = isFull(e);
    try {
      full |= Files.getFileStore(place).getUsableSpace() < bytes;
    } catch (IOException unknown) {
      e.addSuppressed(unknown);
    }
    return new JournalException(full ? Kind.FULL : Kind.OTHER, doing + ": " + reason(e), e);
  }

  private static boolean isFull(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return FULL.stream().anyMatch(text::contains);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException n) {
      return n.getFile() + " is not there";
    }
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getFile() + ": " + f.getReason()
        : String.valueOf(e.getMessage());
  }

  /** Says where a file is not what was written. */
  static JournalException corrupt(Path file, long place, long position, String what) {
    return new JournalException(
        Kind.CORRUPT,
        file + ", from byte " + place + " on (journal entry " + position + "): " + what);
  }

  /** Says that a whole file is not what it should be. */
  static JournalException corrupt(Path file, String what) {
    return new JournalException(Kind.CORRUPT, file + ": " + what);
  }
}
