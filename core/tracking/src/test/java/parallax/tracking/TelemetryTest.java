package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * First stages as their webcasts showed them (shahar603/Telemetry-Data): height and ground distance
 * every second, flown to the east from a pad put at Cape Canaveral, seen by two notional radars.
 */
final class TelemetryTest {
  private static final Geodetic PAD = Geodetic.ofDegrees(28.608, -80.604, 0);
  private static final List<Sensor> RADARS =
      List.of(
          TestSensors.radar(Nation.USA, "pad", 28.2, -80.7, 1000, 0.5),
          TestSensors.radar(Nation.USA, "downrange", 26.9, -78.5, 1000, 0.5));

  /** One mission's folder. */
  private record Recording(String mission, Path folder) {
    private static @Nullable Recording of(String mission) {
      Path p =
          Path.of(
              System.getProperty("parallax.samples", "absent"),
              "telemetry/spacex-webcast",
              mission);
      if (!Files.exists(p.resolve("analysed.json"))) {
        System.err.println(
            "NOT CHECKED: tracking of recorded telemetry, because " + p + " is absent");
        return null;
      }
      return new Recording(mission, p);
    }

    private double[] series(String name) throws IOException {
      String json = Files.readString(folder.resolve("analysed.json"));
      Matcher m = Pattern.compile("\"" + name + "\": \\[([^\\]]*)\\]").matcher(json);
      assertTrue(m.find(), name + " in " + mission);
      String[] f = m.group(1).split(",", -1);
      double[] v = new double[f.length];
      for (int i = 0; i < v.length; i++) {
        v[i] = Double.parseDouble(f[i].trim());
      }
      return v;
    }

    private double event(String name) throws IOException {
      Matcher m =
          Pattern.compile("\"" + name + "\": ([0-9]+)")
              .matcher(Files.readString(folder.resolve("events.json")));
      assertTrue(m.find(), name + " in " + mission);
      return Double.parseDouble(m.group(1));
    }
  }

  private static Vector3 place(double downrangeKm, double altitudeKm) {
    double angle = downrangeKm * 1000 / 6_371_000;
    Vector3 r =
        Wgs84.up(PAD)
            .times(StrictMath.cos(angle))
            .plus(Wgs84.east(PAD).times(StrictMath.sin(angle)));
    Geodetic g = Wgs84.toGeodetic(r.times(6_371_000));
    return Wgs84.toEcef(g.withAltitudeM(altitudeKm * 1000));
  }

  private static List<Plot> plots(Recording m) throws IOException {
    double[] t = m.series("time");
    double[] down = m.series("downrange_distance");
    double[] up = m.series("altitude");
    SplittableRandom random = new SplittableRandom(7);
    List<Plot> plots = new ArrayList<>();
    for (int i = 0; i < t.length; i++) {
      Vector3 r = place(down[i], Math.max(0, up[i]));
      for (Sensor s : RADARS) {
        look((Sensor.Radar) s, t[i], r, random).ifPresent(plots::add);
      }
    }
    plots.sort(Comparator.comparing(Plot::timeOfValidity).thenComparing(Plot::sensor));
    return plots;
  }

  private static java.util.Optional<Plot> look(
      Sensor.Radar s, double t, Vector3 r, SplittableRandom random) {
    Vector3 enu = Wgs84.toEnu(r.minus(Wgs84.toEcef(s.position())), s.position());
    double el = StrictMath.asin(enu.z() / enu.norm());
    double range = enu.norm() + s.rangeSigmaM() * random.nextGaussian();
    double az =
        StrictMath.atan2(enu.x(), enu.y())
            + s.azimuthSigmaRad() / StrictMath.cos(el) * random.nextGaussian();
    double seen = el + s.elevationSigmaRad() * random.nextGaussian();
    if (el < s.minElevationRad()) {
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(
        new Plot.RadarPlot(
            s.id(),
            TestFlight.time(t),
            range,
            az - 2 * Math.PI * Math.floor(az / (2 * Math.PI)),
            seen,
            OptionalDouble.empty()));
  }

  @Test
  void seesTheCutOffOfACoastingStageAndItsApogee() throws IOException {
    for (String name : List.of("BulgariaSat-1", "KoreaSat_5A")) {
      Recording m = Recording.of(name);
      if (m == null) {
        return;
      }
      double cutOff = m.event("meco");
      double[] height = m.series("altitude");
      double apogee = 0;
      for (double h : height) {
        apogee = Math.max(apogee, h * 1000);
      }
      TestRun run = new TestRun(Nation.USA, RADARS);
      double[] coastFrom = {Double.NaN};
      run.feed(
          plots(m),
          0,
          cutOff + 30,
          (t, tracks) -> {
            FlightPhase phase =
                tracks.isEmpty()
                    ? FlightPhase.UNKNOWN
                    : tracks.getFirst().track().estimate().phase();
            coastFrom[0] =
                phase == FlightPhase.COAST
                    ? Double.isNaN(coastFrom[0]) ? t : coastFrom[0]
                    : Double.NaN;
          });
      double[] x = Orbit.vector(run.tracker.tracks().getFirst().track().estimate().state());
      double predicted =
          BallisticArc.flyToGround(BallisticForces.wgs84(5_500), x, 3_600, 1).greatestHeightM();
      System.out.println(
          name
              + ": coast seen "
              + (coastFrom[0] - cutOff)
              + " s after cut-off, apogee "
              + predicted
              + " m of "
              + apogee);
      assertTrue(
          coastFrom[0] >= cutOff - 5 && coastFrom[0] <= cutOff + 10,
          name + ": cut-off at " + cutOff + ", coast from " + coastFrom[0]);
      assertEquals(apogee, predicted, 0.03 * apogee, name);
    }
  }

  @Test
  void callsABoostBackAManoeuvre() throws IOException {
    Recording m = Recording.of("SpaceX_CRS-11");
    if (m == null) {
      return;
    }
    double from = m.event("boostback_start");
    double to = m.event("boostback_end");
    TestRun run = new TestRun(Nation.USA, RADARS);
    double[] first = {Double.NaN};
    run.feed(
        plots(m),
        0,
        to,
        (t, tracks) -> {
          boolean flagged =
              !tracks.isEmpty()
                  && tracks.getFirst().track().estimate().phase() == FlightPhase.MANOEUVRE;
          if (flagged && t >= from && Double.isNaN(first[0])) {
            first[0] = t;
          }
        });
    System.out.println("CRS-11: manoeuvre flagged " + (first[0] - from) + " s after its start");
    assertTrue(first[0] <= from + 20, "boost-back from " + from + ", flagged at " + first[0]);
  }
}
