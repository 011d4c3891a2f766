package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** Made-up sensors and what they would report of a flight. */
final class TestSensors {
  private TestSensors() {}

  static Sensor.Radar radar(Nation n, String name, double lat, double lon, double km, double mrad) {
    return new Sensor.Radar(
        new SensorId(n, name),
        Geodetic.ofDegrees(lat, lon, 100),
        1,
        0.95,
        km * 1000,
        Math.toRadians(2.5),
        25,
        mrad * 1e-3,
        mrad * 1e-3,
        0);
  }

  static Sensor.InfraredSatellite satellite(String name, double lon) {
    return new Sensor.InfraredSatellite(
        new SensorId(Nation.USA, name), Geodetic.ofDegrees(0, lon, 35_786_000), 2, 0.95, 25e-6);
  }

  static List<Sensor> kor() {
    return List.of(
        radar(Nation.KOR, "green pine", 36.7, 127.5, 600, 1.5),
        radar(Nation.KOR, "ship", 37.5, 130.0, 800, 1.0));
  }

  static List<Sensor> jpn() {
    return List.of(
        radar(Nation.JPN, "sado", 38.1, 138.4, 1000, 1.2),
        radar(Nation.JPN, "ominato", 41.3, 141.1, 1000, 1.2),
        radar(Nation.JPN, "ship", 38.5, 134.5, 800, 1.0));
  }

  static List<Sensor> usa() {
    return List.of(
        radar(Nation.USA, "shariki", 40.9, 140.3, 1000, 0.4),
        radar(Nation.USA, "kyogamisaki", 35.8, 135.2, 1000, 0.4),
        satellite("west", 100),
        satellite("east", 160));
  }

  static List<Sensor> satellites() {
    return List.of(satellite("west", 100), satellite("east", 160));
  }

  /** All plots of a flight from {@code from} to {@code to} seconds, in order of time. */
  static List<Plot> plots(TestFlight f, List<Sensor> sensors, long seed, double from, double to) {
    List<Plot> plots = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (Sensor s : sensors) {
      double phase = random.nextDouble() * s.scanPeriodS();
      for (double t = phase; t < Math.min(to, f.impactS); t += s.scanPeriodS()) {
        boolean seen = random.nextDouble() < s.detectionProbability();
        double[] noise = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        if (seen && t >= from) {
          add(plots, f, s, t, noise);
        }
      }
    }
    plots.sort(Comparator.comparing(Plot::timeOfValidity).thenComparing(p -> p.sensor()));
    return plots;
  }

  private static void add(List<Plot> plots, TestFlight f, Sensor s, double t, double[] noise) {
    Vector3 r = FlightPredictor.position(f.at(t));
    Vector3 d = r.minus(Wgs84.toEcef(s.position()));
    switch (s) {
      case Sensor.Radar radar -> {
        Vector3 enu = Wgs84.toEnu(d, s.position());
        double el = StrictMath.asin(enu.z() / enu.norm());
        if (enu.norm() > radar.maxRangeM() || el < radar.minElevationRad()) {
          return;
        }
        double az =
            StrictMath.atan2(enu.x(), enu.y())
                + noise[1] * radar.azimuthSigmaRad() / StrictMath.cos(el);
        plots.add(
            new Plot.RadarPlot(
                s.id(),
                TestFlight.time(t),
                enu.norm() + noise[0] * radar.rangeSigmaM(),
                az < 0 ? az + 2 * Math.PI : az % (2 * Math.PI),
                el + noise[2] * radar.elevationSigmaRad(),
                OptionalDouble.empty()));
      }
      case Sensor.InfraredSatellite ir -> {
        if (BallisticForces.height(r.x(), r.y(), r.z()) < 9_000 || t > f.burnoutS) {
          return;
        }
        Vector3 u = d.unit();
        Vector3 e1 = u.cross(new Vector3(0, 0, 1)).unit();
        Vector3 e2 = e1.cross(u);
        double sigma = ir.lineOfSightSigmaRad();
        plots.add(
            new Plot.InfraredPlot(
                s.id(),
                TestFlight.time(t),
                u.plus(e1.times(noise[0] * sigma)).plus(e2.times(noise[1] * sigma)).unit()));
      }
    }
  }
}
