package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.model.Geodetic;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * The ballistic scenario of the Naval Research Laboratory's Tracker Component Library: a radar with
 * errors of 10 m and 0.1 degree watches an arc of 1,147 km height every 10 s from t = 390 s.
 */
final class NrlScenarioTest {
  private static final BallisticForces FORCES =
      new BallisticForces(
          3.986004415e14,
          6_378_136.3,
          4.84169317366974e-4 * Math.sqrt(5),
          7.292115e-5,
          Double.POSITIVE_INFINITY);
  private static final double[] START = {
    -3451475.769281,
    3506152.336516,
    4045312.539556,
    -4205.149790990,
    -2407.100419335,
    3657.246850306
  };
  private static final Geodetic RADAR = Geodetic.ofDegrees(51.86310, -177.98669, 0);
  private static final double[] NOISE = {
    100, Math.toRadians(0.1) * Math.toRadians(0.1), Math.toRadians(0.1) * Math.toRadians(0.1)
  };
  private static final double FROM_S = 390;
  private static final double STEP_S = 10;
  private static final int FIRST = 5;

  /** Range (m), azimuth from north and elevation (rad) of a state. */
  private static double[] look(double[] x) {
    Vector3 enu = Wgs84.toEnu(FlightPredictor.position(x).minus(Wgs84.toEcef(RADAR)), RADAR);
    double flat = Math.hypot(enu.x(), enu.y());
    return new double[] {
      enu.norm(), StrictMath.atan2(enu.x(), enu.y()), StrictMath.atan2(enu.z(), flat)
    };
  }

  /** A look with its noise, against which states are held. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Look(double[] z) implements Measurement {
    @Override
    public int size() {
      return 3;
    }

    @Override
    public double[] noise() {
      return NOISE;
    }

    @Override
    public boolean residual(double[] x, double[] out) {
      double[] h = look(x);
      out[0] = h[0] - z[0];
      out[1] = Math.IEEEremainder(h[1] - z[1], 2 * Math.PI);
      out[2] = h[2] - z[2];
      return true;
    }
  }

  private static double[] fly(double[] x, double seconds) {
    return BallisticArc.fly(FORCES, x, seconds, 1e-4).end();
  }

  @Test
  void fliesThePublishedTrajectoryWithinAMetre() throws IOException {
    BallisticArc arc = BallisticArc.fly(FORCES, START, 2_000, 1e-4);
    double worst = 0;
    for (double[] row : Benchmarks.rows("nrl_traj.csv", ",", 1)) {
      double[] s = arc.at(row[0]);
      for (int i = 0; i < 3; i++) {
        worst = Math.max(worst, Math.abs(s[i] - row[1 + i]));
      }
    }
    assertTrue(worst < 0.01, "largest difference " + worst + " m");
  }

  /** d state(to) / d state(from), by central differences over 10 m and 0.1 m/s. */
  private static double[] transition(double[] x, double seconds) {
    double[] f = new double[36];
    for (int j = 0; j < 6; j++) {
      double h = j < 3 ? 10 : 0.1;
      double[] a = x.clone();
      double[] b = x.clone();
      a[j] += h;
      b[j] -= h;
      double[] ea = fly(a, seconds);
      double[] eb = fly(b, seconds);
      for (int i = 0; i < 6; i++) {
        f[i * 6 + j] = (ea[i] - eb[i]) / (2 * h);
      }
    }
    return f;
  }

  /** H^T R^-1 H of a look at {@code x}, mapped by {@code f} to the state at the start. */
  private static void addInformation(double[] info, double[] x, double[] f) {
    double[] h = new double[18];
    for (int j = 0; j < 3; j++) {
      double[] a = x.clone();
      double[] b = x.clone();
      a[j] += 10;
      b[j] -= 10;
      double[] ha = look(a);
      double[] hb = look(b);
      for (int i = 0; i < 3; i++) {
        h[i * 6 + j] = (ha[i] - hb[i]) / 20;
      }
    }
    double[] g = Dense.multiply(h, f, 3, 6, 6);
    for (int m = 0; m < 3; m++) {
      for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 6; j++) {
          info[i * 6 + j] += g[m * 6 + i] * g[m * 6 + j] / NOISE[m];
        }
      }
    }
  }

  @Test
  void findsThePublishedBoundWithinOnePercent() throws IOException {
    double[] x0 = fly(START, FROM_S);
    double[] info = new double[36];
    addInformation(info, x0, transition(x0, 0));
    for (double[] row : Benchmarks.rows("nrl_pcrlb.csv", ",", 1)) {
      double t = row[1] - FROM_S;
      double[] f = transition(x0, t);
      addInformation(info, fly(x0, t), f);
      double[] p =
          Dense.multiplyTransposed(Dense.multiply(f, Dense.inverse(info, 6), 6, 6, 6), f, 6, 6, 6);
      assertEquals(row[2], Math.sqrt(p[0] + p[7] + p[14]), 0.01 * row[2], "k = " + row[0]);
      assertEquals(row[3], Math.sqrt(p[21] + p[28] + p[35]), 0.01 * row[3], "k = " + row[0]);
    }
  }

  /** Gauss and Newton's least squares over the first looks, from the first and the last of them. */
  private static double[][] initiate(List<Look> looks) {
    double[] first = place(looks.getFirst());
    double[] last = place(looks.get(FIRST - 1));
    double span = (FIRST - 1) * STEP_S;
    double[] x = first.clone();
    for (int i = 0; i < 3; i++) {
      x[3 + i] = (last[i] - first[i]) / span;
    }
    double[] info = new double[36];
    for (int it = 0; it < 8; it++) {
      info = new double[36];
      double[] y = new double[6];
      for (int k = 0; k < FIRST; k++) {
        double[] f = transition(x, k * STEP_S);
        double[] at = fly(x, k * STEP_S);
        double[] one = new double[36];
        addInformation(one, at, f);
        addGradient(y, looks.get(k), at, f);
        for (int i = 0; i < 36; i++) {
          info[i] += one[i];
        }
      }
      double[] d = Dense.multiply(Dense.inverse(info, 6), y, 6, 6, 1);
      for (int i = 0; i < 6; i++) {
        x[i] -= d[i];
      }
    }
    double[] f = transition(x, span);
    double[] p =
        Dense.multiplyTransposed(Dense.multiply(f, Dense.inverse(info, 6), 6, 6, 6), f, 6, 6, 6);
    return new double[][] {fly(x, span), p};
  }

  private static void addGradient(double[] y, Look look, double[] at, double[] f) {
    double[] r = new double[3];
    look.residual(at, r);
    for (int j = 0; j < 3; j++) {
      double[] a = at.clone();
      double[] b = at.clone();
      a[j] += 10;
      b[j] -= 10;
      double[] ha = look(a);
      double[] hb = look(b);
      for (int m = 0; m < 3; m++) {
        double slope = (ha[m] - hb[m]) / 20 / NOISE[m] * r[m];
        for (int i = 0; i < 6; i++) {
          y[i] += f[j * 6 + i] * slope;
        }
      }
    }
  }

  private static double[] place(Look l) {
    double[] z = l.z();
    double flat = z[0] * StrictMath.cos(z[2]);
    Vector3 r =
        Wgs84.toEcef(RADAR)
            .plus(
                Wgs84.fromEnu(
                    new Vector3(
                        flat * StrictMath.sin(z[1]),
                        flat * StrictMath.cos(z[1]),
                        z[0] * StrictMath.sin(z[2])),
                    RADAR));
    return new double[] {r.x(), r.y(), r.z(), 0, 0, 0};
  }

  @Test
  void filtersWithinATenthOfTheBoundFromTheTwentiethLookOn() throws IOException {
    int runs = 200;
    List<double[]> bound = Benchmarks.rows("nrl_pcrlb.csv", ",", 1);
    int looks = bound.size() + 1;
    List<double[]> truth = new ArrayList<>();
    for (int k = 0; k < looks; k++) {
      truth.add(fly(START, FROM_S + k * STEP_S));
    }
    double[] position = new double[looks];
    double[] velocity = new double[looks];
    for (int run = 0; run < runs; run++) {
      SplittableRandom random = new SplittableRandom(run);
      List<Look> seen = new ArrayList<>();
      for (double[] x : truth) {
        double[] z = look(x);
        for (int m = 0; m < 3; m++) {
          z[m] += Math.sqrt(NOISE[m]) * random.nextGaussian();
        }
        seen.add(new Look(z));
      }
      filter(seen, truth, position, velocity);
    }
    double worst = 0;
    for (int k = 20; k <= looks; k++) {
      double[] row = bound.get(k - 2);
      worst = Math.max(worst, Math.sqrt(position[k - 1] / runs) / row[2]);
      worst = Math.max(worst, Math.sqrt(velocity[k - 1] / runs) / row[3]);
    }
    System.out.println("NRL scenario: largest RMSE over bound from k = 20 on: " + worst);
    assertTrue(worst < 1.10, "RMSE over bound " + worst);
  }

  private static void filter(
      List<Look> seen, List<double[]> truth, double[] position, double[] velocity) {
    double[][] s = initiate(seen);
    double[] x = s[0];
    double[] p = s[1];
    for (int k = FIRST; k < seen.size(); k++) {
      SigmaPoints points = SigmaPoints.of(x, p);
      for (double[] point : points.points) {
        System.arraycopy(fly(point, STEP_S), 0, point, 0, 6);
      }
      x = points.mean();
      p = points.covariance(x);
      Innovation v = Innovation.of(x, p, seen.get(k));
      assertTrue(v != null);
      p = v.covariance(x);
      x = v.mean(x);
      double[] t = truth.get(k);
      for (int i = 0; i < 3; i++) {
        position[k] += (x[i] - t[i]) * (x[i] - t[i]);
        velocity[k] += (x[3 + i] - t[3 + i]) * (x[3 + i] - t[3 + i]);
      }
    }
  }
}
