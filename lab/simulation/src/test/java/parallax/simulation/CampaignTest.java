package parallax.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Seeds that must keep every promise; {@code -Dparallax.simulation.seeds=N} for more. */
class CampaignTest {
  private static final Campaign ALL = Campaign.ofAllFaults();

  @Test
  void everyPromiseIsKeptWhateverGoesWrong() {
    long seeds = Long.getLong("parallax.simulation.seeds", 300);
    List<String> told = new ArrayList<>();
    Campaign.Result result =
        ALL.run(
            1,
            seeds,
            Double.POSITIVE_INFINITY,
            (run, soFar) -> {
              run.violation().ifPresent(v -> told.add(v + "\n" + String.join("\n", run.lines())));
              return told.size() < 3;
            });
    assertEquals(List.of(), told);
    assertEquals(seeds, result.seeds());
    assertTrue(
        result.faults().keySet().containsAll(List.of(Fault.values())),
        "faults that struck: " + result.faults());
    assertTrue(result.steps() > 100 * seeds, "steps: " + result.steps());
  }

  /** In these a clock was set right while its node waited for a full disk and read none. */
  @Test
  void aClockIsHeldAgainstItsNodeOnlyOnceTheNodeHasReadIt() {
    for (long seed : new long[] {7_039, 7_065}) {
      assertEquals(Optional.empty(), ALL.run(seed, 0).violation());
    }
  }

  @Test
  void aClockThatWasSetByLessThanAStepMayTakeAMinuteToBeFollowed() {
    assertEquals(Optional.empty(), ALL.run(21_818, 0).violation());
  }

  @Test
  void nothingGoesWrongWithoutFaults() {
    Campaign none = new Campaign(new TreeSet<>(), Optional.empty());
    for (long seed = 1; seed <= 10; seed++) {
      Campaign.Run run = none.run(seed);
      assertEquals(Optional.empty(), run.violation());
      assertTrue(run.faults().isEmpty(), run.faults().toString());
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (long seed = 500; seed < 510; seed++) {
      Campaign.Run once = ALL.run(seed, 0);
      Campaign.Run again = ALL.run(seed, Campaign.LINES);
      assertEquals(once.traceHash(), again.traceHash(), "seed " + seed);
      assertEquals(once.steps(), again.steps(), "seed " + seed);
    }
    assertNotEquals(ALL.run(500, 0).traceHash(), ALL.run(501, 0).traceHash());
  }

  /** Effects become lines of the trace, and the hash of a trace is that of all its lines. */
  @Test
  void enginesThatAreMadeAnewFromTheirStatesChangeNothing() {
    SortedSet<Fault> faults = new TreeSet<>(List.of(Fault.values()));
    Campaign never = new Campaign(faults, Optional.empty(), OptionalLong.of(0));
    for (long every : new long[] {1, 6, 40}) {
      Campaign often = new Campaign(faults, Optional.empty(), OptionalLong.of(every));
      for (long seed = 600; seed < (every == 1 ? 603 : 610); seed++) {
        Campaign.Run without = never.run(seed, 0);
        Campaign.Run with = often.run(seed, 0);
        assertEquals(Optional.empty(), with.violation());
        assertEquals(without.traceHash(), with.traceHash(), "seed " + seed + ", every " + every);
        assertEquals(without.steps(), with.steps());
      }
    }
  }

  @Test
  void endsAfterSoManyHours() {
    Campaign.Result result = ALL.run(1, 100, 0.001, (run, soFar) -> true);
    assertTrue(result.simulatedHours() >= 0.001);
    assertTrue(result.seeds() < 5, "seeds: " + result.seeds());
  }

  @Test
  void aNameOfEveryFaultLeadsBackToIt() {
    for (Fault f : Fault.values()) {
      assertEquals(Optional.of(f), Fault.of(f.label()));
    }
    assertEquals(Optional.empty(), Fault.of("none such"));
  }
}
