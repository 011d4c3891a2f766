package parallax.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import parallax.journal.CursorRecord;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;

/** A process that appends until it is killed, and prints the next position after every append. */
final class KilledWriter {
  private KilledWriter() {}

  /** What stands at a position: the position, then bytes made from it. */
  static byte[] input(long position) {
    SplittableRandom random = new SplittableRandom(position);
    byte[] bytes = new byte[8 + random.nextInt(2_000)];
    random.nextBytes(bytes);
    ByteBuffer.wrap(bytes).putLong(position);
    return bytes;
  }

  public static void main(String[] args) throws IOException {
    try (SqliteJournal journal = SqliteJournal.open(Path.of(args[0]))) {
      System.out.println(journal.nextPosition());
      for (long turn = 0; turn < 1_000_000; turn++) {
        long next = journal.nextPosition();
        long last = next + turn % 7;
        List<byte[]> inputs = new ArrayList<>();
        List<OutboxEntry> outbox = new ArrayList<>();
        for (long p = next; p <= last; p++) {
          inputs.add(input(p));
          outbox.add(new OutboxEntry("KOR", p, input(p)));
        }
        journal.append(
            new Transaction(
                inputs, outbox, List.of(new CursorRecord("in/USA", last + 1, new byte[32]))));
        System.out.println(journal.nextPosition());
      }
    }
  }
}
