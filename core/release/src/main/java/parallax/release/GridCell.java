package parallax.release;

import parallax.model.Geodetic;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Centres of grid cells on the earth. Rows of equal height run round the earth from pole to pole;
 * each is cut into a whole number of cells of equal width. No cell is larger than its nominal size:
 * degrees are counted at their longest, with the largest radius of curvature of WGS-84, and widths
 * at the edge of a row that is nearer to the equator.
 */
final class GridCell {
  /** The largest radius of curvature of the ellipsoid, at the poles: a^2 / b, metres. */
  private static final double LARGEST_RADIUS_M = Wgs84.A * Wgs84.A / Wgs84.B;

  private GridCell() {}

  /** The centre of the cell that holds {@code g}; its altitude stays. */
  static Geodetic round(Geodetic g, double gridKm) {
    return round(g, gridKm, g.altitudeM(), LARGEST_RADIUS_M);
  }

  /** The centre of the cell that holds an ECEF position (metres), its height rounded likewise. */
  static Vector3 round(Vector3 positionM, double gridKm) {
    Geodetic g = Wgs84.toGeodetic(positionM);
    double height = middle(g.altitudeM(), gridKm * 1000);
    double top = Math.max(0, height + gridKm * 500);
    return Wgs84.toEcef(round(g, gridKm, height, LARGEST_RADIUS_M + top));
  }

  private static Geodetic round(Geodetic g, double gridKm, double altitudeM, double radiusM) {
    double size = gridKm * 1000 / radiusM;
    double rows = Math.max(1, Math.ceil(Math.PI / size));
    double height = Math.PI / rows;
    double row = Math.min(rows - 1, Math.floor((g.latitudeRad() + Math.PI / 2) / height));
    double south = -Math.PI / 2 + row * height;
    double north = south + height;
    double nearest = south > 0 ? south : north < 0 ? north : 0;
    double columns = Math.max(1, Math.ceil(2 * Math.PI * StrictMath.cos(nearest) / size));
    double width = 2 * Math.PI / columns;
    double column = Math.min(columns - 1, Math.floor((g.longitudeRad() + Math.PI) / width));
    return new Geodetic(south + height / 2, -Math.PI + (column + 0.5) * width, altitudeM);
  }

  /** The middle of the interval of length {@code cell}, counted from 0, that holds {@code x}. */
  static double middle(double x, double cell) {
    return (Math.floor(x / cell) + 0.5) * cell;
  }
}
