package parallax.exercise;

import java.util.Arrays;
import parallax.model.Check;
import parallax.model.FlightPhase;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * The computed path: nodes of time, position, velocity and acceleration, joined by the quintic
 * polynomial that meets all three at both ends of a step (error of order step^6).
 */
final class Trajectory {
  private static final double REENTRY_HEIGHT_M = 100_000;
  private static final double LIFT_HEIGHT_M = 80_000;

  private final double[] times;
  private final double[][] nodes;
  private final double[][] accStart;
  private final double[][] accEnd;
  private final double burnoutS;
  private final double durationS;
  private final double peakS;
  private final double apogeeM;
  private final boolean lifting;

  /**
   * Nodes {@code states} at {@code times}; step i goes from node i to i + 1 and has acceleration
   * {@code accStart[i]} at its start and {@code accEnd[i]} at its end. The last step crosses height
   * 0.
   */
  Trajectory(
      double[] times,
      double[][] states,
      double[][] accStart,
      double[][] accEnd,
      double burnoutS,
      boolean lifting) {
    this.times = times;
    this.nodes = states;
    this.accStart = accStart;
    this.accEnd = accEnd;
    this.burnoutS = burnoutS;
    this.lifting = lifting;
    this.durationS = findImpact();
    this.peakS = findPeak();
    this.apogeeM = geodeticHeightM(peakS);
  }

  double durationS() {
    return durationS;
  }

  double burnoutS() {
    return burnoutS;
  }

  double apogeeM() {
    return apogeeM;
  }

  FlightState at(double tS) {
    Check.within("time of flight (s)", tS, 0, durationS);
    int i = step(tS);
    double h = times[i + 1] - times[i];
    double u = (tS - times[i]) / h;
    double[] p = new double[9];
    for (int k = 0; k < 3; k++) {
      hermite(i, k, h, u, p);
    }
    Vector3 position = new Vector3(p[0], p[1], p[2]);
    Vector3 velocity = new Vector3(p[3], p[4], p[5]);
    boolean burning = tS < burnoutS;
    return new FlightState(
        tS,
        position,
        velocity,
        new Vector3(p[6], p[7], p[8]),
        phase(tS, burning, position, velocity),
        burning);
  }

  private FlightPhase phase(double tS, boolean burning, Vector3 position, Vector3 velocity) {
    if (burning) {
      return FlightPhase.BOOST;
    }
    double height = TrueMotion.heightM(position.x(), position.y(), position.z());
    if (lifting && tS > peakS && height < LIFT_HEIGHT_M) {
      return FlightPhase.MANOEUVRE;
    }
    return position.dot(velocity) < 0 && height < REENTRY_HEIGHT_M
        ? FlightPhase.REENTRY
        : FlightPhase.COAST;
  }

  private int step(double tS) {
    int found = Arrays.binarySearch(times, tS);
    int i = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(times.length - 2, i));
  }

  /** Quintic Hermite polynomial of component k over step i, and its first two derivatives. */
  private void hermite(int i, int k, double h, double u, double[] out) {
    double x0 = nodes[i][k];
    double x1 = nodes[i + 1][k];
    double v0 = nodes[i][3 + k] * h;
    double v1 = nodes[i + 1][3 + k] * h;
    double a0 = accStart[i][k] * h * h;
    double a1 = accEnd[i][k] * h * h;
    double d = x1 - x0;
    double c2 = 0.5 * a0;
    double c3 = 10 * d - 6 * v0 - 4 * v1 - 1.5 * a0 + 0.5 * a1;
    double c4 = -15 * d + 8 * v0 + 7 * v1 + 1.5 * a0 - a1;
    double c5 = 6 * d - 3 * v0 - 3 * v1 - 0.5 * a0 + 0.5 * a1;
    out[k] = x0 + u * (v0 + u * (c2 + u * (c3 + u * (c4 + u * c5))));
    out[3 + k] = (v0 + u * (2 * c2 + u * (3 * c3 + u * (4 * c4 + u * 5 * c5)))) / h;
    out[6 + k] = (2 * c2 + u * (6 * c3 + u * (12 * c4 + u * 20 * c5))) / (h * h);
  }

  private double heightM(int i, double u) {
    double h = times[i + 1] - times[i];
    double[] p = new double[9];
    for (int k = 0; k < 3; k++) {
      hermite(i, k, h, u, p);
    }
    return TrueMotion.heightM(p[0], p[1], p[2]);
  }

  private double findImpact() {
    int last = times.length - 2;
    double low = 0;
    double high = 1;
    for (int n = 0; n < 60; n++) {
      double mid = 0.5 * (low + high);
      if (heightM(last, mid) > 0) {
        low = mid;
      } else {
        high = mid;
      }
    }
    return times[last] + high * (times[last + 1] - times[last]);
  }

  private double findPeak() {
    int best = 0;
    double bestHeight = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < times.length; i++) {
      double height = TrueMotion.heightM(nodes[i][0], nodes[i][1], nodes[i][2]);
      if (height > bestHeight) {
        bestHeight = height;
        best = i;
      }
    }
    double low = times[Math.max(0, best - 1)];
    double high = Math.min(durationS, times[Math.min(times.length - 1, best + 1)]);
    for (int n = 0; n < 60; n++) {
      double a = low + (high - low) / 3;
      double b = high - (high - low) / 3;
      if (quickHeightM(a) < quickHeightM(b)) {
        low = a;
      } else {
        high = b;
      }
    }
    return 0.5 * (low + high);
  }

  private double quickHeightM(double tS) {
    int i = step(tS);
    return heightM(i, (tS - times[i]) / (times[i + 1] - times[i]));
  }

  private double geodeticHeightM(double tS) {
    return Wgs84.toGeodetic(at(tS).positionM()).altitudeM();
  }
}
