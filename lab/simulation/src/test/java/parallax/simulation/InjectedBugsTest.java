package parallax.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that finds no bug put in on purpose proves nothing. */
class InjectedBugsTest {
  private static final long MOST_SEEDS = 2_000;

  @ParameterizedTest
  @EnumSource(InjectedBug.class)
  void isFound(InjectedBug bug) {
    Campaign campaign = new Campaign(new TreeSet<>(List.of(Fault.values())), Optional.of(bug));
    Campaign.Result result =
        campaign.run(
            1, MOST_SEEDS, Double.POSITIVE_INFINITY, (run, soFar) -> run.violation().isEmpty());
    assertFalse(result.violations().isEmpty(), bug.label() + " was not found");
    assertEquals(Optional.of(bug), InjectedBug.of(bug.label()));
    System.getLogger("parallax.simulation")
        .log(
            System.Logger.Level.INFO,
            bug.label() + ": seed " + result.seeds() + ": " + result.violations().getFirst());
  }
}
