package parallax.journal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import parallax.journal.JournalException;
import parallax.journal.files.LogOptions.Durability;
import parallax.journal.log.JournalEntry;

/** Small logs on a {@link MemoryDisk}. */
final class MemoryLogs {
  private MemoryLogs() {}

  /** Small segments, so that there are many. */
  static LogOptions options(Durability durability) {
    return LogOptions.standard()
        .withDurability(durability)
        .withSegments(4 << 10, 1_000)
        .withRoomBytes(4 << 10);
  }

  static SegmentLog open(MemoryDisk disk, Path directory, LogOptions options, List<String> said)
      throws JournalException {
    return SegmentLog.open(
        disk,
        directory,
        options,
        1_000_000,
        (kind, line) -> {
          synchronized (said) {
            said.add(kind + ": " + line);
          }
        });
  }

  static SegmentLog open(MemoryDisk disk, Path directory, LogOptions options)
      throws JournalException {
    return open(disk, directory, options, new ArrayList<>());
  }

  /** An entry that nobody else makes for this position and turn. */
  static JournalEntry entry(long position, long turn, int bytes) {
    SplittableRandom random = new SplittableRandom(position * 1_000_003 + turn);
    byte[] input = new byte[16 + bytes];
    random.nextBytes(input);
    ByteBuffer.wrap(input).putLong(position).putLong(turn);
    byte[] facts = new byte[random.nextInt(20)];
    random.nextBytes(facts);
    return new JournalEntry(input, facts);
  }

  /** Everything that a log holds, from its first position on; positions are as they should be. */
  static List<JournalEntry> all(SegmentLog log) throws JournalException {
    List<JournalEntry> seen = new ArrayList<>();
    long first = log.firstPosition();
    log.replay(
        first,
        (position, input, facts) -> {
          assertEquals(first + seen.size(), position);
          seen.add(new JournalEntry(input, facts));
        });
    assertEquals(log.nextPosition(), first + seen.size());
    return seen;
  }

  /** The same as another program reads it. */
  static List<JournalEntry> read(MemoryDisk disk, Path directory) throws JournalException {
    List<JournalEntry> seen = new ArrayList<>();
    try (EntryLogReader reader = EntryLogReader.open(disk, directory)) {
      long first = reader.firstPosition();
      long next =
          reader.read(
              first,
              (position, input, facts) -> {
                assertEquals(first + seen.size(), position);
                seen.add(new JournalEntry(input, facts));
              });
      assertEquals(next, first + seen.size());
    }
    return seen;
  }
}
