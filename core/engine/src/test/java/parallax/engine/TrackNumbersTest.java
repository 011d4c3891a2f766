package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/** What a partner can read off the number of a track: nothing of any other track. */
class TrackNumbersTest {
  private static final UtcTime BEFORE = MadeUpFlight.LAUNCH.plusSeconds(-3000);

  private static List<Plot> flight(long seed, double laterS) {
    List<Plot> out = new ArrayList<>();
    for (Plot p : new MadeUpFlight().plots(Nation.KOR, seed).subList(0, 150)) {
      UtcTime at = p.timeOfValidity().plusSeconds(laterS);
      out.add(
          switch (p) {
            case Plot.RadarPlot r ->
                new Plot.RadarPlot(
                    r.sensor(), at, r.rangeM(), r.azimuthRad(), r.elevationRad(), r.rangeRateMps());
            case Plot.InfraredPlot i -> new Plot.InfraredPlot(i.sensor(), at, i.lineOfSight());
          });
    }
    return out;
  }

  private static Desk desk() {
    Desk desk = new Desk(Nation.KOR, new ListedCodec());
    desk.step(BEFORE, new Input.Configured(Party.configuration(Nation.KOR)));
    return desk;
  }

  private static SortedSet<TrackId> tracks(List<Effect> effects) {
    SortedSet<TrackId> out = new TreeSet<>();
    for (Effect.DecisionRecorded d : Desk.of(Effect.DecisionRecorded.class, effects)) {
      out.add(d.track());
    }
    return out;
  }

  private static LaunchPointEstimate launch(double latitudeDeg) {
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(latitudeDeg, 126, 0), Covariance.diagonal(1e8, 1e8), BEFORE, 2);
  }

  @Test
  void isTheSameWhateverOtherTracksThereWere() {
    long alone = new TrackNumbers().of(launch(39));
    TrackNumbers busy = new TrackNumbers();
    SortedSet<Long> others = new TreeSet<>();
    for (int i = 1; i <= 1000; i++) {
      others.add(busy.of(launch(38 + i * 1e-9)));
    }
    assertEquals(alone, busy.of(launch(39)));
    assertEquals(1000, others.size());
    assertTrue(others.last() - others.first() > 1 << 29, "spread over all numbers");
  }

  @Test
  void doesNotCountTheTracksThereWere() {
    Desk desk = desk();
    SortedSet<TrackId> first = tracks(desk.fly(flight(2, -2000)));
    SortedSet<TrackId> both = tracks(desk.fly(flight(1, 0)));
    both.addAll(first);
    assertEquals(2, both.size());
    assertTrue(both.last().number() - both.first().number() > 1000, both.toString());
    assertNotEquals(1, both.first().number());
  }

  @Test
  void isNeverGivenTwiceEvenOnceOtherSensorsAreConfigured() {
    Desk desk = desk();
    SortedSet<TrackId> first = tracks(desk.fly(flight(1, -2000)));
    NodeConfiguration c = Party.configuration(Nation.KOR);
    desk.step(BEFORE, new Input.Configured(c.withSensors(c.sensors().reversed())));
    SortedSet<TrackId> second = tracks(desk.fly(flight(2, 0)));
    second.retainAll(first);
    assertEquals(new TreeSet<>(), second);
    TrackNumbers numbers = new TrackNumbers();
    SortedSet<Long> given = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      assertTrue(given.add(numbers.of(launch(39))));
    }
    assertTrue(given.first() >= 1 && given.last() <= 1L << 30);
  }

  @Test
  void isTheSameAfterAReplay() {
    Desk desk = desk();
    SortedSet<TrackId> first = tracks(desk.fly(flight(1, 0)));
    assertEquals(first, tracks(desk.replay()));
  }
}
