package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Made-up skies in which nothing comes down where people are, and what the tracker makes of them. A
 * near miss is a run that predicts an impact or a place for one at all; {@code main} flies many of
 * every kind and counts them.
 */
final class NonThreats {
  /** The kinds of skies. */
  enum Kind {
    SATELLITES,
    SPACE_LAUNCH_EAST,
    SPACE_LAUNCH_SOUTH,
    SPACE_LAUNCH_WITH_COAST,
    AIRCRAFT,
    METEORS,
    BALLOON_BURST,
    BIASED_RADAR,
    STUCK_RADAR,
    ONE_FAULTY_LINK,
    CLUTTER_TENFOLD
  }

  /**
   * What came of a run.
   *
   * @param told impact predictions told that a sound tracker would not tell
   * @param narrow of those, how many had a 1-sigma ellipse that can tell one area from the next (60
   *     km), and so would put areas at risk
   * @param longest the longest unbroken row of narrow ones of one track, once a second
   * @param example one of them
   */
  record Outcome(int told, int narrow, int longest, String example) {}

  private static final double EARTH_RATE = Wgs84.OMEGA;

  private NonThreats() {}

  static Outcome fly(Kind kind, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 31 + kind.name().hashCode());
    Nation nation = kind == Kind.METEORS || kind == Kind.SATELLITES ? Nation.JPN : Nation.KOR;
    List<Sensor> sensors =
        new ArrayList<>(nation.equals(Nation.JPN) ? TestSensors.jpn() : TestSensors.kor());
    if (kind.name().startsWith("SPACE_LAUNCH")) {
      nation = Nation.USA;
      sensors = new ArrayList<>(TestSensors.usa());
      sensors.add(TestSensors.radar(Nation.USA, "seongju", 36.0, 128.2, 600, 0.4));
    }
    Sky sky = new Sky(sensors, random.nextLong());
    double to = 300;
    switch (kind) {
      case SATELLITES -> {
        for (int i = 0; i < 3; i++) {
          sky.with(satellite(random));
        }
        to = 600;
      }
      case SPACE_LAUNCH_EAST, SPACE_LAUNCH_SOUTH, SPACE_LAUNCH_WITH_COAST -> {
        boolean south = kind == Kind.SPACE_LAUNCH_SOUTH || random.nextBoolean();
        double pause = kind == Kind.SPACE_LAUNCH_WITH_COAST ? 20 + random.nextInt(60) : 5;
        Launcher l = launcher(random, south && kind != Kind.SPACE_LAUNCH_EAST, pause);
        sky.with(l.body);
        to = l.flight.burnoutS + 120;
      }
      case AIRCRAFT -> {
        for (int i = 0; i < 12; i++) {
          sky.with(aircraft(random));
        }
      }
      case METEORS -> {
        for (int i = 0; i < 20; i++) {
          sky.with(meteor(random));
        }
      }
      case BALLOON_BURST -> sky.with(balloon(random));
      case BIASED_RADAR -> {
        sky.withBias(
            "green pine",
            new Sky.Bias(
                random.nextGaussian() * 2_000,
                random.nextGaussian() * 0.03,
                random.nextGaussian() * 0.02));
        sky.with(satellite(random)).with(aircraft(random)).with(aircraft(random));
        to = 500;
      }
      case STUCK_RADAR -> sky.withPlots(stuck(random));
      case ONE_FAULTY_LINK -> {
        sensors.add(TestSensors.radar(Nation.KOR, "third", 35.2, 129.1, 800, 1.5));
        sky = new Sky(sensors, random.nextLong()).withPlots(oneLink(sensors, random));
      }
      case CLUTTER_TENFOLD -> sky.withClutter(20);
    }
    return watch(sky.run(nation), sky.plots(0, to), to);
  }

  private static Outcome watch(TestRun run, List<Plot> plots, double to) {
    int[] count = new int[3];
    String[] example = {""};
    java.util.TreeMap<parallax.model.TrackId, Integer> row = new java.util.TreeMap<>();
    run.feed(
        plots,
        0,
        to,
        (t, tracks) -> {
          java.util.TreeMap<parallax.model.TrackId, Integer> now = new java.util.TreeMap<>();
          for (NationalTrack n : tracks) {
            if (n.impact() instanceof ImpactPointPrediction.Predicted p) {
              count[0]++;
              double axis = parallax.model.HorizontalEllipse.of(p.eastNorthM2()).semiMajorM();
              if (axis <= 60_000) {
                count[1]++;
                int k = row.getOrDefault(n.track().id(), 0) + 1;
                now.put(n.track().id(), k);
                count[2] = Math.max(count[2], k);
                Vector3 v = n.track().estimate().state().velocityMps();
                example[0] =
                    "T+"
                        + Math.round(t)
                        + " "
                        + n.track().id()
                        + " "
                        + n.track().estimate().phase()
                        + " "
                        + n.track().estimate().status()
                        + " at "
                        + Math.round(
                            Wgs84.toGeodetic(n.track().estimate().state().positionM()).altitudeM()
                                / 1000)
                        + " km, "
                        + Math.round(v.norm())
                        + " m/s, ellipse "
                        + Math.round(axis / 1000)
                        + " km";
              }
            }
          }
          row.clear();
          row.putAll(now);
        });
    return new Outcome(count[0], count[1], count[2], example[0]);
  }

  /** A circular or nearly circular orbit that passes near the Sea of Japan. */
  private static Sky.Body satellite(SplittableRandom random) {
    double height = 350_000 + random.nextDouble() * 550_000;
    Geodetic over =
        Geodetic.ofDegrees(34 + 8 * random.nextDouble(), 126 + 14 * random.nextDouble(), height);
    Vector3 r = Wgs84.toEcef(over);
    double speed = Math.sqrt(Wgs84.GM / r.norm()) * (1 + 0.004 * random.nextDouble());
    double course = random.nextDouble() * 2 * Math.PI;
    Vector3 inertial =
        Wgs84.fromEnu(
            new Vector3(speed * StrictMath.sin(course), speed * StrictMath.cos(course), 0), over);
    double[] x = ecef(r, inertial);
    double near = 100 + random.nextDouble() * 300;
    BallisticForces forces = BallisticForces.wgs84(Double.POSITIVE_INFINITY);
    BallisticArc back = BallisticArc.fly(forces, x, -near, 0.1);
    BallisticArc on = BallisticArc.fly(forces, x, 900, 0.1);
    return body(t -> t < near ? back.at(t - near) : on.at(t - near), t -> false);
  }

  private static double[] ecef(Vector3 r, Vector3 inertial) {
    return new double[] {
      r.x(),
      r.y(),
      r.z(),
      inertial.x() + EARTH_RATE * r.y(),
      inertial.y() - EARTH_RATE * r.x(),
      inertial.z()
    };
  }

  /** Three stages to an orbit; the third lights {@code pauseS} seconds after the second is out. */
  private static Launcher launcher(SplittableRandom random, boolean south, double pauseS) {
    double scale = 1 + 0.04 * (random.nextDouble() - 0.5);
    double second = 260 * scale;
    double third = second + pauseS;
    double course = (south ? 180 : 90) + 3 * random.nextGaussian();
    for (double push = 12; ; push += 0.5) {
      TestFlight.Stage[] stages = {
        new TestFlight.Stage(0, 120 * scale, 14, 45),
        new TestFlight.Stage(120 * scale + 4, second, 14, 45),
        new TestFlight.Stage(third, third + 212 * scale, push, 44)
      };
      Geodetic site = Geodetic.ofDegrees(39.66, 124.71, 0);
      TestFlight f = new TestFlight(site, course, south ? -11 : -9, 5_000, stages);
      if (Orbit.perigeeHeightM(f.at(f.burnoutS)) > 180_000) {
        return new Launcher(f, body(t -> t < 0 ? null : f.at(t), t -> f.burns(t, stages)));
      }
    }
  }

  private record Launcher(TestFlight flight, Sky.Body body) {}

  private static Sky.Body aircraft(SplittableRandom random) {
    Geodetic at =
        Geodetic.ofDegrees(
            36 + 4 * random.nextDouble(),
            126 + 6 * random.nextDouble(),
            1_000 + random.nextDouble() * 13_000);
    double speed = 80 + random.nextDouble() * 420;
    double course = random.nextDouble() * 2 * Math.PI;
    double turn = (random.nextDouble() - 0.5) * 0.04;
    double climb = (random.nextDouble() - 0.5) * 30;
    return body(
        t -> {
          double c = course + turn * t;
          double east = -speed / turn * (StrictMath.cos(c) - StrictMath.cos(course));
          double north = speed / turn * (StrictMath.sin(c) - StrictMath.sin(course));
          double up = Math.max(500, Math.min(14_000, at.altitudeM() + climb * t));
          Vector3 r = Wgs84.toEcef(at).plus(Wgs84.fromEnu(new Vector3(east, north, 0), at));
          Geodetic g = Wgs84.toGeodetic(r).withAltitudeM(up);
          Vector3 p = Wgs84.toEcef(g);
          return new double[] {p.x(), p.y(), p.z(), 0, 0, 0};
        },
        t -> false);
  }

  private static Sky.Body meteor(SplittableRandom random) {
    double begins = random.nextDouble() * 280;
    double lasts = 1 + random.nextDouble() * 6;
    Geodetic at =
        Geodetic.ofDegrees(35 + 6 * random.nextDouble(), 132 + 8 * random.nextDouble(), 110_000);
    double speed = 12_000 + random.nextDouble() * 30_000;
    double dip = Math.toRadians(5 + 50 * random.nextDouble());
    double course = random.nextDouble() * 2 * Math.PI;
    Vector3 v =
        Wgs84.fromEnu(
            new Vector3(
                speed * StrictMath.cos(dip) * StrictMath.sin(course),
                speed * StrictMath.cos(dip) * StrictMath.cos(course),
                -speed * StrictMath.sin(dip)),
            at);
    Vector3 r0 = Wgs84.toEcef(at);
    return body(
        t -> {
          Vector3 r = r0.plus(v.times(t - begins));
          boolean gone = BallisticForces.height(r.x(), r.y(), r.z()) < 75_000;
          return t < begins || t > begins + lasts || gone
              ? null
              : new double[] {r.x(), r.y(), r.z(), v.x(), v.y(), v.z()};
        },
        t -> false);
  }

  /** Rises at 5 m/s, bursts about 30 km up, falls at its terminal speed. */
  private static Sky.Body balloon(SplittableRandom random) {
    double burst = 27_000 + random.nextDouble() * 8_000;
    double at = 30 + random.nextDouble() * 60;
    double terminal = 5 + random.nextDouble() * 10;
    Geodetic g = Geodetic.ofDegrees(37 + random.nextDouble(), 128 + 2 * random.nextDouble(), 0);
    double[] height = new double[4000];
    height[0] = burst;
    double v = 0;
    for (int i = 1; i < height.length; i++) {
      double limit = terminal * StrictMath.exp(height[i - 1] / 14_500);
      v = Math.min(limit, v + 0.98);
      height[i] = Math.max(0, height[i - 1] - v * 0.1);
    }
    return body(
        t -> {
          double h =
              t < at
                  ? burst - 5 * (at - t)
                  : height[(int) Math.min(height.length - 1, (t - at) * 10)];
          Vector3 r = Wgs84.toEcef(g.withAltitudeM(h));
          return new double[] {r.x(), r.y(), r.z(), 0, 0, 0};
        },
        t -> false);
  }

  private interface Way {
    double @org.jspecify.annotations.Nullable [] at(double t);
  }

  private interface Burns {
    boolean at(double t);
  }

  private static Sky.Body body(Way way, Burns burns) {
    return new Sky.Body() {
      @Override
      public double @org.jspecify.annotations.Nullable [] at(double t) {
        return way.at(t);
      }

      @Override
      public boolean burns(double t) {
        return burns.at(t);
      }
    };
  }

  /** One radar repeats one direction, the range running on or standing still. */
  private static List<Plot> stuck(SplittableRandom random) {
    List<Plot> plots = new ArrayList<>();
    double range = 1e5 + random.nextDouble() * 4e5;
    double rate = random.nextInt(3) == 0 ? 0 : (random.nextDouble() - 0.5) * 6_000;
    double az = random.nextDouble() * 2 * Math.PI;
    double el = 0.05 + random.nextDouble();
    for (int t = 0; t < 300; t++) {
      double r = range + rate * t;
      if (r > 1_000 && r < 600_000) {
        plots.add(radarPlot("green pine", t, r, az, el));
      }
    }
    return plots;
  }

  private static Plot radarPlot(String sensor, double t, double range, double az, double el) {
    return new Plot.RadarPlot(
        new SensorId(Nation.KOR, sensor),
        TestFlight.time(t),
        range,
        az,
        Math.max(-1.5, Math.min(1.5, el)),
        OptionalDouble.empty());
  }

  /** False plots of a faulty line, each told at once as seen by three sensors from their places. */
  private static List<Plot> oneLink(List<Sensor> sensors, SplittableRandom random) {
    List<Plot> plots = new ArrayList<>();
    for (int t = 1; t < 300; t++) {
      if (random.nextDouble() < 0.4) {
        Geodetic g =
            Geodetic.ofDegrees(
                38 + random.nextDouble(),
                129 + random.nextDouble(),
                50_000 + random.nextDouble() * 100_000);
        for (Sensor s : sensors) {
          Vector3 enu =
              Wgs84.toEnu(Wgs84.toEcef(g).minus(Wgs84.toEcef(s.position())), s.position());
          double az = StrictMath.atan2(enu.x(), enu.y());
          plots.add(
              radarPlot(
                  s.id().name(),
                  t,
                  enu.norm(),
                  az < 0 ? az + 2 * Math.PI : az,
                  StrictMath.asin(enu.z() / enu.norm())));
        }
      }
    }
    return plots;
  }

  /**
   * Flies {@code args[0]} (1,000) skies of every kind, or of the kind named second, and prints how
   * many predicted an impact.
   */
  public static void main(String[] args) {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    System.out.println("kind                  runs  predicting  narrow  warned  example");
    for (Kind kind : Kind.values()) {
      if (args.length > 1 && !args[1].equals(kind.name())) {
        continue;
      }
      int telling = 0;
      int narrow = 0;
      int warned = 0;
      String example = "";
      for (int seed = 0; seed < runs; seed++) {
        Outcome o = fly(kind, seed);
        telling += o.told > 0 ? 1 : 0;
        narrow += o.narrow > 0 ? 1 : 0;
        warned += o.longest >= 3 ? 1 : 0;
        example = o.narrow > 0 ? "seed " + seed + ": " + o.example : example;
      }
      System.out.printf(
          java.util.Locale.ROOT,
          "%-20s %5d  %10d  %6d  %6d  %s%n",
          kind,
          runs,
          telling,
          narrow,
          warned,
          example);
    }
  }
}
