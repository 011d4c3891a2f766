package parallax.journal.sqlite;

import java.sql.SQLException;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/** SQLite's result codes (sqlite.org/rescode.html) in the journal's words. */
final class Failures {
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int NOT_A_DATABASE = 26;

  private Failures() {}

  /** What a failure of the store means to the journal's user. */
  static JournalException of(String doing, SQLException e) {
    Kind kind =
        switch (e.getErrorCode() & 0xff) {
          case FULL -> Kind.FULL;
          case CORRUPT, NOT_A_DATABASE -> Kind.CORRUPT;
          default -> Kind.OTHER;
        };
    return new JournalException(kind, doing + ": " + e.getMessage(), e);
  }
}
