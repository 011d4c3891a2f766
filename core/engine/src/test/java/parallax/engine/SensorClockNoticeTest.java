package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/** Operators are told of a radar whose clock is wrong, and no second launch comes of it. */
class SensorClockNoticeTest {
  private static final MadeUpFlight FLIGHT = new MadeUpFlight();
  private static final SensorId SECOND = new SensorId(Nation.JPN, "second");

  /** A radar of Japan where Korea's stands. */
  private static Sensor.Radar second() {
    Sensor.Radar r = MadeUpFlight.radar(Nation.KOR);
    return new Sensor.Radar(
        SECOND,
        r.position(),
        r.scanPeriodS(),
        r.detectionProbability(),
        r.maxRangeM(),
        r.minElevationRad(),
        r.rangeSigmaM(),
        r.azimuthSigmaRad(),
        r.elevationSigmaRad(),
        0);
  }

  private record Arrival(Plot plot, Plot stamped) {}

  private static List<Effect> fly(double aheadS) {
    Desk jpn = new Desk(Nation.JPN, new ListedCodec());
    List<Sensor> sensors = new ArrayList<>(MadeUpFlight.sensors(Nation.JPN));
    sensors.add(second());
    jpn.step(
        MadeUpFlight.LAUNCH,
        new Input.Configured(
            Party.configuration(
                Nation.JPN,
                Channel.EXERCISE,
                Party.signed(Party.AGREEMENT, Channel.EXERCISE),
                sensors)));
    List<Arrival> arrivals = new ArrayList<>();
    FLIGHT.plots(Nation.JPN, 1).forEach(p -> arrivals.add(new Arrival(p, p)));
    for (Plot p : FLIGHT.plots(Nation.KOR, 2)) {
      if (p instanceof Plot.RadarPlot r) {
        arrivals.add(
            new Arrival(
                p,
                new Plot.RadarPlot(
                    SECOND,
                    r.timeOfValidity().plusSeconds(aheadS),
                    r.rangeM(),
                    r.azimuthRad(),
                    r.elevationRad(),
                    r.rangeRateMps())));
      }
    }
    arrivals.sort(Comparator.comparing(a -> a.plot().timeOfValidity()));
    List<Effect> out = new ArrayList<>();
    for (Arrival a : arrivals) {
      UtcTime at = a.plot().timeOfValidity().plusSeconds(0.05);
      out.addAll(jpn.plot(at, a.stamped()));
      out.addAll(jpn.step(at, new Input.Tick()));
    }
    return out;
  }

  private static int launches(List<Effect> effects) {
    TreeSet<TrackId> events = new TreeSet<>();
    for (Effect.PictureChanged p : Desk.of(Effect.PictureChanged.class, effects)) {
      if (p.picture().view() == Picture.View.NATIONAL) {
        events.add(p.picture().event());
      }
    }
    return events.size();
  }

  @Test
  void operatorsAreToldOfAClockThatIsWrongAndThereIsOneLaunch() {
    for (double aheadS : new double[] {0.4, -1.5}) {
      List<Effect> effects = fly(aheadS);

      List<String> said = Desk.notices(Effect.NoticeKind.SENSOR_CLOCK, effects);
      assertFalse(said.isEmpty(), "offset " + aheadS);
      assertTrue(said.getFirst().contains("JPN/second"), said.getFirst());
      assertTrue(said.size() < 5, said.toString());
      assertEquals(1, launches(effects), "offset " + aheadS);
    }
  }

  @Test
  void nothingIsSaidOfClocksThatAreRight() {
    List<Effect> effects = fly(0);
    assertEquals(List.of(), Desk.notices(Effect.NoticeKind.SENSOR_CLOCK, effects));
    assertEquals(1, launches(effects));
  }
}
