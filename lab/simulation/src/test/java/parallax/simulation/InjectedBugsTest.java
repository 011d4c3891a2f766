package parallax.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.engine.EngineState;
import parallax.engine.TracksState;

/** A simulation that finds no bug put in on purpose proves nothing. */
class InjectedBugsTest {
  private static final long MOST_SEEDS = 2_000;
  private static final long FORGETTING_SEEDS = 300;

  /**
   * Parts of a state that no bug here forgets: without them a node does something else only after a
   * number of a track came up twice, a thousand tracks of one nation came within a second, a report
   * came long after its track was taken back or labelled anew, or a configuration brought back a
   * key from before the last two (EngineStateTest); or in the last moments of a warning
   * (AlertBookStateTest). When to look next only saves looking.
   */
  private static final Set<String> TESTED_ELSEWHERE =
      Set.of(
          "own.numbers.given",
          "own.numbers.skipped",
          "knowledge.combined.forgotten",
          "knowledge.combined.tracks.recalled",
          "knowledge.combined.tracks.relabelled",
          "streams.learned.announced",
          "alerts.warnings.sequence",
          "alerts.warnings.closed",
          "releases.lookAtNs");

  private static void parts(Class<?> state, String prefix, SortedSet<String> out) {
    for (RecordComponent c : state.getRecordComponents()) {
      String path = prefix + c.getName();
      boolean isPart = c.getType().isRecord() && !c.getType().equals(TracksState.class);
      if (isPart) {
        parts(c.getType(), path + ".", out);
      } else {
        out.add(path);
      }
    }
  }

  @Test
  void everyPartOfAStateIsForgottenBySomeBug() {
    SortedSet<String> parts = new TreeSet<>();
    parts(EngineState.class, "", parts);
    parts.removeAll(TESTED_ELSEWHERE);
    parts.removeIf(
        p ->
            Arrays.stream(InjectedBug.values())
                .flatMap(b -> b.forgets().stream())
                .anyMatch(f -> (p + ".").startsWith(f + ".") || f.startsWith(p + ".")));
    assertEquals(new TreeSet<>(), parts);
  }

  /** All in the same runs: alone each is found within some dozen of them, which takes its time. */
  @Test
  void everyPartOfAStateIsMissedWithinSomeHundredRuns() {
    Suspects suspects = new Suspects();
    Campaign campaign =
        new Campaign(
            new TreeSet<>(List.of(Fault.values())),
            Optional.empty(),
            OptionalLong.of(11),
            suspects);
    List<Campaign.Run> runs = new ArrayList<>();
    var unused =
        campaign.run(
            1,
            FORGETTING_SEEDS,
            Double.POSITIVE_INFINITY,
            (run, soFar) -> {
              runs.add(run);
              assertEquals(Optional.empty(), run.violation());
              return !suspects.isEmpty();
            });
    assertEquals(List.of(), suspects.left(), "after " + runs.size() + " runs");
  }

  static Stream<InjectedBug> bugsOfOtherKinds() {
    return Arrays.stream(InjectedBug.values()).filter(b -> b.forgets().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("bugsOfOtherKinds")
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
