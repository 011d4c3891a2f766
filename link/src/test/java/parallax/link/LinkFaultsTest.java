package parallax.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two sessions and a hostile line between them, from one seed: connections that break with frames
 * under way, frames lost, repeated, swapped and changed, forged and old batches thrown in. Whatever
 * happens, the recipient has the records 1 to n in order and once; after the line has healed, all.
 */
final class LinkFaultsTest {
  private static final int SEEDS = Integer.getInteger("parallax.link.seeds", 1_000);
  private static final long STEP_NS = 50_000_000L;

  /** One world. */
  private static final class World {
    final SplittableRandom random;
    final OutboundSession outbound = LinkFixtures.outbound(LinkFixtures.small());
    final InboundSession inbound = LinkFixtures.inbound(LinkFixtures.small());
    final ArrayDeque<Frame> toRecipient = new ArrayDeque<>();
    final ArrayDeque<Frame> toOriginator = new ArrayDeque<>();
    final List<Frame.Batch> seenBatches = new ArrayList<>();
    final StringBuilder trace = new StringBuilder();
    boolean connected;
    boolean hostile = true;
    long nowNs = 1_700_000_000_000_000_000L;
    long enqueued;
    long deliveredThrough;
    int violations;

    World(long seed) {
      random = new SplittableRandom(seed);
    }

    void step() {
      nowNs += random.nextLong(STEP_NS);
      if (!connected && (!hostile || random.nextInt(4) == 0)) {
        connect();
      }
      if (hostile && connected && random.nextInt(40) == 0) {
        disconnect();
      }
      if (hostile && random.nextInt(3) == 0) {
        for (int i = random.nextInt(12); i > 0; i--) {
          outbound.enqueue(LinkFixtures.REPORT);
          enqueued++;
        }
      }
      fromOriginator(outbound.flush(nowNs));
      fromOriginator(outbound.onTick(nowNs));
      fromRecipient(inbound.onTick(nowNs));
      for (int i = random.nextInt(6); i > 0; i--) {
        carry();
      }
      assertTrue(inbound.delivered() <= outbound.highWaterMark());
      assertTrue(outbound.acknowledged() <= inbound.delivered());
    }

    void connect() {
      connected = true;
      fromRecipient(inbound.onConnected(nowNs));
      fromOriginator(outbound.onConnected(nowNs));
    }

    /** Frames under way are gone; the two ends learn of it in either order. */
    void disconnect() {
      connected = false;
      toRecipient.clear();
      toOriginator.clear();
      outbound.onDisconnected(nowNs);
      inbound.onDisconnected(nowNs);
    }

    void carry() {
      boolean toThere = random.nextBoolean();
      ArrayDeque<Frame> line = toThere ? toRecipient : toOriginator;
      Frame frame = line.pollFirst();
      if (frame == null) {
        return;
      }
      if (hostile && random.nextInt(25) == 0) {
        frame = disturb(frame, line);
        if (frame == null) {
          return;
        }
      }
      if (toThere) {
        fromRecipient(inbound.onFrame(frame, nowNs));
      } else {
        fromOriginator(outbound.onFrame(frame, nowNs));
      }
    }

    @Nullable Frame disturb(Frame frame, ArrayDeque<Frame> line) {
      switch (random.nextInt(6)) {
        case 0 -> {
          return null;
        }
        case 1 -> line.addFirst(frame);
        case 2 -> {
          Frame second = line.pollFirst();
          line.addFirst(frame);
          return second == null ? null : second;
        }
        case 3 -> {
          return Faults.corrupt(frame, random);
        }
        case 4 -> {
          return frame instanceof Frame.Batch b ? Faults.forge(b, random) : frame;
        }
        default -> {
          line.addFirst(frame);
          return frame instanceof Frame.Batch && !seenBatches.isEmpty()
              ? seenBatches.get(random.nextInt(seenBatches.size()))
              : frame;
        }
      }
      return frame;
    }

    void fromOriginator(List<LinkEffect> effects) {
      for (LinkEffect e : effects) {
        switch (e) {
          case LinkEffect.Send send -> {
            toRecipient.add(send.frame());
            if (send.frame() instanceof Frame.Batch b) {
              seenBatches.add(b);
            }
          }
          case LinkEffect.Deliver d -> throw new AssertionError("originator delivers");
          case LinkEffect.Close c -> closed();
          case LinkEffect.Violation v -> violations++;
          case LinkEffect.StateChanged s -> trace.append("o:").append(s.state()).append(' ');
        }
      }
    }

    void fromRecipient(List<LinkEffect> effects) {
      for (LinkEffect e : effects) {
        switch (e) {
          case LinkEffect.Send send -> {
            if (send.frame() instanceof Frame.Ack ack) {
              assertEquals(deliveredThrough + 1, ack.nextSeq(), "ack only what was delivered");
            }
            toOriginator.add(send.frame());
          }
          case LinkEffect.Deliver d -> {
            assertEquals(deliveredThrough + 1, d.seq(), "in order, exactly once");
            assertArrayEquals(LinkFixtures.record(d.seq(), 20), d.record());
            deliveredThrough = d.seq();
            trace.append(d.seq()).append(' ');
          }
          case LinkEffect.Close c -> closed();
          case LinkEffect.Violation v -> violations++;
          case LinkEffect.StateChanged s -> trace.append("r:").append(s.state()).append(' ');
        }
      }
    }

    /** The other end learns of it after what is under way to it, or not even that. */
    void closed() {
      if (connected) {
        disconnect();
      }
    }

    void run() {
      for (int i = 0; i < 120; i++) {
        step();
      }
      hostile = false;
      for (int i = 0; i < 3_000 && outbound.acknowledged() < enqueued; i++) {
        step();
      }
      assertEquals(enqueued, deliveredThrough, "everything arrives once the line is good");
      assertEquals(enqueued, outbound.acknowledged());
      assertEquals(outbound.cursor(), inbound.cursor());
    }
  }

  @Test
  void everythingArrivesOnceAndInOrderWhateverTheLineDoes() {
    int violations = 0;
    long records = 0;
    long repeated = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = new World(seed);
      try {
        world.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + " after " + world.trace, e);
      }
      violations += world.violations;
      records += world.deliveredThrough;
      repeated += world.outbound.health().counts().repeated();
    }
    assertTrue(violations > SEEDS, "violations met: " + violations);
    assertTrue(records > 100L * SEEDS, "records: " + records);
    assertTrue(repeated > SEEDS, "records sent again: " + repeated);
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (long seed = 0; seed < 20; seed++) {
      World one = new World(seed);
      World two = new World(seed);
      one.run();
      two.run();
      assertEquals(one.trace.toString(), two.trace.toString());
      assertEquals(one.outbound.health(), two.outbound.health());
      World other = new World(seed + 1_000_000);
      other.run();
      assertNotEquals(one.trace.toString(), other.trace.toString());
      assertFalse(one.trace.isEmpty());
    }
  }
}
