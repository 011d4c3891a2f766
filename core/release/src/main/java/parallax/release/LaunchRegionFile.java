package parallax.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import parallax.release.LaunchRegion.Corner;

/**
 * Reads the launch regions of an agreement file. Whatever could mean another area than the writer
 * had in mind is refused, with what to write instead: a region that is read wrongly tells launches
 * that nobody agreed to tell.
 */
final class LaunchRegionFile {
  private static final int MOST_CORNERS = 2000;
  private static final double NEAREST_POLE_DEG = 89;

  private static final String TWO_REGIONS =
      "For an area across the 180th meridian write two regions: one that ends at longitude 180, and"
          + " one that begins at -180";

  private int corners;

  private LaunchRegionFile() {}

  /** The regions under {@code launchRegions}, each with a name of its own. */
  static List<LaunchRegion> read(YamlFields scope) {
    LaunchRegionFile reader = new LaunchRegionFile();
    List<LaunchRegion> regions = new ArrayList<>();
    SortedSet<String> names = new TreeSet<>();
    for (YamlNode item : scope.items("launchRegions", 1, 20)) {
      YamlFields region = scope.child("launchRegions", item, "name", "polygon");
      String name = region.text("name", 80);
      if (!names.add(name)) {
        throw region.wrong("name", "is '" + YamlReader.shown(name) + "' twice");
      }
      regions.add(new LaunchRegion(name, reader.polygon(region)));
    }
    return List.copyOf(regions);
  }

  private List<List<Corner>> polygon(YamlFields region) {
    List<List<Corner>> rings = new ArrayList<>();
    for (YamlNode ring : region.items("polygon", 1, 20)) {
      rings.add(ring(region, ring));
    }
    TopologyValidationError error = new IsValidOp(geometry(rings)).getValidationError();
    if (error != null) {
      throw region.wrong(
          "polygon",
          "is not a simple polygon: "
              + error.getMessage()
              + " at "
              + shown(error.getCoordinate().x, error.getCoordinate().y)
              + "; expected an outline that does not cross or touch itself, with any holes inside"
              + " it and apart from each other");
    }
    return rings;
  }

  private List<Corner> ring(YamlFields region, YamlNode node) {
    List<YamlNode> places = region.items("polygon", node, 1, MOST_CORNERS);
    if (places.size() < 4) {
      throw region.wrong(
          node,
          "polygon",
          "has a ring of "
              + places.size()
              + " places; expected at least 4: three corners, and the first again at the end");
    }
    corners += places.size();
    if (corners > MOST_CORNERS) {
      throw region.wrong(node, "polygon", "has too many corners; at most " + MOST_CORNERS);
    }
    List<Corner> ring = new ArrayList<>();
    for (YamlNode place : places) {
      Corner corner = corner(region, place);
      if (!ring.isEmpty()) {
        requireShortEdge(region, place, ring.getLast(), corner);
      }
      ring.add(corner);
    }
    if (!ring.getFirst().equals(ring.getLast())) {
      throw region.wrong(node, "polygon", "has an open ring; its last place must equal its first");
    }
    return ring;
  }

  private static Corner corner(YamlFields region, YamlNode place) {
    List<YamlNode> lonLat = region.items("polygon", place, 2, 2);
    double longitude = region.number("polygon", lonLat.get(0), -360, 360);
    double latitude = region.number("polygon", lonLat.get(1), -360, 360);
    if (Math.abs(latitude) > 90) {
      String swapped =
          Math.abs(longitude) <= NEAREST_POLE_DEG && Math.abs(latitude) <= 180
              ? ". If the two were swapped, write " + shown(latitude, longitude)
              : "";
      throw region.wrong(
          place,
          "polygon",
          "has the place "
              + shown(longitude, latitude)
              + ", whose latitude is "
              + figure(latitude)
              + "; expected [longitude, latitude] in degrees, the latitude from -90.0 to 90.0"
              + swapped);
    }
    if (Math.abs(latitude) > NEAREST_POLE_DEG) {
      throw region.wrong(
          place,
          "polygon",
          "has the place "
              + shown(longitude, latitude)
              + ", too near a pole, where longitudes meet; expected a latitude from -89 to 89");
    }
    if (Math.abs(longitude) > 180) {
      throw region.wrong(
          place,
          "polygon",
          "has the place "
              + shown(longitude, latitude)
              + ", whose longitude is beyond 180; expected -180.0 to 180.0. "
              + TWO_REGIONS);
    }
    return new Corner(longitude, latitude);
  }

  /** An edge of half the globe or more could go either way round. */
  private static void requireShortEdge(YamlFields region, YamlNode at, Corner from, Corner to) {
    double spanDeg = Math.abs(to.longitudeDeg() - from.longitudeDeg());
    if (spanDeg >= 180) {
      throw region.wrong(
          at,
          "polygon",
          "has an edge from "
              + shown(from.longitudeDeg(), from.latitudeDeg())
              + " to "
              + shown(to.longitudeDeg(), to.latitudeDeg())
              + " that would run the long way round, over "
              + figure(spanDeg)
              + " degrees of longitude; expected edges of less than 180 degrees. "
              + TWO_REGIONS
              + ". For an area as wide as that add corners between the two");
    }
  }

  private static String shown(double longitude, double latitude) {
    return "[" + figure(longitude) + ", " + figure(latitude) + "]";
  }

  private static String figure(double degrees) {
    String text = String.format(Locale.ROOT, "%.4f", degrees);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static Polygon geometry(List<List<Corner>> rings) {
    GeometryFactory factory = new GeometryFactory();
    LinearRing[] linear = new LinearRing[rings.size()];
    for (int i = 0; i < linear.length; i++) {
      linear[i] =
          factory.createLinearRing(
              rings.get(i).stream()
                  .map(c -> new Coordinate(c.longitudeDeg(), c.latitudeDeg()))
                  .toArray(Coordinate[]::new));
    }
    return factory.createPolygon(linear[0], Arrays.copyOfRange(linear, 1, linear.length));
  }
}
