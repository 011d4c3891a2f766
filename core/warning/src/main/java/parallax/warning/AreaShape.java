package parallax.warning;

import java.util.List;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.operation.distance.IndexedFacetDistance;

/** The polygons of an area on the {@link Mercator} map, indexed once for many questions. */
final class AreaShape {
  static final GeometryFactory FACTORY = new GeometryFactory();

  private final Envelope envelope;
  private final IndexedPointInAreaLocator locator;
  private final IndexedFacetDistance edges;
  private final PreparedGeometry prepared;

  private AreaShape(Geometry geometry) {
    this.envelope = geometry.getEnvelopeInternal();
    this.locator = new IndexedPointInAreaLocator(geometry);
    this.edges = new IndexedFacetDistance(geometry);
    this.prepared = PreparedGeometryFactory.prepare(geometry);
  }

  static AreaShape of(List<OutlinePolygon> polygons) {
    Polygon[] parts = new Polygon[polygons.size()];
    for (int i = 0; i < parts.length; i++) {
      OutlinePolygon p = polygons.get(i);
      LinearRing[] holes = new LinearRing[p.holes().size()];
      for (int h = 0; h < holes.length; h++) {
        holes[h] = project(p.holes().get(h));
      }
      parts[i] = FACTORY.createPolygon(project(p.shell()), holes);
    }
    return new AreaShape(FACTORY.createMultiPolygon(parts));
  }

  private static LinearRing project(Ring ring) {
    Coordinate[] c = new Coordinate[ring.size()];
    for (int i = 0; i < c.length; i++) {
      c[i] =
          new Coordinate(
              Mercator.x(Math.toRadians(ring.lonDeg(i))),
              Mercator.y(Math.toRadians(ring.latDeg(i))));
    }
    return FACTORY.createLinearRing(c);
  }

  /** Bounding box on the map. */
  Envelope envelope() {
    return envelope;
  }

  /** Whether the spot lies in the bounding box widened by {@code metres} on the ground. */
  boolean boxHolds(Mercator.Spot s, double metres) {
    // The scale of the spot may differ from the scale of the box's far edge: 10 % to spare.
    double d = 1.1 * metres * s.scale();
    return s.x() >= envelope.getMinX() - d
        && s.x() <= envelope.getMaxX() + d
        && s.y() >= envelope.getMinY() - d
        && s.y() <= envelope.getMaxY() + d;
  }

  /** Whether the spot lies in the area. */
  boolean holds(Mercator.Spot s) {
    return boxHolds(s, 0) && locator.locate(new Coordinate(s.x(), s.y())) != Location.EXTERIOR;
  }

  /** Whether the spot lies in the area or within {@code metres} on the ground of it. */
  boolean holdsWithin(Mercator.Spot s, double metres) {
    if (!boxHolds(s, metres)) {
      return false;
    }
    Coordinate c = new Coordinate(s.x(), s.y());
    return locator.locate(c) != Location.EXTERIOR
        || (metres > 0 && edges.isWithinDistance(FACTORY.createPoint(c), metres * s.scale()));
  }

  /** Whether the straight line between the two spots meets the area. */
  boolean meets(Mercator.Spot a, Mercator.Spot b) {
    if (Math.max(a.x(), b.x()) < envelope.getMinX()
        || Math.min(a.x(), b.x()) > envelope.getMaxX()
        || Math.max(a.y(), b.y()) < envelope.getMinY()
        || Math.min(a.y(), b.y()) > envelope.getMaxY()
        || Math.abs(a.x() - b.x()) > Math.PI * parallax.model.Wgs84.A) {
      return false;
    }
    LineString line =
        FACTORY.createLineString(
            new Coordinate[] {new Coordinate(a.x(), a.y()), new Coordinate(b.x(), b.y())});
    return prepared.intersects(line);
  }
}
