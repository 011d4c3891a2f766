package parallax.exercise;

/**
 * Density of the air by height, U.S. Standard Atmosphere 1976 (NOAA-S/T 76-1562).
 *
 * <p>To 84,852 m geopotential the standard's seven layers, temperature T linear in geopotential
 * height H = r0 z / (r0 + z): rho = p M / (R T), with dp/dH = -rho g0. Above, the standard's
 * tabulated densities to 150 km, interpolated on the logarithm; zero beyond 150 km, where drag on
 * these flights is below 1e-6 m/s^2 times seconds.
 */
final class Atmosphere {
  /** Height above which density is taken as zero, metres. */
  static final double TOP_M = 150_000;

  private static final double G0 = 9.80665;
  private static final double R_AIR = 8314.32 / 28.9644;
  private static final double R0 = 6_356_766;
  private static final double[] BASE_H = {0, 11e3, 20e3, 32e3, 47e3, 51e3, 71e3};
  private static final double[] LAPSE = {-6.5e-3, 0, 1e-3, 2.8e-3, 0, -2.8e-3, -2e-3};
  private static final double TOP_OF_LAYERS_M = 86_000;
  private static final double[] TABLE_Z = {86e3, 90e3, 100e3, 110e3, 120e3, 150e3};
  private static final double[] TABLE_RHO = {
    6.958e-6, 3.416e-6, 5.604e-7, 9.708e-8, 2.222e-8, 2.076e-9
  };
  private static final double[] BASE_T = new double[BASE_H.length];
  private static final double[] BASE_P = new double[BASE_H.length];

  static {
    BASE_T[0] = 288.15;
    BASE_P[0] = 101_325;
    for (int i = 1; i < BASE_H.length; i++) {
      double dh = BASE_H[i] - BASE_H[i - 1];
      BASE_T[i] = BASE_T[i - 1] + LAPSE[i - 1] * dh;
      BASE_P[i] = pressure(i - 1, dh);
    }
  }

  private Atmosphere() {}

  private static double pressure(int layer, double dh) {
    double t0 = BASE_T[layer];
    double lapse = LAPSE[layer];
    return lapse == 0
        ? BASE_P[layer] * StrictMath.exp(-G0 * dh / (R_AIR * t0))
        : BASE_P[layer] * StrictMath.pow(1 + lapse * dh / t0, -G0 / (R_AIR * lapse));
  }

  /** Density in kg/m^3 at geometric height {@code zM}; below sea level as at sea level. */
  static double densityKgM3(double zM) {
    if (zM >= TOP_M) {
      return 0;
    }
    double z = Math.max(0, zM);
    return z < TOP_OF_LAYERS_M ? layered(R0 * z / (R0 + z)) : tabulated(z);
  }

  private static double layered(double h) {
    int i = BASE_H.length - 1;
    while (BASE_H[i] > h) {
      i--;
    }
    double dh = h - BASE_H[i];
    return pressure(i, dh) / (R_AIR * (BASE_T[i] + LAPSE[i] * dh));
  }

  private static double tabulated(double z) {
    int i = 1;
    while (TABLE_Z[i] < z) {
      i++;
    }
    double k = (z - TABLE_Z[i - 1]) / (TABLE_Z[i] - TABLE_Z[i - 1]);
    return TABLE_RHO[i - 1] * StrictMath.pow(TABLE_RHO[i] / TABLE_RHO[i - 1], k);
  }
}
