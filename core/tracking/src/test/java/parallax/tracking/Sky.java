package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * What sensors report of a sky with several objects in it: each sensor looks round once a scan
 * period and sees every object at the same moment of its scan, so that two objects give two plots
 * of one time.
 */
final class Sky {
  /** Something in the sky: its state at a time, or null where there is nothing. */
  interface Body {
    double @org.jspecify.annotations.Nullable [] at(double t);

    /** Whether a motor burns then. */
    boolean burns(double t);
  }

  /** A systematic error of a sensor's plots. */
  record Bias(double rangeM, double azimuthRad, double elevationRad) {}

  private final List<Sensor> sensors;
  private final SplittableRandom random;
  private final List<Body> bodies = new ArrayList<>();
  private final List<Plot> extra = new ArrayList<>();
  private double falsePerScan;
  private Bias bias = new Bias(0, 0, 0);
  private String biased = "";

  Sky(List<Sensor> sensors, long seed) {
    this.sensors = sensors;
    this.random = new SplittableRandom(seed);
  }

  Sky with(Body b) {
    bodies.add(b);
    return this;
  }

  /** A flight that starts {@code after} seconds late. */
  Sky with(TestFlight f, double after) {
    return with(
        new Body() {
          @Override
          public double @org.jspecify.annotations.Nullable [] at(double t) {
            return t < after || t - after >= f.impactS ? null : f.at(t - after);
          }

          @Override
          public boolean burns(double t) {
            return t >= after && t - after < f.burnoutS;
          }
        });
  }

  /** So many false plots on average in each scan of each radar, anywhere in its view. */
  Sky withClutter(double perScan) {
    falsePerScan = perScan;
    return this;
  }

  Sky withBias(String sensor, Bias b) {
    biased = sensor;
    bias = b;
    return this;
  }

  Sky withPlots(List<Plot> plots) {
    extra.addAll(plots);
    return this;
  }

  /** The plots of all sensors, in order of time, sensor and range. */
  List<Plot> plots(double from, double to) {
    List<Plot> plots = new ArrayList<>(extra);
    for (Sensor s : sensors) {
      SplittableRandom own = random.split();
      double phase = own.nextDouble() * s.scanPeriodS();
      long first = (long) Math.ceil((from - phase) / s.scanPeriodS());
      for (long k = first; phase + k * s.scanPeriodS() < to; k++) {
        look(s, phase + k * s.scanPeriodS(), own, plots);
      }
    }
    plots.sort(
        Comparator.comparing(Plot::timeOfValidity)
            .thenComparing(Plot::sensor)
            .thenComparingDouble(p -> p instanceof Plot.RadarPlot r ? r.rangeM() : 0));
    return plots;
  }

  private void look(Sensor s, double t, SplittableRandom own, List<Plot> plots) {
    for (Body b : bodies) {
      double[] noise = {own.nextGaussian(), own.nextGaussian(), own.nextGaussian()};
      boolean seen = own.nextDouble() < s.detectionProbability();
      double[] x = b.at(t);
      if (!seen || x == null) {
        continue;
      }
      Vector3 r = new Vector3(x[0], x[1], x[2]);
      switch (s) {
        case Sensor.Radar radar -> addRadar(radar, t, r, noise, plots);
        case Sensor.InfraredSatellite ir -> {
          if (b.burns(t) && BallisticForces.height(x[0], x[1], x[2]) > 9_000) {
            plots.add(infrared(ir, t, r, noise));
          }
        }
      }
    }
    if (s instanceof Sensor.Radar radar && falsePerScan > 0) {
      double left = falsePerScan;
      while (own.nextDouble() < left) {
        plots.add(clutter(radar, t, own));
        left -= 1;
      }
    }
  }

  private void addRadar(Sensor.Radar s, double t, Vector3 r, double[] noise, List<Plot> plots) {
    Vector3 enu = Wgs84.toEnu(r.minus(Wgs84.toEcef(s.position())), s.position());
    double el = StrictMath.asin(enu.z() / enu.norm());
    if (enu.norm() > s.maxRangeM() || el < s.minElevationRad()) {
      return;
    }
    boolean off = s.id().name().equals(biased);
    double az =
        StrictMath.atan2(enu.x(), enu.y())
            + noise[1] * s.azimuthSigmaRad() / StrictMath.cos(el)
            + (off ? bias.azimuthRad() : 0);
    double up = el + noise[2] * s.elevationSigmaRad() + (off ? bias.elevationRad() : 0);
    plots.add(
        new Plot.RadarPlot(
            s.id(),
            TestFlight.time(t),
            Math.max(1, enu.norm() + noise[0] * s.rangeSigmaM() + (off ? bias.rangeM() : 0)),
            (az + 4 * Math.PI) % (2 * Math.PI),
            Math.max(-1.5, Math.min(1.5, up)),
            OptionalDouble.empty()));
  }

  private static Plot infrared(Sensor.InfraredSatellite s, double t, Vector3 r, double[] noise) {
    Vector3 u = r.minus(Wgs84.toEcef(s.position())).unit();
    Vector3 e1 = u.cross(new Vector3(0, 0, 1)).unit();
    Vector3 e2 = e1.cross(u);
    double sigma = s.lineOfSightSigmaRad();
    return new Plot.InfraredPlot(
        s.id(),
        TestFlight.time(t),
        u.plus(e1.times(noise[0] * sigma)).plus(e2.times(noise[1] * sigma)).unit());
  }

  private static Plot clutter(Sensor.Radar s, double t, SplittableRandom own) {
    double range = s.maxRangeM() * Math.cbrt(own.nextDouble());
    double el = s.minElevationRad() + own.nextDouble() * own.nextDouble();
    return new Plot.RadarPlot(
        s.id(),
        TestFlight.time(t),
        Math.max(1_000, range),
        own.nextDouble() * 2 * Math.PI,
        Math.min(el, 1.4),
        OptionalDouble.empty());
  }

  /** A tracker of these sensors. */
  TestRun run(Nation n) {
    return new TestRun(n, sensors);
  }
}
