package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.model.Cholesky;
import parallax.model.FlightPhase;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.TrackStatus;
import parallax.model.Vector3;

/**
 * Finds the constant errors of a nation's radars in range, azimuth and elevation, from what two
 * radars say within seconds of one coasting target: the difference of the two measured places, less
 * how far the target flew between, is a function of the radars' biases and noise alone, whatever
 * the target's state (the pseudo-measurements of Lin, Bar-Shalom and Kirubarajan, IEEE Trans.
 * Aerospace and Electronic Systems 40, 2004). One Kalman filter holds the biases of all radars.
 *
 * <p>A bias is taken out of plots only once it is known beyond doubt; until then plots are used as
 * they come.
 */
final class Registration {
  private static final double RANGE_SIGMA_M = 200;
  private static final double ANGLE_SIGMA_RAD = 3e-3;
  private static final double[] PRIOR = {RANGE_SIGMA_M, ANGLE_SIGMA_RAD, ANGLE_SIGMA_RAD};

  /** Share of the prior variance that a bias may drift by from one pair to the next. */
  private static final double DRIFT = 1e-7;

  private static final double PAIR_WITHIN_S = 2.5;
  private static final double PERIOD_S = 1;
  private static final int LEAST_PAIRS = 30;

  /** Chi-square of three degrees of freedom that chance exceeds once in 10 million. */
  private static final double BEYOND_DOUBT = 36;

  /** Chi-square of three that a pair of one target does not exceed. */
  private static final double GATE = 25;

  private final TreeMap<SensorId, Integer> places = new TreeMap<>();
  private final int size;
  private final double[] bias;
  private final double[] covariance;
  private final int[] pairs;

  Registration(SensorRegistry sensors) {
    for (Sensor s : sensors.all()) {
      if (s instanceof Sensor.Radar) {
        places.put(s.id(), places.size());
      }
    }
    size = 3 * places.size();
    bias = new double[size];
    pairs = new int[places.size()];
    covariance = new double[size * size];
    for (int i = 0; i < size; i++) {
      covariance[i * size + i] = PRIOR[i % 3] * PRIOR[i % 3];
    }
  }

  /** What is known of the radars of which two have seen a target together, in their order. */
  List<SensorBias> all() {
    List<SensorBias> out = new ArrayList<>();
    places.forEach(
        (id, at) -> {
          if (pairs[at] > 0) {
            out.add(of(id, at));
          }
        });
    return out;
  }

  private SensorBias of(SensorId id, int at) {
    double[] b = new double[3];
    double[] sigma = new double[3];
    for (int i = 0; i < 3; i++) {
      b[i] = bias[3 * at + i];
      sigma[i] = Math.sqrt(covariance[(3 * at + i) * (size + 1)]);
    }
    return new SensorBias(
        id, b[0], b[1], b[2], sigma[0], sigma[1], sigma[2], isBeyondDoubt(at), pairs[at]);
  }

  /** The bias to take out of a radar's plots, when one is known beyond doubt. */
  Optional<SensorBias> correction(SensorId radar) {
    Integer at = places.get(radar);
    return at != null && isBeyondDoubt(at) ? Optional.of(of(radar, at)) : Optional.empty();
  }

  private boolean isBeyondDoubt(int at) {
    if (pairs[at] < LEAST_PAIRS) {
      return false;
    }
    double[] b = new double[3];
    double[] p = new double[9];
    for (int i = 0; i < 3; i++) {
      b[i] = bias[3 * at + i];
      for (int j = 0; j < 3; j++) {
        p[3 * i + j] = covariance[(3 * at + i) * size + 3 * at + j];
      }
    }
    return Cholesky.squaredDistance(Dense.factor(p, 3), b, 3) > BEYOND_DOUBT;
  }

  /** Learns from the plot {@code m} of {@code f} if it is its newest, at most once a second. */
  void learn(TrackFile f, PlotModel m) {
    boolean coasts = f.confirmed && f.postedPhase() == FlightPhase.COAST;
    boolean held = f.report.status != TrackStatus.LOST && f.newest() == m;
    double since = (m.nanos() - f.registeredNanos) * 1e-9;
    if (!coasts || !held || !m.radar() || (since >= 0 && since < PERIOD_S)) {
      return;
    }
    PlotModel other = f.newestOfOther(m, PAIR_WITHIN_S);
    if (other != null) {
      f.registeredNanos = m.nanos();
      compare(f.posterior(), m, other);
    }
  }

  private void compare(ImmState s, PlotModel m, PlotModel other) {
    PlotModel a = asMeasured(m);
    PlotModel b = asMeasured(other);
    double[] x = s.mean();
    double[] d = new double[6];
    BallisticForces.NOMINAL.derivative(x, d);
    double before = (b.nanos() - s.nanos) * 1e-9;
    double after = (a.nanos() - s.nanos) * 1e-9;
    double[] y = new double[3];
    Vector3 apart = place(a).minus(place(b));
    double[] measured = {apart.x(), apart.y(), apart.z()};
    for (int i = 0; i < 3; i++) {
      double flown = d[i] * (after - before) + 0.5 * d[3 + i] * (after * after - before * before);
      y[i] = measured[i] - flown;
    }
    double[] h = new double[3 * size];
    put(h, a, 1);
    put(h, b, -1);
    double[] r = a.positionCovariance(a.rangeM(), Math.sqrt(a.noise[0]));
    double[] q = b.positionCovariance(b.rangeM(), Math.sqrt(b.noise[0]));
    double drift = (after - before) * (after - before);
    double[] c = s.covariance(x);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        r[3 * i + j] += q[3 * i + j] + drift * c[(3 + i) * 6 + 3 + j];
      }
    }
    if (update(y, h, r)) {
      pairs[place(m.plot.sensor())]++;
      pairs[place(other.plot.sensor())]++;
    }
  }

  private int place(SensorId radar) {
    return places.getOrDefault(radar, 0);
  }

  private static PlotModel asMeasured(PlotModel m) {
    return PlotModel.of((Plot.RadarPlot) m.plot, (Sensor.Radar) m.sensor);
  }

  private static Vector3 place(PlotModel m) {
    return m.origin().plus(m.direction().times(m.rangeM()));
  }

  /** How the biases of a plot's radar move its place: along, to the right and up. */
  private void put(double[] h, PlotModel m, double sign) {
    int at = 3 * place(m.plot.sensor());
    double elevation = ((Plot.RadarPlot) m.plot).elevationRad();
    Vector3[] moves = {
      m.direction(),
      m.right().times(m.rangeM() * StrictMath.cos(elevation)),
      m.upward().times(m.rangeM())
    };
    for (int k = 0; k < 3; k++) {
      h[at + k] = sign * moves[k].x();
      h[size + at + k] = sign * moves[k].y();
      h[2 * size + at + k] = sign * moves[k].z();
    }
  }

  /** Kalman update with {@code y} = {@code h} bias + noise {@code r}; false when it cannot be. */
  private boolean update(double[] y, double[] h, double[] r) {
    double[] ph = Dense.multiplyTransposed(covariance, h, size, size, 3);
    double[] s = Dense.multiply(h, ph, 3, size, 3);
    double[] v = Dense.multiply(h, bias, 3, size, 1);
    for (int i = 0; i < 9; i++) {
      s[i] += r[i];
    }
    for (int i = 0; i < 3; i++) {
      v[i] = y[i] - v[i];
    }
    double[] l = Dense.factor(s, 3);
    if (!(Cholesky.squaredDistance(l, v, 3) < GATE)) {
      return false;
    }
    double[] gain = Dense.multiply(ph, Dense.inverseOfFactored(l, 3), size, 3, 3);
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < 3; k++) {
        bias[i] += gain[3 * i + k] * v[k];
      }
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < 3; k++) {
          covariance[i * size + j] -= gain[3 * i + k] * ph[3 * j + k];
        }
      }
      covariance[i * size + i] += DRIFT * PRIOR[i % 3] * PRIOR[i % 3];
    }
    Dense.symmetrise(covariance, size);
    return true;
  }
}
