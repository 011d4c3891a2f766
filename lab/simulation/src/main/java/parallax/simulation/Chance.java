package parallax.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All the chance there is in a run: a stream of numbers from its seed. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this(new SplittableRandom(seed));
  }

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  /** A stream of its own: what is drawn from one changes nothing in the other. */
  Chance split() {
    return new Chance(random.split());
  }

  boolean hit(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** From 0 up to but not including {@code n}. */
  int below(int n) {
    return random.nextInt(n);
  }

  double between(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** A duration in nanoseconds between two in seconds. */
  long ns(double fromS, double toS) {
    return Math.round(between(fromS, toS) * 1e9);
  }

  long any() {
    return random.nextLong();
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Standard normal, by the sum of twelve uniforms. */
  double gaussian() {
    double s = -6;
    for (int i = 0; i < 12; i++) {
      s += random.nextDouble();
    }
    return s;
  }
}
