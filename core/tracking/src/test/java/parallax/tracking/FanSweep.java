package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.Cholesky;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction.Branch;
import parallax.model.ImpactPointPrediction.ThreatFan;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * How honest threat fans are: over bundled launches, at several moments of each boost, how much of
 * the fan's mass lies where it is denser than at the true impact. Of honest fans that level is
 * below 0.9 in nine of ten. Arguments: launches by number or {@code all}, {@code seeds=1,2}, {@code
 * told} to take the fan from the state without its thrust.
 */
final class FanSweep {
  private static final double[] SHARES = {0.5, 0.9, 0.95};
  private static final int DRAWS = 20;
  private static final double[] MOMENTS = {0.25, 0.4, 0.6, 0.8, 0.95};

  /** One fan against the truth. */
  record Case(
      String launch, Nation nation, double share, double level, ThreatFan fan, Flight flight) {}

  private FanSweep() {}

  /** Runs from the command line. */
  public static void main(String[] args) {
    List<String> ids = new ArrayList<>();
    String[] seeds = {"1"};
    boolean told = false;
    for (String a : args) {
      if (a.startsWith("seeds=")) {
        seeds = a.substring(6).split(",", -1);
      } else if (a.equals("told")) {
        told = true;
      } else {
        ids.add(a);
      }
    }
    List<Case> all = new ArrayList<>();
    for (PublishedLaunch l : LaunchTable.bundled().launches()) {
      Optional<Flight> f =
          ids.contains("all") || ids.contains(l.id()) ? LaunchSweep.fly(l) : Optional.empty();
      for (String seed : f.isPresent() ? seeds : new String[0]) {
        for (Nation n : List.of(Nation.JPN, Nation.KOR, Nation.USA)) {
          List<Case> cases = cases(f.get(), n, Long.parseLong(seed), told);
          cases.forEach(FanSweep::print);
          all.addAll(cases);
        }
      }
    }
    TreeMap<Double, List<Case>> byMoment = new TreeMap<>();
    all.forEach(c -> byMoment.computeIfAbsent(c.share(), k -> new ArrayList<>()).add(c));
    byMoment.forEach((m, c) -> summary("at " + m + " of the boost", c));
    TreeMap<String, List<Case>> byKind = new TreeMap<>();
    all.forEach(c -> byKind.computeIfAbsent(c.flight().missile(), k -> new ArrayList<>()).add(c));
    byKind.forEach(FanSweep::summary);
    summary("all", all);
  }

  /** The fans of one nation's tracker at several moments of a boost. */
  static List<Case> cases(Flight f, Nation n, long seed, boolean told) {
    List<Sensor> sensors = NotionalSensors.table().of(n);
    List<Plot> plots = PlotGenerator.plots(f, sensors, seed);
    NationalTracker tracker =
        new NationalTracker(n, new SensorRegistry(sensors), TrackerSettings.defaults());
    List<Case> out = new ArrayList<>();
    int i = 0;
    int moment = 0;
    for (double t = 0; t < f.burnoutS() && moment < MOMENTS.length; t += 1) {
      UtcTime now = f.launchTime().plusSeconds(t);
      while (i < plots.size() && !plots.get(i).timeOfValidity().isAfter(now)) {
        tracker.onPlot(plots.get(i++));
      }
      tracker.onTime(now);
      if (t < MOMENTS[moment] * f.burnoutS()) {
        continue;
      }
      for (NationalTrack k : tracker.tracks()) {
        if (k.impact() instanceof ThreatFan fan) {
          ThreatFan judged = told ? BoostFan.of(k.track().estimate().state(), k.launch()) : fan;
          out.add(
              new Case(
                  f.launchId(),
                  n,
                  MOMENTS[moment],
                  level(judged, f.impactPoint(), seed),
                  judged,
                  f));
        }
      }
      moment++;
    }
    return out;
  }

  private static void print(Case c) {
    System.out.printf(
        Locale.ROOT,
        "%s %s %.2f level %.3f  branches %d impact %.2f none %.2f; true burnout's branch %.0f km"
            + " off, %.1f sigma, %s%n",
        c.launch(),
        c.nation(),
        c.share(),
        c.level(),
        c.fan().branches().size(),
        c.fan().impact(),
        c.fan().noImpact(),
        trueBranch(c).map(b -> missM(b, c)).orElse(Double.NaN) / 1e3,
        Math.sqrt(trueBranch(c).map(b -> squared(b, c.flight().impactPoint())).orElse(Double.NaN)),
        c.flight().missile());
  }

  /** The branch of the burnout that came. */
  private static Optional<Branch> trueBranch(Case c) {
    UtcTime burnout = c.flight().launchTime().plusSeconds(c.flight().burnoutS());
    return c.fan().branches().stream()
        .min(Comparator.comparingDouble(b -> Math.abs(b.burnout().secondsSince(burnout))));
  }

  private static double missM(Branch b, Case c) {
    return Wgs84.toEcef(b.point()).minus(Wgs84.toEcef(c.flight().impactPoint())).norm();
  }

  private static void summary(String of, List<Case> cases) {
    StringBuilder s = new StringBuilder();
    for (double share : SHARES) {
      long inside = cases.stream().filter(c -> c.level() <= share).count();
      s.append(
          String.format(Locale.ROOT, " %.0f %%: %.1f", share * 100, 100.0 * inside / cases.size()));
    }
    long right =
        cases.stream()
            .filter(
                c ->
                    trueBranch(c).isPresent()
                        && squared(trueBranch(c).get(), c.flight().impactPoint())
                            <= -2 * Math.log(0.1))
            .count();
    s.append(
        String.format(
            Locale.ROOT,
            "; in 90 %% ellipse of the true burnout: %.1f",
            100.0 * right / cases.size()));
    System.out.println(of + ": " + cases.size() + " fans, inside" + s);
  }

  /**
   * The share of the fan's impacts that lie where it is denser than at {@code truth}, by {@value
   * #DRAWS} draws a branch; 1 when there are none.
   */
  static double level(ThreatFan fan, Geodetic truth, long seed) {
    if (fan.branches().isEmpty()) {
      return 1;
    }
    SplittableRandom random = new SplittableRandom(seed);
    double here = density(fan, truth);
    double denser = 0;
    double sum = 0;
    for (Branch b : fan.branches()) {
      double[] l = Dense.factor(b.eastNorthM2().toRowMajor(), 2);
      for (int k = 0; k < DRAWS; k++) {
        double u = random.nextGaussian();
        double v = random.nextGaussian();
        Vector3 d = Wgs84.fromEnu(new Vector3(l[0] * u, l[2] * u + l[3] * v, 0), b.point());
        Geodetic there = Wgs84.toGeodetic(Wgs84.toEcef(b.point()).plus(d));
        denser += density(fan, there) > here ? b.probability() : 0;
        sum += b.probability();
      }
    }
    return denser / sum;
  }

  private static double density(ThreatFan fan, Geodetic at) {
    double sum = 0;
    for (Branch b : fan.branches()) {
      Covariance c = b.eastNorthM2();
      double det = c.get(0, 0) * c.get(1, 1) - c.get(0, 1) * c.get(0, 1);
      sum += b.probability() * Math.exp(-0.5 * squared(b, at)) / Math.sqrt(det);
    }
    return sum;
  }

  private static double squared(Branch b, Geodetic at) {
    Vector3 d =
        Wgs84.toEnu(Wgs84.toEcef(at.withAltitudeM(0)).minus(Wgs84.toEcef(b.point())), b.point());
    return Cholesky.squaredDistance(
        Dense.factor(b.eastNorthM2().toRowMajor(), 2), new double[] {d.x(), d.y()}, 2);
  }

  /** Semi-major axis of the widest branch, metres. */
  static double widest(ThreatFan fan) {
    return fan.branches().stream()
        .mapToDouble(b -> HorizontalEllipse.of(b.eastNorthM2()).semiMajorM())
        .max()
        .orElse(0);
  }
}
