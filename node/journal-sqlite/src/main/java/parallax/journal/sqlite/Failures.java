package parallax.journal.sqlite;

import java.sql.SQLException;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/** SQLite's result codes (sqlite.org/rescode.html) in the journal's words. */
final class Failures {
  private static final int BUSY = 5;
  private static final int CORRUPT = 11;
  private static final int PROTOCOL = 15;
  private static final int NOT_A_DATABASE = 26;

  private Failures() {}

  /** What a failure of the store means to the journal's user. */
  static JournalException of(String doing, SQLException e) {
    return switch (e.getErrorCode() & 0xff) {
      case BUSY, PROTOCOL ->
          new JournalException(
              Kind.BUSY,
              doing
                  + " must wait: another program has locked "
                  + Schema.DATABASE
                  + ". End that program; 'fuser -v "
                  + Schema.DATABASE
                  + "' names it",
              e);
      case CORRUPT, NOT_A_DATABASE ->
          new JournalException(Kind.CORRUPT, doing + ": " + e.getMessage(), e);
      default -> new JournalException(Kind.OTHER, doing + ": " + e.getMessage(), e);
    };
  }
}
