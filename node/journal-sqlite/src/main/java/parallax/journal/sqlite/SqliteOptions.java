package parallax.journal.sqlite;

/**
 * How a journal on disk is opened.
 *
 * @param durability what survives
 * @param maxBytes the database grows to no more than this; {@code append} then fails with FULL
 * @param checkAtOpen whether the whole database is checked for damage when it is opened
 */
public record SqliteOptions(Durability durability, long maxBytes, boolean checkAtOpen) {
  /** What survives an append that has returned. */
  public enum Durability {
    /** Failure of the process, the system or the power: the disk is told to write through. */
    FULL,
    /** Failure of the process; of system or power only what was written a moment before. */
    NORMAL
  }

  /** Requires room for an empty database. */
  public SqliteOptions {
    if (maxBytes < 1 << 20) {
      throw new IllegalArgumentException(
          "room for the journal is " + maxBytes + " bytes; expected 1 MiB or more");
    }
  }

  /** Full durability, no limit but the disk's, checked at opening. */
  public static SqliteOptions standard() {
    return new SqliteOptions(Durability.FULL, Long.MAX_VALUE, true);
  }

  /** The same with another durability. */
  public SqliteOptions withDurability(Durability other) {
    return new SqliteOptions(other, maxBytes, checkAtOpen);
  }

  /** The same with another limit. */
  public SqliteOptions withMaxBytes(long bytes) {
    return new SqliteOptions(durability, bytes, checkAtOpen);
  }
}
