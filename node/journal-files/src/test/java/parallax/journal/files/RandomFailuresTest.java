package parallax.journal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.files.LogOptions.Durability;
import parallax.journal.log.JournalEntry;

/**
 * Logs that are appended to, rolled, shortened and opened again while processes are killed, power
 * fails and disks are full, at any byte. Nothing acknowledged is lost, doubled or reordered, and no
 * damage is spoken of where there is none.
 */
final class RandomFailuresTest {
  private static final int SEEDS = Integer.getInteger("parallax.failures", 150);
  private static final int LIVES = 8;

  @TempDir private Path folder = Path.of("");

  /** One log over several lives. */
  private final class Story {
    private final SplittableRandom random;
    private final LogOptions options;
    private MemoryDisk disk = new MemoryDisk();

    /** What was appended, from position 1 on, and up to where that must be there. */
    private final List<JournalEntry> model = new ArrayList<>();

    private int acknowledged;
    private int surelyDurable;
    private long first = 1;
    private long deletedBefore = 1;
    private long turn;
    private long now = 1_000_000;
    private boolean poweredOff;
    private final List<String> told = new ArrayList<>();

    Story(long seed) {
      random = new SplittableRandom(seed);
      Durability durability = random.nextBoolean() ? Durability.FULL : Durability.NORMAL;
      options = MemoryLogs.options(durability).withCheckAtOpen(random.nextBoolean());
    }

    void run() throws IOException {
      for (int life = 0; life < LIVES; life++) {
        disk.stopAfter(
            random.nextInt(5) == 0 ? random.nextInt(12_000) : random.nextInt(5_000, 60_000));
        try (SegmentLog log = MemoryLogs.open(disk, folder, options, told)) {
          requireRight(log);
          live(log);
        } catch (JournalException e) {
          if (!disk.isStopped()) {
            throw e;
          }
        }
        boolean power = random.nextBoolean();
        poweredOff |= power;
        disk = power ? disk.afterPowerLoss(random) : disk.afterKill();
        readAsOthersDo();
      }
    }

    private void live(SegmentLog log) throws JournalException {
      for (int i = random.nextInt(60); i > 0; i--) {
        int what = random.nextInt(20);
        if (what < 15) {
          append(log);
        } else if (what < 17) {
          now += 600;
          log.roll(now);
        } else if (what == 17) {
          deletedBefore = Math.max(deletedBefore, random.nextLong(1, acknowledged + 2));
          first = log.deleteBefore(deletedBefore);
        } else if (what == 18) {
          attend(log);
        } else {
          fill(log);
        }
      }
      if (random.nextBoolean()) {
        log.close();
        surelyDurable = acknowledged;
      }
    }

    private void attend(SegmentLog log) throws JournalException {
      try {
        log.attend();
        surelyDurable = acknowledged;
      } catch (IOException e) {
        throw new JournalException(Kind.OTHER, "stopped", e);
      }
    }

    private void fill(SegmentLog log) throws JournalException {
      disk.capacity(disk.paths().stream().mapToLong(p -> disk.get(p).length).sum());
      try {
        append(log);
      } catch (JournalException e) {
        if (e.kind() != Kind.FULL) {
          throw e;
        }
      } finally {
        disk.capacity(Long.MAX_VALUE);
      }
    }

    private void append(SegmentLog log) throws JournalException {
      turn++;
      List<JournalEntry> batch = new ArrayList<>();
      int bytes = random.nextInt(10) == 0 ? 3_000 : 200;
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        batch.add(MemoryLogs.entry(acknowledged + 1 + batch.size(), turn, random.nextInt(bytes)));
      }
      while (model.size() > acknowledged) {
        model.removeLast(); // an earlier try of which nobody was told
      }
      model.addAll(batch);
      assertEquals(acknowledged + 1, log.append(batch));
      acknowledged = model.size();
      if (options.durability() == Durability.FULL) {
        surelyDurable = acknowledged;
      }
    }

    private void requireRight(SegmentLog log) throws JournalException {
      List<JournalEntry> found = MemoryLogs.all(log);
      first = log.firstPosition();
      assertTrue(first <= Math.max(deletedBefore, 1), "first is " + first);
      int there = (int) first - 1 + found.size();
      int must = poweredOff ? surelyDurable : acknowledged;
      assertTrue(there >= must, there + " of " + must + " are there: " + told);
      assertTrue(there <= model.size(), there + " of " + model.size());
      assertEquals(model.subList((int) first - 1, there), found);
      // Whatever is there now counts.
      while (model.size() > there) {
        model.removeLast();
      }
      acknowledged = there;
      surelyDurable = there;
      poweredOff = false;
    }

    private void readAsOthersDo() throws JournalException {
      if (holdsNoLog()) {
        return;
      }
      List<JournalEntry> read = MemoryLogs.read(disk, folder);
      try (EntryLogReader reader = EntryLogReader.open(disk, folder)) {
        int from = (int) reader.firstPosition() - 1;
        int must = poweredOff ? surelyDurable : acknowledged;
        assertTrue(
            from + read.size() >= must, () -> from + read.size() + " of " + must + " were read");
        assertEquals(model.subList(from, from + read.size()), read);
      }
    }

    private boolean holdsNoLog() {
      return disk.paths().stream().noneMatch(p -> p.toString().endsWith(SegmentHeader.SUFFIX));
    }
  }

  @Test
  void nothingAcknowledgedIsLostDoubledOrReordered() throws IOException {
    int cut = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Story story = new Story(seed);
      try {
        story.run();
      } catch (JournalException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      cut += (int) story.told.stream().filter(t -> t.startsWith(Recovery.TAIL_CUT)).count();
    }
    assertTrue(cut > SEEDS / 10, "torn batches that were met: " + cut);
  }
}
