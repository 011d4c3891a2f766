package parallax.tracking;

/**
 * Air density by height: the U.S. Standard Atmosphere 1976 at its tabulated heights, with the
 * logarithm of density linear between them (within 3 % of the standard below 100 km); zero above
 * 150 km.
 */
public final class Atmosphere {
  private static final double[] HEIGHT_KM = {
    0, 5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150
  };
  private static final double[] DENSITY = {
    1.2250, 0.73643, 0.41351, 0.19476, 8.8910e-2, 4.0084e-2, 1.8410e-2, 8.4634e-3, 3.9957e-3,
    1.0269e-3, 3.0968e-4, 8.2829e-5, 1.8458e-5, 3.416e-6, 5.604e-7, 9.708e-8, 2.222e-8, 8.152e-9,
    3.831e-9, 2.076e-9
  };
  private static final double[] LN = new double[DENSITY.length];

  static {
    for (int i = 0; i < DENSITY.length; i++) {
      LN[i] = StrictMath.log(DENSITY[i]);
    }
  }

  /** Height above which density counts as zero, metres. */
  public static final double TOP_M = 150_000;

  private Atmosphere() {}

  /** Density at {@code heightM} metres above the ellipsoid, kg/m^3; below 0 that of 0. */
  public static double densityKgM3(double heightM) {
    if (!(heightM < TOP_M)) {
      return 0;
    }
    if (heightM <= 0) {
      return DENSITY[0];
    }
    double km = heightM * 1e-3;
    int i = km < 40 ? (int) (km / 5) : (int) (km / 10) + 4;
    double f = (km - HEIGHT_KM[i]) / (HEIGHT_KM[i + 1] - HEIGHT_KM[i]);
    return StrictMath.exp(LN[i] + f * (LN[i + 1] - LN[i]));
  }
}
