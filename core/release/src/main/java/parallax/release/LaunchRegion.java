package parallax.release;

import java.util.List;
import parallax.model.Check;

/**
 * A named polygon on the map. Its edges are straight in longitude and latitude, as in GeoJSON (RFC
 * 7946, section 3.1.6), and do not cross the antimeridian.
 *
 * @param name what the agreement calls it
 * @param rings closed rings; the first is the outline, any further ones are holes
 */
public record LaunchRegion(String name, List<List<Corner>> rings) {
  /**
   * A corner.
   *
   * @param longitudeDeg degrees east, -180 to 180
   * @param latitudeDeg degrees north, -90 to 90
   */
  public record Corner(double longitudeDeg, double latitudeDeg) {
    /** Validates the ranges. */
    public Corner {
      Check.within("longitude (deg)", longitudeDeg, -180, 180);
      Check.within("latitude (deg)", latitudeDeg, -90, 90);
    }
  }

  /** Copies the rings. */
  public LaunchRegion {
    Check.text("launch region name", name, 80);
    rings = rings.stream().map(List::copyOf).toList();
  }
}
