package parallax.exercise;

import java.util.SplittableRandom;

/**
 * What a fall through the air depends on and no one knows beforehand: the wind by height, and how
 * far a body's ballistic coefficient lies from that of its kind.
 *
 * <p>Round figures: wind components of day-to-day size (20 m/s at jet height, 40 to 50 m/s above 50
 * km), correlated over neighbouring heights; the coefficient within 25 % (1 sigma), air density
 * included.
 */
final class Weather {
  private static final int KNOTS = 9;

  /** No wind, and a body like its kind. */
  static final Weather CALM = new Weather(1, new double[KNOTS], new double[KNOTS]);

  private static final double[] HEIGHT_M = {0, 5e3, 10e3, 15e3, 20e3, 30e3, 50e3, 70e3, 90e3};
  private static final double[] SIGMA_MPS = {6, 12, 20, 15, 10, 15, 40, 50, 50};
  private static final double CORRELATION = 0.7;
  private static final double LN_COEFFICIENT_SIGMA = 0.25;

  /** By what to multiply the ballistic coefficient of a missile's kind. */
  final double coefficientRatio;

  private final double[] eastMps;
  private final double[] northMps;

  private Weather(double coefficientRatio, double[] eastMps, double[] northMps) {
    this.coefficientRatio = coefficientRatio;
    this.eastMps = eastMps;
    this.northMps = northMps;
  }

  /** That of a seed. */
  static Weather of(long seed) {
    Noise noise = new Noise(new SplittableRandom(seed));
    double ratio = StrictMath.exp(LN_COEFFICIENT_SIGMA * noise.gaussian());
    return new Weather(ratio, profile(noise), profile(noise));
  }

  private static double[] profile(Noise noise) {
    double[] wind = new double[KNOTS];
    double z = noise.gaussian();
    for (int i = 0; i < KNOTS; i++) {
      wind[i] = SIGMA_MPS[i] * z;
      z = CORRELATION * z + Math.sqrt(1 - CORRELATION * CORRELATION) * noise.gaussian();
    }
    return wind;
  }

  /** Wind from the west at a height (m), m/s. */
  double eastMps(double heightM) {
    return at(eastMps, heightM);
  }

  /** Wind from the south at a height (m), m/s. */
  double northMps(double heightM) {
    return at(northMps, heightM);
  }

  private static double at(double[] profile, double heightM) {
    int i = 0;
    while (i < KNOTS - 2 && HEIGHT_M[i + 1] < heightM) {
      i++;
    }
    double u = (heightM - HEIGHT_M[i]) / (HEIGHT_M[i + 1] - HEIGHT_M[i]);
    double v = Math.max(0, Math.min(1, u));
    return profile[i] + v * (profile[i + 1] - profile[i]);
  }
}
