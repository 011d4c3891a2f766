package parallax.journal.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import parallax.journal.EntryVisitor;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/** The inputs of a journal's database, each checked as it is read. */
public final class InputRows {
  private static final int PIECE = 500;

  private InputRows() {}

  /** Whether there is a journal in a directory. */
  public static boolean isThere(Path directory) {
    return Files.isRegularFile(directory.resolve(SqliteJournal.DATABASE));
  }

  /**
   * Reads every input of a journal that a node may have open, as far as it is durable at that
   * moment. Nothing is written, and the node is not held up. It is read in pieces, as the node's
   * write-ahead log cannot begin anew while a piece is being read.
   *
   * @throws JournalException when there is no journal, or it is damaged
   */
  public static void read(Path directory, EntryVisitor visitor) throws JournalException {
    Path database = directory.resolve(SqliteJournal.DATABASE);
    if (!isThere(directory)) {
      throw new JournalException(Kind.OTHER, "there is no journal in " + directory);
    }
    try (Connection c =
            DriverManager.getConnection(
                "jdbc:sqlite:" + database.toAbsolutePath().toUri() + "?mode=ro");
        Statement s = c.createStatement()) {
      s.execute("PRAGMA query_only = true");
      Schema.require(s);
      long last = Schema.number(s, "SELECT max(position) FROM input");
      for (long next = 1; next <= last; next += PIECE) {
        List<byte[]> piece = read(c, next, (int) Math.min(PIECE, last - next + 1));
        for (int i = 0; i < piece.size(); i++) {
          visitor.entry(next + i, piece.get(i));
        }
      }
    } catch (SQLException e) {
      throw Failures.of("reading the journal in " + directory, e);
    }
  }

  /** Reads the inputs from a position on; returns the position after the last. */
  static long read(Connection connection, long from, EntryVisitor visitor) throws JournalException {
    return read(connection, from, -1, visitor);
  }

  /** Reads at most {@code limit} inputs from a position on. */
  static List<byte[]> read(Connection connection, long from, int limit) throws JournalException {
    List<byte[]> out = new ArrayList<>();
    read(connection, from, limit, (position, bytes) -> out.add(bytes));
    return out;
  }

  private static long read(Connection connection, long from, int limit, EntryVisitor visitor)
      throws JournalException {
    Checksums checksums = new Checksums();
    String sql =
        "SELECT position, checksum, bytes FROM input WHERE position >= ? ORDER BY position LIMIT ?";
    long expected = from;
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setLong(1, from);
      s.setInt(2, limit); // negative: all
      try (ResultSet r = s.executeQuery()) {
        while (r.next()) {
          byte[] input = SqliteJournal.bytes(r, 3);
          if (r.getLong(1) != expected) {
            throw JournalException.corruptInput(expected, "it is missing");
          }
          if (checksums.of(expected, input) != r.getLong(2)) {
            throw JournalException.corruptInput(expected, "its checksum is wrong");
          }
          visitor.entry(expected, input);
          expected++;
        }
      }
    } catch (SQLException e) {
      throw Failures.of("reading journal input " + expected, e);
    }
    return expected;
  }
}
