package parallax.release;

/** The smallest eigenvalue of a symmetric matrix of two or three rows, in closed form. */
final class SmallestEigenvalue {
  private SmallestEigenvalue() {}

  /** Of the first {@code n} rows and columns of a row-major matrix of {@code rows} rows. */
  static double of(double[] m, int rows, int n) {
    return n == 2
        ? ofTwo(m[0], m[1], m[rows + 1])
        : ofThree(m[0], m[1], m[2], m[rows + 1], m[rows + 2], m[2 * rows + 2]);
  }

  private static double ofTwo(double xx, double xy, double yy) {
    double half = 0.5 * (xx - yy);
    return 0.5 * (xx + yy) - Math.sqrt(half * half + xy * xy);
  }

  /** By Cardano's formula in its trigonometric form (Smith, Comm. ACM 4, 1961, p. 168). */
  private static double ofThree(double xx, double xy, double xz, double yy, double yz, double zz) {
    double mean = (xx + yy + zz) / 3;
    double off = xy * xy + xz * xz + yz * yz;
    double a = xx - mean;
    double b = yy - mean;
    double c = zz - mean;
    double p = Math.sqrt((a * a + b * b + c * c + 2 * off) / 6);
    if (p == 0) {
      return mean;
    }
    double determinant = a * (b * c - yz * yz) - xy * (xy * c - yz * xz) + xz * (xy * yz - b * xz);
    double r = Math.max(-1, Math.min(1, determinant / (2 * p * p * p)));
    double angle = StrictMath.acos(r) / 3;
    return mean + 2 * p * StrictMath.cos(angle + 2 * Math.PI / 3);
  }
}
