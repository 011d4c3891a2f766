package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import parallax.link.fixtures.FaultyWorld;

/**
 * Whatever the lines do: streams that are made anew from their states again and again do, frame by
 * frame and effect by effect, what streams do that are never made anew.
 */
final class RestoredStreamsTest {
  private static final int SEEDS = Integer.getInteger("parallax.link.seeds", 1_000) / 100;
  private static final int STEPS = 150;

  /** The states as they are. */
  private static final FaultyWorld.Passage DIRECT =
      new FaultyWorld.Passage() {
        @Override
        public OutgoingState of(OutgoingState state) {
          return state;
        }

        @Override
        public InboundState of(InboundState state) {
          return state;
        }

        @Override
        public RelayState of(RelayState state) {
          return state;
        }
      };

  private static void goesOnAsIfNothingHappened(int every) {
    for (FaultyWorld.Line line : FaultyWorld.Line.values()) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        FaultyWorld never = new FaultyWorld(seed, line);
        FaultyWorld often = new FaultyWorld(seed, line, every, DIRECT);
        never.run(STEPS);
        often.run(STEPS);
        assertTrue(often.met.getOrDefault("streams made anew", 0) > 0);
        often.met.remove("streams made anew");
        assertEquals(never.effects, often.effects, line + " seed " + seed);
        assertEquals(never.outcome(), often.outcome());
      }
    }
  }

  @Test
  void streamsMadeAnewAfterEachCallGoOnAsIfNothingHappened() {
    goesOnAsIfNothingHappened(1);
  }

  @Test
  void streamsMadeAnewAfterSomeCallsGoOnAsIfNothingHappened() {
    goesOnAsIfNothingHappened(5);
  }

  @Test
  void streamsMadeAnewAfterManyCallsGoOnAsIfNothingHappened() {
    goesOnAsIfNothingHappened(40);
  }
}
