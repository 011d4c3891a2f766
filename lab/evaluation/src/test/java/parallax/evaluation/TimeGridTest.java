package parallax.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.Salvo;
import parallax.model.FlightPhase;

class TimeGridTest {
  private static Flight flight() {
    return LaunchTable.bundled().launches().stream()
        .filter(l -> l.id().equals("L18"))
        .findFirst()
        .flatMap(l -> FlownLaunch.of(l).flight())
        .orElseThrow();
  }

  private static Drawing drawing(double tS, OptionalDouble errorM) {
    return new Drawing(
        tS,
        0,
        Optional.empty(),
        OptionalDouble.empty(),
        errorM,
        FlightPhase.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        false);
  }

  @Test
  void reachesFromLaunchToImpactWithHalfOfItBeforeBurnoutIsOver() {
    Flight f = flight();
    TimeGrid g = TimeGrid.of(Salvo.of(f));
    assertEquals(0, g.timeS(0));
    assertEquals(1.3 * f.burnoutS(), g.timeS(g.size() / 2), 1e-9);
    assertEquals(f.durationS(), g.timeS(g.size() - 1), 1e-9);
    for (int i = 1; i < g.size(); i++) {
      assertTrue(g.timeS(i) > g.timeS(i - 1));
    }
  }

  @Test
  void aDrawingStandsUntilTheNextOrUntilItIsOld() {
    TimeGrid g = TimeGrid.of(Salvo.of(flight()));
    List<Drawing> history = new ArrayList<>();
    history.add(drawing(10, OptionalDouble.of(100)));
    history.add(drawing(11, OptionalDouble.of(50)));
    history.add(drawing(11.5, OptionalDouble.empty()));
    float[] sampled = g.sampled(history, Drawing::positionErrorM);
    for (int i = 0; i < g.size(); i++) {
      double t = g.timeS(i);
      float expected = t < 10 || t > 13.5 ? Float.NaN : t < 11 ? 100 : 50;
      assertEquals(expected, sampled[i], "at " + t);
    }
  }
}
