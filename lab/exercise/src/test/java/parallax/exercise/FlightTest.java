package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.model.FlightPhase;
import parallax.model.InvalidValueException;
import parallax.model.Wgs84;

class FlightTest {
  static Flight flight(String id) {
    PublishedLaunch l =
        LaunchTable.bundled().launches().stream()
            .filter(x -> x.id().equals(id))
            .findFirst()
            .orElseThrow();
    return ((FlightPlan.Flown) FlightPlanner.plan(l)).flight();
  }

  @Test
  void startsAtRestOnThePadAndEndsOnTheGround() {
    Flight f = flight("L14");
    assertEquals(0, f.at(0).velocityMps().norm(), 1e-9);
    assertEquals(0, f.at(0).positionM().minus(Wgs84.toEcef(f.site())).norm(), 1e-6);
    double end = Wgs84.toGeodetic(f.at(f.durationS()).positionM()).altitudeM();
    assertEquals(0, end, 0.01);
  }

  @Test
  void velocityIsTheRateOfPositionEverywhere() {
    for (String id : List.of("L14", "L49", "L08")) {
      Flight f = flight(id);
      double h = 0.01;
      for (double t = 1; t < f.durationS() - 1; t += 3.7) {
        if (Math.abs(t - f.burnoutS()) > 0.1) {
          var rate = f.at(t + h).positionM().minus(f.at(t - h).positionM()).times(1 / (2 * h));
          assertEquals(0, rate.minus(f.at(t).velocityMps()).norm(), 0.05, id + " at " + t);
        }
      }
    }
  }

  @Test
  void passesThroughItsPhases() {
    Flight f = flight("L14");
    assertEquals(FlightPhase.BOOST, f.at(f.burnoutS() - 0.01).phase());
    assertTrue(f.at(f.burnoutS() - 0.01).burning());
    assertEquals(FlightPhase.COAST, f.at(f.burnoutS()).phase());
    assertEquals(FlightPhase.REENTRY, f.at(f.durationS() - 5).phase());
    assertEquals(FlightPhase.MANOEUVRE, flight("L49").at(400).phase());
  }

  @Test
  void accelerationRisesDuringABurn() {
    Flight f = flight("L39");
    double early = f.at(5).accelerationMps2().norm();
    double late = f.at(f.burnoutS() - 1).accelerationMps2().norm();
    assertTrue(early > 3 && early < 20, "early " + early);
    assertTrue(late > 4 * early, "late " + late);
  }

  @Test
  void samplesReachTheImpact() {
    Flight f = flight("L08");
    List<FlightState> s = f.samples(10);
    assertEquals(f.durationS(), s.get(s.size() - 1).timeS());
    assertEquals(10, s.get(1).timeS());
    assertThrows(InvalidValueException.class, () -> f.samples(0));
  }

  @Test
  void refusesTimesOutsideTheFlight() {
    Flight f = flight("L08");
    assertThrows(InvalidValueException.class, () -> f.at(-0.1));
    assertThrows(InvalidValueException.class, () -> f.at(f.durationS() + 0.1));
    assertThrows(InvalidValueException.class, () -> f.at(Double.NaN));
  }

  @Test
  void everyDayHasItsOwnFallButTheSameBoost() {
    Flight f = flight("L01");
    for (long day = 1; day <= 20; day++) {
      Flight g = f.onDay(day);
      assertEquals(f.at(f.burnoutS() - 1), g.at(f.burnoutS() - 1), "day " + day);
      assertEquals(g.impactPoint(), f.onDay(day).impactPoint(), "the same day twice");
      double moved = Wgs84.toEcef(g.impactPoint()).minus(Wgs84.toEcef(f.impactPoint())).norm();
      assertTrue(moved > 0.1 && moved < 3_000, "day " + day + " moves it by " + moved + " m");
    }
  }

  @Test
  void aFlightThatSteersByLiftComesDownWhereItShouldOnAnyDay() {
    Flight f = flight("L49");
    assertEquals(f.impactPoint(), f.onDay(7).impactPoint());
  }

  @Test
  void windsAndBodiesVaryAsStated() {
    double square = 0;
    double coefficient = 0;
    int days = 2_000;
    for (long day = 0; day < days; day++) {
      Weather w = Weather.of(day);
      square += w.eastMps(10_000) * w.eastMps(10_000) / days;
      double ln = Math.log(w.coefficientRatio);
      coefficient += ln * ln / days;
      assertEquals(w.northMps(90_000), w.northMps(200_000), 0);
    }
    assertEquals(20, Math.sqrt(square), 1);
    assertEquals(0.25, Math.sqrt(coefficient), 0.025);
  }
}
