package parallax.exercise;

/** Smooth switching. */
final class Smooth {
  private Smooth() {}

  /** 0 below 0, 1 above 1, between them 3 x^2 - 2 x^3. */
  static double step(double x) {
    double c = Math.max(0, Math.min(1, x));
    return c * c * (3 - 2 * c);
  }
}
