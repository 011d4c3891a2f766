package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Skies without threats: some runs of each kind here, a thousand by {@link NonThreats#main}. */
final class NonThreatsTest {
  private static final int RUNS = 8;

  /**
   * A launcher that coasts for tens of seconds between its stages is left out: until the next stage
   * lights, where it would come down is the truth.
   */
  @ParameterizedTest
  @EnumSource(
      value = NonThreats.Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "SPACE_LAUNCH_WITH_COAST")
  void putNoAreaAtRisk(NonThreats.Kind kind) {
    int runs = kind == NonThreats.Kind.CLUTTER_TENFOLD ? 3 : RUNS;
    for (int seed = 0; seed < runs; seed++) {
      NonThreats.Outcome o = NonThreats.fly(kind, seed);
      assertTrue(o.longest() < 3, kind + ", seed " + seed + ": " + o);
    }
  }

  /**
   * Its plots went to a track that a radar had begun; it was taken to have burnt out, and to fall.
   */
  @Test
  void aBoosterWhosePlotsAnotherTrackTookOverIsNotSaidToFall() {
    NonThreats.Outcome o = NonThreats.fly(NonThreats.Kind.SPACE_LAUNCH_EAST, 217);
    assertTrue(o.longest() < 3, o.toString());
  }

  /** A noisy climb of 150 m/s was none. */
  @Test
  void anAircraftThatSeemsToClimbFastIsNotSaidToFall() {
    NonThreats.Outcome o = NonThreats.fly(NonThreats.Kind.AIRCRAFT, 990);
    assertTrue(o.longest() < 3, o.toString());
  }

  /** One track of a meteor, carried on to when another began beside it, was beyond all speeds. */
  @Test
  void aBeliefBeyondAllSpeedsStopsNothing() {
    NonThreats.Outcome o = NonThreats.fly(NonThreats.Kind.METEORS, 288);
    assertTrue(o.longest() < 3, o.toString());
  }
}
