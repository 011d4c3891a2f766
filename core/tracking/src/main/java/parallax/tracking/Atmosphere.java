package parallax.tracking;

/**
 * Air density by height: the U.S. Standard Atmosphere 1976 at its tabulated heights, with the
 * logarithm of density linear between them (within 3 % of the standard below 100 km); zero above
 * 150 km. Looked up every 50 m and linear between, which is within 1e-5 of that.
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

  /** Height above which density counts as zero, metres. */
  public static final double TOP_M = 150_000;

  private static final double STEP_M = 50;
  private static final double[] FINE = new double[(int) (TOP_M / STEP_M) + 1];

  static {
    for (int i = 0; i < FINE.length; i++) {
      FINE[i] = tabulated(i * STEP_M * 1e-3);
    }
  }

  private Atmosphere() {}

  private static double tabulated(double km) {
    int i = km < 40 ? (int) (km / 5) : Math.min((int) (km / 10) + 4, DENSITY.length - 2);
    double f = (km - HEIGHT_KM[i]) / (HEIGHT_KM[i + 1] - HEIGHT_KM[i]);
    double below = StrictMath.log(DENSITY[i]);
    return StrictMath.exp(below + f * (StrictMath.log(DENSITY[i + 1]) - below));
  }

  /** Density at {@code heightM} metres above the ellipsoid, kg/m^3; below 0 that of 0. */
  public static double densityKgM3(double heightM) {
    if (!(heightM < TOP_M)) {
      return 0;
    }
    if (heightM <= 0) {
      return DENSITY[0];
    }
    double at = heightM / STEP_M;
    int i = (int) at;
    return FINE[i] + (at - i) * (FINE[i + 1] - FINE[i]);
  }
}
