package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parallax.exercise.FlightPlan.Flown;
import parallax.exercise.FlightPlan.NotFlown;

class PublishedFlightsTest {
  private static List<PublishedLaunch> launches = List.of();
  private static List<FlyResult> results = List.of();

  @BeforeAll
  static void flyAll() {
    launches = LaunchTable.bundled().launches();
    results = FlyReport.of(launches);
  }

  private static PublishedLaunch launch(String id) {
    return launches.stream().filter(l -> l.id().equals(id)).findFirst().orElseThrow();
  }

  private static FlyResult result(String id) {
    return results.stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
  }

  private static Flight flown(FlightPlan plan) {
    return assertInstanceOf(Flown.class, plan).flight();
  }

  /** A launch like {@code id} with other figures, km. */
  private static PublishedLaunch like(String id, double rangeKm, double apogeeKm) {
    PublishedLaunch l = launch(id);
    return new PublishedLaunch(
        "made-up",
        l.launchTime(),
        l.site(),
        l.sitePosition(),
        l.bearingRad(),
        l.type(),
        l.profile(),
        OptionalDouble.of(rangeKm * 1000),
        OptionalDouble.of(apogeeKm * 1000),
        OptionalDouble.empty(),
        List.of(),
        "");
  }

  @Test
  void everyRowFliesToItsFiguresOrSaysWhyNot() {
    assertEquals(launches.size(), results.size());
    for (FlyResult r : results) {
      if (r.flown()) {
        assertEquals("", r.reason());
        double range = r.publishedRangeKm().orElseThrow();
        double apogee = r.publishedApogeeKm().orElseThrow();
        assertEquals(range, r.rangeKm().orElseThrow(), 0.002 * range, r.id());
        assertEquals(apogee, r.apogeeKm().orElseThrow(), 0.002 * apogee, r.id());
      } else {
        assertEquals("no published apogee", r.reason(), r.id());
        assertTrue(r.publishedApogeeKm().isEmpty(), r.id());
        assertTrue(r.rangeKm().isEmpty() && r.flightTimeS().isEmpty());
      }
    }
    assertEquals(
        List.of("L02", "L03", "L11", "L29", "L48"),
        results.stream().filter(r -> !r.flown()).map(FlyResult::id).toList());
  }

  @Test
  void highLoftedFlightsTakeThePublishedTime() {
    int checked = 0;
    for (FlyResult r : results) {
      if (r.apogeeKm().orElse(0) > 2000) {
        checked++;
        double published = r.nearestTimeS().orElseThrow();
        assertEquals(published, r.flightTimeS().orElseThrow(), 60, r.id());
      }
    }
    assertEquals(9, checked);
  }

  @Test
  void impossiblePublishedTimeIsNotTakenForTruth() {
    FlyResult r = result("L36");
    assertEquals(OptionalDouble.of(4052), r.publishedFlightTimeS());
    assertEquals(OptionalDouble.of(4260), r.nearestTimeS());
    assertEquals("Japan", r.nearestTimePublisher());
  }

  @Test
  void overflightOfJapanBurnsOutInTime() {
    FlyResult r = result("L39");
    assertTrue(r.burnoutS().orElseThrow() <= 150);
    assertEquals(1320, r.flightTimeS().orElseThrow(), 60);
  }

  @Test
  void lowFlightWithLiftTakesThePublishedTime() {
    assertEquals(660, result("L49").flightTimeS().orElseThrow(), 60);
  }

  @Test
  void impactLiesOnThePublishedBearing() {
    for (PublishedLaunch l : launches) {
      if (FlightPlanner.plan(l) instanceof Flown(Flight f)) {
        double azimuth =
            Math.toRadians(FlightSolver.inverse(l.sitePosition(), f.impactPoint()).azi1);
        double across = f.rangeM() * Math.sin(azimuth - l.bearingRad().orElseThrow());
        assertEquals(0, across, 0.002 * f.rangeM(), l.id());
        assertEquals(0, f.impactPoint().altitudeM());
      }
    }
  }

  @Test
  void nothingIsAssumedUnlessAsked() {
    PublishedLaunch l = launch("L48");
    assertEquals(new NotFlown("no published apogee"), FlightPlanner.plan(l));
    Assumption a = Assumptions.forLaunch(l).orElseThrow();
    assertEquals("press: below 3,000 km; no official figure", a.reason());
    Flight f = flown(FlightPlanner.plan(l, a));
    assertEquals(2_950_000, f.apogeeM(), 100);
    assertEquals(1_000_000, f.rangeM(), 100);
    assertEquals(Optional.empty(), Assumptions.forLaunch(launch("L10")));
    assertEquals(
        3_724_900, flown(FlightPlanner.plan(launch("L10"), new Assumption(5e6, "x"))).apogeeM(), 9);
  }

  @Test
  void everyRowFliesWithItsAssumption() {
    for (PublishedLaunch l : launches) {
      Optional<Assumption> a = Assumptions.forLaunch(l);
      assertEquals(l.apogeeM().isEmpty(), a.isPresent(), l.id());
      a.ifPresent(x -> flown(FlightPlanner.plan(l, x)));
    }
  }

  @Test
  void failedLaunchesFlyAsGivenOrSayWhyNot() {
    assertEquals(20_000, flown(FlightPlanner.plan(like("L37", 60, 20))).apogeeM(), 200);
    assertEquals(20_000, flown(FlightPlanner.plan(like("L37", 5, 20))).apogeeM(), 200);
    assertEquals(2_000, flown(FlightPlanner.plan(like("L11", 2, 1))).rangeM(), 20);
    NotFlown none = assertInstanceOf(NotFlown.class, FlightPlanner.plan(like("L37", 0, 20)));
    assertTrue(none.reason().contains("below 1 km"), none.reason());
  }

  @Test
  void launchesOfTheSameKindsFlyToo() {
    String[] figures = {
      "L39 3700 770",
      "L39 2700 550",
      "L06 800 2000",
      "L43 760 1920",
      "L14 989 5768.5",
      "L50 1002.3 6518.2",
      "L04 450 910",
      "L41 760 60",
      "L31 360 30",
      "L15 190 20",
      "L40 360 90",
      "L05 1000 200",
      "L30 1000 60",
      "L55 1500 42",
      "L14 9000 1200"
    };
    for (String f : figures) {
      String[] words = f.split(" ", -1);
      double range = Double.parseDouble(words[1]);
      double apogee = Double.parseDouble(words[2]);
      Flight flight = flown(FlightPlanner.plan(like(words[0], range, apogee)));
      assertEquals(range, flight.rangeM() / 1000, 0.002 * range, f);
      assertEquals(apogee, flight.apogeeM() / 1000, 0.002 * apogee, f);
    }
  }

  @Test
  void figuresOutOfReachAreRefusedWithTheMiss() {
    NotFlown out = assertInstanceOf(NotFlown.class, FlightPlanner.plan(like("L11", 3000, 20)));
    assertTrue(out.reason().contains("misses apogee by"), out.reason());
  }

  @Test
  void namesEveryMissingFigure() {
    PublishedLaunch l = launch("L10");
    PublishedLaunch bare =
        new PublishedLaunch(
            "bare",
            Optional.empty(),
            "",
            l.sitePosition(),
            OptionalDouble.empty(),
            "",
            "",
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of(),
            "");
    assertEquals(
        new NotFlown("no published apogee, no published range, no published bearing"),
        FlightPlanner.plan(bare));
  }

  @Test
  void samePlanTwiceIsTheSameToTheBit() {
    Flight a = flown(FlightPlanner.plan(launch("L41")));
    Flight b = flown(FlightPlanner.plan(launch("L41")));
    assertEquals(a.samples(1), b.samples(1));
  }
}
