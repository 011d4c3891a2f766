package parallax.report;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parallax.model.Check;
import parallax.model.Geodetic;

/**
 * The oblique azimuthal equidistant projection on the sphere of mean radius, with a window in page
 * units. Distances and directions from its centre are true to the sphere (0.3 % of the ellipsoid).
 * Source: Snyder, Map Projections: A Working Manual, USGS PP 1395 (1987), equations 22-4 and 25-2.
 */
public final class AzimuthalMap {
  /** Mean radius of the earth, metres (IUGG R1). */
  static final double RADIUS_M = 6_371_008.8;

  private static final double MARGIN = 0.07;
  private static final double LEAST_ASPECT = 1.12;
  private static final double GREATEST_ASPECT = 1.9;

  private final double latRad;
  private final double lonRad;
  private final double width;
  private final double height;
  private final double scale;
  private final double westM;
  private final double northM;

  private AzimuthalMap(double latRad, double lonRad, double width, Box box) {
    this.latRad = latRad;
    this.lonRad = lonRad;
    this.width = width;
    this.scale = width / (box.east - box.west);
    this.height = (box.north - box.south) * scale;
    this.westM = box.west;
    this.northM = box.north;
  }

  /** A place on the page; y grows downwards. */
  record Spot(double x, double y) {}

  /** The map of the given width that shows all the places with a margin. */
  static AzimuthalMap showing(List<Geodetic> places, double width) {
    Check.within("places on the map", places.size(), 1, 1e6);
    double south = Math.PI / 2;
    double north = -Math.PI / 2;
    double west = 2 * Math.PI;
    double east = 0;
    for (Geodetic g : places) {
      double lon = (g.longitudeRad() + 2 * Math.PI) % (2 * Math.PI);
      south = Math.min(south, g.latitudeRad());
      north = Math.max(north, g.latitudeRad());
      west = Math.min(west, lon);
      east = Math.max(east, lon);
    }
    double lat0 = Math.toRadians(Math.rint(Math.toDegrees(0.5 * (south + north))));
    double lon0 = Math.toRadians(Math.rint(Math.toDegrees(0.5 * (west + east))));
    Box box = new Box();
    for (Geodetic g : places) {
      double[] p = plane(lat0, lon0, g.latitudeRad(), g.longitudeRad());
      box.include(p[0], p[1]);
    }
    box.pad();
    return new AzimuthalMap(lat0, lon0, width, box);
  }

  /** A growing rectangle on the plane, metres. */
  private static final class Box {
    private double west = Double.MAX_VALUE;
    private double east = -Double.MAX_VALUE;
    private double south = Double.MAX_VALUE;
    private double north = -Double.MAX_VALUE;

    void include(double x, double y) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }

    void pad() {
      double w = Math.max(200_000, east - west) * (1 + 2 * MARGIN);
      double h = Math.max(200_000, north - south) * (1 + 2 * MARGIN);
      w = Math.max(w, h * LEAST_ASPECT);
      h = Math.max(h, w / GREATEST_ASPECT);
      double cx = 0.5 * (west + east);
      double cy = 0.5 * (south + north);
      west = cx - w / 2;
      east = cx + w / 2;
      south = cy - h / 2;
      north = cy + h / 2;
    }
  }

  /** Metres east and north of the centre on the plane. */
  private static double[] plane(double lat0, double lon0, double lat, double lon) {
    double d = lon - lon0;
    double s0 = StrictMath.sin(lat0);
    double c0 = StrictMath.cos(lat0);
    double s = StrictMath.sin(lat);
    double c = StrictMath.cos(lat);
    double cosC = s0 * s + c0 * c * StrictMath.cos(d);
    double angle = StrictMath.acos(Math.max(-1, Math.min(1, cosC)));
    double k = angle < 1e-9 ? 1 : angle / StrictMath.sin(angle);
    return new double[] {
      RADIUS_M * k * c * StrictMath.sin(d), RADIUS_M * k * (c0 * s - s0 * c * StrictMath.cos(d))
    };
  }

  /** Where a place lies on the page. */
  Spot spot(Geodetic g) {
    return spot(g.latitudeDeg(), g.longitudeDeg());
  }

  /** Where a place in degrees (longitude of any turn) lies on the page. */
  Spot spot(double latDeg, double lonDeg) {
    double[] p = plane(latRad, lonRad, Math.toRadians(latDeg), Math.toRadians(lonDeg));
    return new Spot((p[0] - westM) * scale, (northM - p[1]) * scale);
  }

  /**
   * The place {@code metres} from {@code g} at an azimuth in radians, along a great circle of the
   * sphere.
   */
  public static Geodetic away(Geodetic g, double azimuthRad, double metres) {
    double d = metres / RADIUS_M;
    double s = StrictMath.sin(g.latitudeRad());
    double c = StrictMath.cos(g.latitudeRad());
    double lat =
        StrictMath.asin(
            Math.max(
                -1,
                Math.min(
                    1,
                    s * StrictMath.cos(d) + c * StrictMath.sin(d) * StrictMath.cos(azimuthRad))));
    double lon =
        g.longitudeRad()
            + StrictMath.atan2(
                StrictMath.sin(azimuthRad) * StrictMath.sin(d) * c,
                StrictMath.cos(d) - s * StrictMath.sin(lat));
    return new Geodetic(lat, StrictMath.IEEEremainder(lon, 2 * Math.PI), 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AzimuthalMap m
        && latRad == m.latRad
        && lonRad == m.lonRad
        && width == m.width
        && height == m.height
        && scale == m.scale
        && westM == m.westM
        && northM == m.northM;
  }

  @Override
  public int hashCode() {
    return Objects.hash(latRad, lonRad, width, height, scale, westM, northM);
  }

  /** Page units per metre. */
  double scale() {
    return scale;
  }

  /** Width in page units. */
  double width() {
    return width;
  }

  /** Height in page units. */
  double height() {
    return height;
  }

  /** Latitude of the centre, degrees. */
  double centreLatDeg() {
    return Math.toDegrees(latRad);
  }

  /** Longitude of the centre, degrees east, 0 to 360. */
  double centreLonDeg() {
    return Math.toDegrees(lonRad);
  }
}
