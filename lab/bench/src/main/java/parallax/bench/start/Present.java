package parallax.bench.start;

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
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.tracking.BallisticArc;
import parallax.tracking.BallisticForces;

/**
 * The last two minutes before a node ends: missiles that have burned out over the agreed launch
 * region and fly on to the east, each seen in turn by the radars of a ring. Plots come evenly, so
 * many a second. The same figures give the same plots.
 */
final class Present {
  /** How long it lasts, seconds. */
  static final int SECONDS = 120;

  /** When it ends. */
  static final UtcTime END = new UtcTime(1_798_761_600_000_000_000L); // 2027-01-01

  /** When it begins. */
  static final UtcTime BEGIN = END.plusSeconds(-SECONDS);

  /** Whose node it is. */
  static final Nation NATION = Nation.JPN;

  private static final int FEWEST_RADARS = 4;
  private static final int MOST_RADARS = 16;
  private static final double BALLISTIC_COEFFICIENT = 4_000;
  private static final double TOLERANCE_M = 1;

  private final List<Sensor.Radar> radars = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();

  /**
   * A present.
   *
   * @param plotsASecond of all tracks together
   * @param tracks how many
   */
  Present(int plotsASecond, int tracks) {
    double each = (double) plotsASecond / tracks;
    int ring = Math.clamp((int) Math.ceil(each), FEWEST_RADARS, MOST_RADARS);
    double period = ring / each;
    for (int k = 0; k < ring; k++) {
      radars.add(radar(k, ring, period));
    }
    SplittableRandom random = new SplittableRandom(tracks);
    for (int i = 0; i < tracks; i++) {
      BallisticArc arc = arc(random);
      double offset = period / ring * i / tracks;
      for (int look = 0; offset + look * period / ring < SECONDS; look++) {
        double t = offset + look * period / ring;
        plots.add(plot(radars.get((look + i) % ring), t, arc, random));
      }
    }
    plots.sort(Comparator.comparing(Plot::timeOfValidity).thenComparing(Plot::sensor));
  }

  private static Sensor.Radar radar(int k, int ring, double period) {
    double angle = 2 * Math.PI * k / ring;
    return new Sensor.Radar(
        new SensorId(NATION, "r" + (10 + k)),
        Geodetic.ofDegrees(39.5 + 2 * StrictMath.sin(angle), 134 + 2 * StrictMath.cos(angle), 20),
        period,
        0.95,
        1_500_000,
        Math.toRadians(0.5),
        25,
        0.5e-3,
        0.5e-3,
        0);
  }

  private static BallisticArc arc(SplittableRandom random) {
    Geodetic burnout =
        Geodetic.ofDegrees(
            39.3 + 1.4 * random.nextDouble(),
            126 + 2.5 * random.nextDouble(),
            80_000 + 40_000 * random.nextDouble());
    double course = Math.toRadians(80 + 50 * random.nextDouble());
    double speed = 2_300 + 400 * random.nextDouble();
    double flat = speed * StrictMath.cos(Math.toRadians(45));
    Vector3 v =
        Wgs84.fromEnu(
            new Vector3(flat * StrictMath.sin(course), flat * StrictMath.cos(course), flat),
            burnout);
    Vector3 r = Wgs84.toEcef(burnout);
    return BallisticArc.fly(
        BallisticForces.wgs84(BALLISTIC_COEFFICIENT),
        new double[] {r.x(), r.y(), r.z(), v.x(), v.y(), v.z()},
        SECONDS + 1,
        TOLERANCE_M);
  }

  private static Plot plot(Sensor.Radar s, double t, BallisticArc arc, SplittableRandom random) {
    double[] at = arc.at(t);
    Vector3 line = new Vector3(at[0], at[1], at[2]).minus(Wgs84.toEcef(s.position()));
    Vector3 enu = Wgs84.toEnu(line, s.position());
    double elevation = StrictMath.asin(enu.z() / enu.norm());
    double azimuth =
        StrictMath.atan2(enu.x(), enu.y())
            + s.azimuthSigmaRad() / StrictMath.cos(elevation) * random.nextGaussian();
    return new Plot.RadarPlot(
        s.id(),
        BEGIN.plusSeconds(t),
        enu.norm() + s.rangeSigmaM() * random.nextGaussian(),
        (azimuth + 4 * Math.PI) % (2 * Math.PI),
        Math.min(1.57, elevation + s.elevationSigmaRad() * random.nextGaussian()),
        OptionalDouble.empty());
  }

  /** The radars. */
  List<Sensor> sensors() {
    return List.copyOf(radars);
  }

  /** What they report, by time. */
  List<Plot> plots() {
    return plots;
  }
}
