package parallax.journal.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import parallax.journal.JournalException;

/** The tables of a journal on disk, and the settings of its connections. */
final class Schema {
  /** "Plx1" as a number: tells our databases from others. */
  private static final int APPLICATION_ID = 0x506c7831;

  private static final int VERSION = 1;

  /** How long a statement waits for another program's lock before that is said and tried again. */
  static final int BUSY_TIMEOUT_MS = 1_000;

  /**
   * Pages of 8 KiB: a batch of rows is half as many pages as by 4 KiB, each of which costs a
   * checksum and two writes, and a single row costs no more.
   */
  private static final int PAGE_BYTES = 8192;

  private Schema() {}

  /** Settings of every connection. Checkpoints are the checkpointer's alone. */
  static void configure(Connection connection, SqliteOptions options) throws SQLException {
    try (Statement s = connection.createStatement()) {
      busyTimeout(s, BUSY_TIMEOUT_MS);
      s.execute("PRAGMA page_size = " + PAGE_BYTES); // of a new database; an old one keeps its own
      s.execute("PRAGMA journal_mode = WAL");
      s.execute("PRAGMA synchronous = " + options.durability());
      s.execute("PRAGMA wal_autocheckpoint = 0");
      s.execute("PRAGMA journal_size_limit = " + LogRoom.BYTES); // once it begins anew
      s.execute("PRAGMA secure_delete = ON"); // what is freed is zeros
    }
  }

  /** Says how long a statement waits for another program's lock before it fails. */
  static void busyTimeout(Statement s, int milliseconds) throws SQLException {
    s.execute("PRAGMA busy_timeout = " + milliseconds);
  }

  /** Length of a page, bytes. */
  static long pageSize(Connection connection) throws SQLException {
    try (Statement s = connection.createStatement()) {
      return number(s, "PRAGMA page_size");
    }
  }

  /** Creates the tables, or recognises them. */
  static void prepare(Connection connection, SqliteOptions options)
      throws SQLException, JournalException {
    try (Statement s = connection.createStatement()) {
      long id = number(s, "PRAGMA application_id");
      long version = number(s, "PRAGMA user_version");
      if (id == 0 && version == 0 && number(s, "SELECT count(*) FROM sqlite_schema") == 0) {
        create(s);
        return;
      }
      require(s);
      if (options.checkAtOpen()) {
        check(s);
      }
    }
  }

  /** Refuses a database that is no journal of this version. */
  static void require(Statement s) throws SQLException, JournalException {
    long id = number(s, "PRAGMA application_id");
    long version = number(s, "PRAGMA user_version");
    if (id != APPLICATION_ID || version != VERSION) {
      throw new JournalException(
          JournalException.Kind.OTHER,
          "the database is not a journal of version " + VERSION + " but " + id + "/" + version);
    }
  }

  private static void create(Statement s) throws SQLException {
    s.execute("BEGIN IMMEDIATE");
    s.execute(
        "CREATE TABLE input (position INTEGER PRIMARY KEY, checksum INTEGER NOT NULL,"
            + " bytes BLOB NOT NULL)");
    s.execute("CREATE TABLE partner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)");
    s.execute(
        "CREATE TABLE outbox_record (key INTEGER PRIMARY KEY, checksum INTEGER NOT NULL,"
            + " bytes BLOB NOT NULL)");
    s.execute(
        "CREATE TABLE cursor (name TEXT PRIMARY KEY, next INTEGER NOT NULL,"
            + " chain_hash BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID");
    s.execute(
        "CREATE VIEW outbox AS SELECT p.name AS partner, r.key & "
            + OutboxKey.SEQ_MASK
            + " AS seq, r.bytes AS bytes FROM outbox_record r JOIN partner p ON p.id = r.key >> "
            + OutboxKey.SEQ_BITS);
    s.execute("PRAGMA application_id = " + APPLICATION_ID);
    s.execute("PRAGMA user_version = " + VERSION);
    s.execute("COMMIT");
  }

  /** Checks the whole database. */
  static void check(Statement s) throws SQLException, JournalException {
    try (ResultSet r = s.executeQuery("PRAGMA quick_check(1)")) {
      String found = r.next() ? r.getString(1) : "no answer";
      if (!"ok".equals(found)) {
        throw new JournalException(
            JournalException.Kind.CORRUPT, "the database is damaged: " + found);
      }
    }
  }

  /** The first number of the answer, 0 when there is none; leaves no statement open. */
  static long number(Statement s, String sql) throws SQLException {
    try (ResultSet r = s.executeQuery(sql)) {
      return r.next() ? r.getLong(1) : 0;
    }
  }
}
