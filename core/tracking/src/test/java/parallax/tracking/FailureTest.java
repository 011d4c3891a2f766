package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.exercise.LaunchTable;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchFailure;
import parallax.model.Nation;
import parallax.model.Sensor;

final class FailureTest {
  private static final double FULL_BURN_S = 120;
  private static final List<Sensor> SENSORS =
      List.of(
          TestSensors.radar(Nation.USA, "ship", 38.3, 124.2, 600, 1.0),
          TestSensors.satellite("west", 100));

  /** A first stage of Unha-3's thrust, southward from Sohae, that stops early. */
  private static TestFlight stoppedAfter(double seconds) {
    double share = seconds / FULL_BURN_S;
    double last = 13.5 / (1 - share * (1 - 13.5 / 58));
    return new TestFlight(
        Geodetic.ofDegrees(39.66, 124.705, 0),
        179.3,
        90 - 0.613 * seconds,
        20_000,
        new TestFlight.Stage(0, seconds, 13.5, last));
  }

  /** As that of 13 April 2012, which broke up after some 80 s. */
  @Test
  void spaceLaunchThatStopsInItsFirstStageIsToldAsFailed() {
    for (double end : List.of(81.0, 90.0)) {
      TestFlight f = stoppedAfter(end);
      for (long seed = 1; seed < 5; seed++) {
        TestRun run = new TestRun(Nation.USA, SENSORS);
        double[] told = {Double.NaN};
        boolean[] predicted = {false};
        run.feed(
            TestSensors.plots(f, SENSORS, seed, 0, end + 60),
            0,
            end + 60,
            (t, tracks) -> {
              for (NationalTrack n : tracks) {
                Optional<LaunchFailure> failure = n.track().estimate().failure();
                if (failure.isPresent() && Double.isNaN(told[0])) {
                  told[0] = t;
                  assertEquals(LaunchFailure.Kind.FELL_SHORT, failure.get().kind());
                  assertEquals(end, failure.get().at().secondsSince(TestFlight.T0), 16);
                }
                predicted[0] |=
                    failure.isPresent() && n.impact() instanceof ImpactPointPrediction.Predicted;
              }
            });
        assertTrue(told[0] < end + 20, "told at " + told[0] + " of " + end + ", seed " + seed);
        assertTrue(predicted[0], "its impact is predicted all the same");
      }
    }
  }

  /** {@link FailureSweep} runs all of the table. */
  @Test
  void healthyShortRangeShotsAreNotToldAsFailed() {
    List<String> some = List.of("L08", "L11", "L19", "L27", "L55");
    LaunchTable.bundled().launches().stream()
        .filter(l -> some.contains(l.id()))
        .forEach(
            l -> {
              for (Nation n : List.of(Nation.KOR, Nation.USA)) {
                assertEquals(
                    Optional.empty(),
                    FailureSweep.told(LaunchSweep.fly(l).orElseThrow(), n, 4),
                    l.id() + " " + n);
              }
            });
  }

  @Test
  void threePiecesAtOnceAreABreakUpAndTwoAreNot() {
    long s = 1_000_000_000L;
    assertEquals(Optional.empty(), FailureRule.brokeUp(List.of()));
    assertEquals(Optional.empty(), FailureRule.brokeUp(List.of(100 * s, 101 * s)));
    assertEquals(Optional.empty(), FailureRule.brokeUp(List.of(100 * s, 140 * s, 180 * s)));
    LaunchFailure f = FailureRule.brokeUp(List.of(40 * s, 100 * s, 110 * s, 130 * s)).orElseThrow();
    assertEquals(LaunchFailure.Kind.BROKE_UP, f.kind());
    assertEquals(100 * s, f.at().nanos());
    assertEquals(0.8, f.probability(), 1e-12);
  }

  @Test
  void salvoAndBurningStagesAreNoPieces() {
    LastTold whole = new LastTold();
    whole.firstNanos = 0;
    LastTold piece = new LastTold();
    piece.phase = FlightPhase.COAST;
    piece.firstNanos = 10_000_000_000L;
    whole.parted(piece, 2, piece.firstNanos);
    assertEquals(new TreeMap<>(), whole.pieces, "came into view together");
    piece.firstNanos = 25_000_000_000L;
    piece.phase = FlightPhase.BOOST;
    whole.parted(piece, 2, piece.firstNanos);
    assertEquals(new TreeMap<>(), whole.pieces, "burns");
    piece.phase = FlightPhase.COAST;
    whole.parted(piece, 2, piece.firstNanos);
    whole.parted(piece, 2, piece.firstNanos + 1);
    assertEquals(1, whole.pieces.size());
  }
}
