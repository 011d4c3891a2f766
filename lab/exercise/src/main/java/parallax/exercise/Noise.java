package parallax.exercise;

import java.util.SplittableRandom;
import parallax.model.SensorId;

/**
 * One sensor's stream of chance, from the exercise's seed and the sensor's identity alone (FNV-1a
 * hash of its name). Gaussian numbers by Marsaglia's polar method (SIAM Review 6, 1964) in {@link
 * StrictMath}: the same bits on every machine.
 */
final class Noise {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final SplittableRandom random;
  private double spare = Double.NaN;

  Noise(long seed, SensorId sensor) {
    this(seed, sensor.toString());
  }

  /** The stream of a sensor for a further target; for the first, {@code target} 0, the sensor's. */
  Noise(long seed, SensorId sensor, int target) {
    this(seed, target == 0 ? sensor.toString() : sensor + " target " + target);
  }

  private Noise(long seed, String name) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    random = new SplittableRandom(new SplittableRandom(seed ^ hash).nextLong());
  }

  Noise(SplittableRandom random) {
    this.random = random;
  }

  /** Even from 0 (inclusive) to 1 (exclusive). */
  double uniform() {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  /** Mean 0, standard deviation 1. */
  double gaussian() {
    if (!Double.isNaN(spare)) {
      double g = spare;
      spare = Double.NaN;
      return g;
    }
    while (true) {
      double u = 2 * uniform() - 1;
      double v = 2 * uniform() - 1;
      double q = u * u + v * v;
      if (q > 0 && q < 1) {
        double k = Math.sqrt(-2 * StrictMath.log(q) / q);
        spare = v * k;
        return u * k;
      }
    }
  }
}
