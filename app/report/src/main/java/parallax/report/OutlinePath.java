package parallax.report;

import java.util.ArrayList;
import java.util.List;
import parallax.report.AzimuthalMap.Spot;
import parallax.warning.OutlinePolygon;
import parallax.warning.Ring;

/**
 * Outlines as SVG path data at the map's scale: simplified by Douglas and Peucker's method (The
 * Canadian Cartographer 10, 1973) and written to a tenth of a page unit.
 */
public final class OutlinePath {
  private static final double TOLERANCE = 0.35;
  private static final double LEAST_SIZE = 0.8;

  private OutlinePath() {}

  /** Path data of the polygons; empty when nothing of them would be seen. */
  static String of(AzimuthalMap map, List<OutlinePolygon> polygons) {
    StringBuilder out = new StringBuilder();
    for (OutlinePolygon p : polygons) {
      if (ring(map, p.shell(), out)) {
        p.holes().forEach(h -> ring(map, h, out));
      }
    }
    return out.toString();
  }

  /** Path data of an open line. */
  static String line(List<Spot> spots) {
    StringBuilder out = new StringBuilder();
    write(simplified(spots), out);
    return out.toString();
  }

  private static boolean ring(AzimuthalMap map, Ring ring, StringBuilder out) {
    List<Spot> spots = new ArrayList<>(ring.size());
    double west = Double.MAX_VALUE;
    double east = -Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int i = 0; i < ring.size(); i++) {
      Spot s = map.spot(ring.latDeg(i), ring.lonDeg(i));
      spots.add(s);
      west = Math.min(west, s.x());
      east = Math.max(east, s.x());
      top = Math.min(top, s.y());
      bottom = Math.max(bottom, s.y());
    }
    boolean seen = east > 0 && west < map.width() && bottom > 0 && top < map.height();
    if (!seen || Math.max(east - west, bottom - top) < LEAST_SIZE) {
      return false;
    }
    List<Spot> kept = simplified(spots);
    if (kept.size() < 4) {
      return false;
    }
    write(kept.subList(0, kept.size() - 1), out);
    out.append('z');
    return true;
  }

  private static void write(List<Spot> spots, StringBuilder out) {
    long x = 0;
    long y = 0;
    for (int i = 0; i < spots.size(); i++) {
      long nx = Math.round(spots.get(i).x() * 10);
      long ny = Math.round(spots.get(i).y() * 10);
      out.append(i == 0 ? "M" : i == 1 ? "l" : " ");
      tenths(i == 0 ? nx : nx - x, out);
      out.append(' ');
      tenths(i == 0 ? ny : ny - y, out);
      x = nx;
      y = ny;
    }
  }

  private static void tenths(long v, StringBuilder out) {
    long a = Math.abs(v);
    out.append(v < 0 ? "-" : "").append(a / 10);
    if (a % 10 != 0) {
      out.append('.').append(a % 10);
    }
  }

  /** The line with the points that matter: none left out is farther than the tolerance from it. */
  static List<Spot> simplified(List<Spot> spots) {
    int n = spots.size();
    if (n < 3) {
      return spots;
    }
    boolean[] keep = new boolean[n];
    keep[0] = true;
    keep[n - 1] = true;
    List<int[]> open = new ArrayList<>();
    open.add(new int[] {0, n - 1});
    while (!open.isEmpty()) {
      int[] span = open.remove(open.size() - 1);
      int far = -1;
      double most = TOLERANCE;
      for (int i = span[0] + 1; i < span[1]; i++) {
        double d = distance(spots.get(i), spots.get(span[0]), spots.get(span[1]));
        if (d > most) {
          most = d;
          far = i;
        }
      }
      if (far >= 0) {
        keep[far] = true;
        open.add(new int[] {span[0], far});
        open.add(new int[] {far, span[1]});
      }
    }
    List<Spot> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (keep[i]) {
        out.add(spots.get(i));
      }
    }
    return out;
  }

  /** From a point to the segment between two others. */
  private static double distance(Spot p, Spot a, Spot b) {
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double length2 = dx * dx + dy * dy;
    double u = 0;
    if (length2 > 0) {
      u = Math.max(0, Math.min(1, ((p.x() - a.x()) * dx + (p.y() - a.y()) * dy) / length2));
    }
    return Math.hypot(p.x() - a.x() - u * dx, p.y() - a.y() - u * dy);
  }
}
