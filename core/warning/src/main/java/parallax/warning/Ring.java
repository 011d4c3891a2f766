package parallax.warning;

import parallax.model.InvalidValueException;

/**
 * A closed ring of places in degrees: the last point repeats the first. Longitudes are continuous
 * (a ring across the antimeridian goes on past 180) and lie from 0 to 360.
 */
public final class Ring {
  private final double[] lonDeg;
  private final double[] latDeg;

  private Ring(double[] lonDeg, double[] latDeg) {
    this.lonDeg = lonDeg;
    this.latDeg = latDeg;
  }

  /** A ring of at least three distinct points; {@code where} names it in error messages. */
  static Ring of(String where, double[] lonDeg, double[] latDeg) {
    int n = lonDeg.length;
    if (n < 4 || latDeg.length != n) {
      throw new InvalidValueException(where, n + " points", "a closed ring of 4 points or more");
    }
    for (int i = 0; i < n; i++) {
      if (!(lonDeg[i] >= 0 && lonDeg[i] <= 360 && latDeg[i] >= -90 && latDeg[i] <= 90)) {
        throw new InvalidValueException(
            where,
            "point " + i + " at longitude " + lonDeg[i] + ", latitude " + latDeg[i],
            "longitude 0 to 360 and latitude -90 to 90 degrees");
      }
    }
    if (lonDeg[0] != lonDeg[n - 1] || latDeg[0] != latDeg[n - 1]) {
      throw new InvalidValueException(where, "open", "a ring whose last point repeats its first");
    }
    return new Ring(lonDeg.clone(), latDeg.clone());
  }

  /** Number of points, the repeated one included. */
  public int size() {
    return lonDeg.length;
  }

  /** Longitude of point {@code i}, degrees east, 0 to 360. */
  public double lonDeg(int i) {
    return lonDeg[i];
  }

  /** Longitude of point {@code i}, degrees east, from -180 up to but excluding 180. */
  public double lonDeg180(int i) {
    return lonDeg[i] >= 180 ? lonDeg[i] - 360 : lonDeg[i];
  }

  /** Latitude of point {@code i}, degrees north. */
  public double latDeg(int i) {
    return latDeg[i];
  }
}
