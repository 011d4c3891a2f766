package parallax.journal.sqlite;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Notices when a reader of the database keeps the write-ahead log from beginning anew, so that it
 * grows, and says so: at 64 MiB and each time it has doubled. What such a reader has begun to read
 * must stay as it is, so only its end helps.
 */
final class LogGrowth {
  /** The length of the log at which it is spoken of first, bytes. */
  static final long FIRST_BYTES = 64L << 20;

  /** The kind of log line that says that the log grows. */
  static final String GROWS = "JOURNAL_LOG_GROWS";

  /** The kind of log line that says that it begins anew. */
  static final String BEGINS_ANEW = "JOURNAL_LOG_BEGINS_ANEW";

  private static final long FRAME_HEADER_BYTES = 24;

  private final long frameBytes;
  private final BiConsumer<String, String> log;
  private Instant since = Instant.MAX;
  private long longest;
  private long sayAt = FIRST_BYTES;

  LogGrowth(long pageBytes, BiConsumer<String, String> log) {
    this.frameBytes = pageBytes + FRAME_HEADER_BYTES;
    this.log = log;
  }

  /**
   * As much as possible of the log was copied into the database while nobody appended.
   *
   * @param frames how many frames long the log is
   * @param copied how many of them are in the database now; fewer than all while a reader goes by
   *     the others
   */
  void copied(long frames, long copied) {
    if (copied >= frames) {
      if (sayAt > FIRST_BYTES) {
        log.accept(
            BEGINS_ANEW,
            "nothing holds the journal's write-ahead log up any more; it had grown to "
                + mib(longest)
                + " and begins anew");
      }
      since = Instant.MAX;
      sayAt = FIRST_BYTES;
      longest = 0;
      return;
    }
    since = since.equals(Instant.MAX) ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : since;
    longest = frames * frameBytes;
    if (longest >= sayAt) {
      sayAt = 2 * longest;
      log.accept(
          GROWS,
          "the journal's write-ahead log has grown to "
              + mib(longest)
              + ", because another program has been reading "
              + SqliteJournal.DATABASE
              + " since "
              + since
              + " or longer. Nothing is lost, but the disk fills. End that program; 'fuser -v "
              + SqliteJournal.DATABASE
              + "' names it");
    }
  }

  private static String mib(long bytes) {
    return String.format(Locale.ROOT, "%d MiB", bytes >> 20);
  }
}
