package parallax.exercise;

import java.util.Arrays;
import java.util.Optional;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import net.sf.geographiclib.GeodesicMask;
import org.jspecify.annotations.Nullable;
import parallax.model.Geodetic;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Finds the burn whose flight tops out and comes down where it should: damped Newton steps on three
 * unknowns (ideal speed gain; east and north part of the final thrust direction) and three misses
 * (apogee; impact along and across the wanted geodesic), derivatives by differences.
 */
final class FlightSolver {
  private static final double GOOD_M = 3;
  private static final int MOST_STEPS = 40;
  private static final int MOST_FLIGHTS = 160;
  private static final double[] DIFFERENCE = {0.2, 2e-5, 2e-5};

  /** First guesses to try in order: stretch of the level speed, share of gravity loss, turn. */
  private static final double[][] STARTS = {
    {1, 0.7, 0},
    {0.85, 0.5, 0},
    {1, 0.3, 0},
    {0.95, 0.15, 0},
    {0.7, 0.7, 0},
    {0.9, 0.5, -0.15},
    {0.9, 0.7, 0.15}
  };

  /** A path and what it was flown with. */
  record Flown(Missile missile, Burn burn, FlightStyle style, Trajectory path) {}

  /** A flight and by how much it misses. */
  static final class Candidate {
    private final double[] unknowns;
    private final double[] missM;
    private final Flown flown;

    Candidate(double[] unknowns, double[] missM, Flown flown) {
      this.unknowns = unknowns;
      this.missM = missM;
      this.flown = flown;
    }

    Flown flown() {
      return flown;
    }

    /** Computed apogee less the wanted one, metres. */
    double apogeeMissM() {
      return missM[0];
    }

    /** Impact beyond (positive) or short of the wanted distance along the wanted line, metres. */
    double alongMissM() {
      return missM[1];
    }

    /** Impact right (positive) or left of the wanted line, metres. */
    double acrossMissM() {
      return missM[2];
    }

    double size() {
      return Math.sqrt(missM[0] * missM[0] + missM[1] * missM[1] + missM[2] * missM[2]);
    }
  }

  private final Missile missile;
  private final FlightStyle style;
  private final Geodetic site;
  private final double bearingRad;
  private final double rangeM;
  private final double apogeeM;
  private int flights;

  FlightSolver(
      Missile missile,
      FlightStyle style,
      Geodetic site,
      double bearingRad,
      double rangeM,
      double apogeeM) {
    this.missile = missile;
    this.style = style;
    this.site = site;
    this.bearingRad = bearingRad;
    this.rangeM = rangeM;
    this.apogeeM = apogeeM;
  }

  /** The best flight found from several first guesses; empty when none came down at all. */
  Optional<Candidate> solve() {
    Candidate best = null;
    for (double[] start : STARTS) {
      Candidate c = newton(guess(start[0], start[1], start[2]));
      if (c != null && (best == null || c.size() < best.size())) {
        best = c;
      }
      if ((best != null && best.size() < GOOD_M) || flights > MOST_FLIGHTS) {
        break;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * The vacuum flight's velocity, its level part stretched, with what gravity takes during the burn
   * added upward, and turned up or down a little.
   */
  private double[] guess(double stretch, double gravityShare, double raiseRad) {
    VacuumFlight v = VacuumFlight.over(rangeM, apogeeM);
    double lost = gravityShare * 9.8 * missile.fullBurnS();
    double up = v.speedMps() * StrictMath.sin(v.elevationRad()) + lost;
    double forward = v.speedMps() * StrictMath.cos(v.elevationRad()) * stretch;
    double elevation = Math.max(0.05, Math.min(1.56, StrictMath.atan2(up, forward) + raiseRad));
    double flat = StrictMath.cos(elevation);
    return new double[] {
      Math.hypot(up, forward), flat * StrictMath.sin(bearingRad), flat * StrictMath.cos(bearingRad)
    };
  }

  private @Nullable Candidate newton(double[] start) {
    Candidate now = fly(start);
    for (int n = 0;
        n < MOST_STEPS && flights <= MOST_FLIGHTS && now != null && now.size() >= GOOD_M;
        n++) {
      double[] step = newtonStep(now);
      Candidate next = step == null ? null : search(now, step);
      if (next == null) {
        return now;
      }
      now = next;
    }
    return now;
  }

  private @Nullable Candidate search(Candidate now, double[] step) {
    double limit =
        Math.min(
            1,
            Math.min(
                0.25 * now.unknowns[0] / Math.max(1e-9, Math.abs(step[0])),
                0.2 / Math.max(1e-9, Math.hypot(step[1], step[2]))));
    for (int n = 0; n < 10; n++) {
      double[] x = now.unknowns.clone();
      for (int i = 0; i < 3; i++) {
        x[i] += limit * step[i];
      }
      Candidate c = fly(x);
      if (c != null && c.size() < now.size()) {
        return c;
      }
      limit *= 0.5;
    }
    return null;
  }

  private double @Nullable [] newtonStep(Candidate now) {
    double[][] m = new double[3][4];
    for (int j = 0; j < 3; j++) {
      double[] x = now.unknowns.clone();
      x[j] += DIFFERENCE[j];
      Candidate c = fly(x);
      if (c == null) {
        return null;
      }
      for (int i = 0; i < 3; i++) {
        m[i][j] = (c.missM[i] - now.missM[i]) / DIFFERENCE[j];
      }
    }
    for (int i = 0; i < 3; i++) {
      m[i][3] = -now.missM[i];
    }
    return eliminate(m);
  }

  /** Gaussian elimination with row exchange of three equations; null when they are singular. */
  private static double @Nullable [] eliminate(double[][] m) {
    for (int k = 0; k < 3; k++) {
      int pivot = k;
      for (int i = k + 1; i < 3; i++) {
        pivot = Math.abs(m[i][k]) > Math.abs(m[pivot][k]) ? i : pivot;
      }
      double[] swap = m[k];
      m[k] = m[pivot];
      m[pivot] = swap;
      if (Math.abs(m[k][k]) < 1e-12) {
        return null;
      }
      for (int i = 0; i < 3; i++) {
        if (i != k) {
          double f = m[i][k] / m[k][k];
          for (int j = k; j < 4; j++) {
            m[i][j] -= f * m[k][j];
          }
        }
      }
    }
    double[] x = {m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]};
    return Arrays.stream(x).allMatch(Double::isFinite) ? x : null;
  }

  private @Nullable Candidate fly(double[] x) {
    if (!(x[0] > 100 && x[0] < 20_000 && Math.hypot(x[1], x[2]) < 0.999)) {
      return null;
    }
    flights++;
    Burn burn = new Burn(missile, x[0], x[1], x[2], apogeeM);
    Optional<Trajectory> flown = TruePropagation.fly(missile, burn, style, Weather.CALM, site);
    if (flown.isEmpty()) {
      return null;
    }
    Trajectory path = flown.get();
    GeodesicData g = inverse(site, impact(path));
    double off = Math.toRadians(g.azi1) - bearingRad;
    double[] miss = {
      path.apogeeM() - apogeeM, g.s12 * StrictMath.cos(off) - rangeM, g.s12 * StrictMath.sin(off)
    };
    return new Candidate(x, miss, new Flown(missile, burn, style, path));
  }

  /** Where a path ends, height 0. */
  static Geodetic impact(Trajectory path) {
    Vector3 p = path.at(path.durationS()).positionM();
    return Wgs84.toGeodetic(p).withAltitudeM(0);
  }

  /** The WGS-84 geodesic between two places (Karney, Journal of Geodesy 87, 2013). */
  static GeodesicData inverse(Geodetic from, Geodetic to) {
    return Geodesic.WGS84.Inverse(
        from.latitudeDeg(),
        from.longitudeDeg(),
        to.latitudeDeg(),
        to.longitudeDeg(),
        GeodesicMask.DISTANCE | GeodesicMask.AZIMUTH);
  }
}
