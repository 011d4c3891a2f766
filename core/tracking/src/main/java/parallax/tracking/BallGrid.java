package parallax.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Balls in space, found by the point they may hold. A ball lies in the one cell of its centre, on
 * the level whose cells are at least twice its radius: each level has cells four times as wide as
 * the one below. A search looks at the few cells round the point on each level in use, so that its
 * cost follows the balls nearby and not their number.
 */
final class BallGrid {
  private static final int LEVELS = 6;

  /** Where a track may be. */
  record Ball(TrackFile file, double x, double y, double z, double radius) {
    boolean covers(Ball b) {
      double room = radius - b.radius;
      return room >= 0 && squaredTo(b.x, b.y, b.z) <= room * room;
    }

    /** One about the same place, of {@code share} times the size. */
    Ball sized(double share) {
      return new Ball(file, x, y, z, radius * share);
    }

    /** Whether it reaches to within {@code reach} of a point. */
    boolean isWithin(double px, double py, double pz, double reach) {
      double r = radius + reach;
      return squaredTo(px, py, pz) <= r * r;
    }

    private double squaredTo(double px, double py, double pz) {
      return (px - x) * (px - x) + (py - y) * (py - y) + (pz - z) * (pz - z);
    }
  }

  private final double finest;
  private final List<Map<Long, List<Ball>>> levels = new ArrayList<>();
  private final List<Ball> everywhere = new ArrayList<>();

  /** An empty grid with cells of {@code finest} on the lowest level. */
  BallGrid(double finest) {
    this.finest = finest;
    for (int i = 0; i < LEVELS; i++) {
      levels.add(new HashMap<>());
    }
  }

  void add(Ball b) {
    double size = finest;
    for (int i = 0; i < LEVELS; i++, size *= 4) {
      if (2 * b.radius <= size) {
        long cell = cell(floor(b.x, size), floor(b.y, size), floor(b.z, size));
        levels.get(i).computeIfAbsent(cell, k -> new ArrayList<>(2)).add(b);
        return;
      }
    }
    everywhere.add(b);
  }

  /**
   * Adds to {@code out}, in no order, the track of every ball within {@code reach} of the point.
   */
  void collect(double x, double y, double z, double reach, List<TrackFile> out) {
    double size = finest;
    for (Map<Long, List<Ball>> level : levels) {
      double far = reach + size / 2;
      double across = Math.floor(2 * far / size) + 2;
      if (across * across * across < level.size()) {
        for (int i = floor(x - far, size); i <= floor(x + far, size); i++) {
          for (int j = floor(y - far, size); j <= floor(y + far, size); j++) {
            for (int k = floor(z - far, size); k <= floor(z + far, size); k++) {
              pick(level.get(cell(i, j, k)), x, y, z, reach, out);
            }
          }
        }
      } else {
        for (List<Ball> balls : level.values()) {
          pick(balls, x, y, z, reach, out);
        }
      }
      size *= 4;
    }
    pick(everywhere, x, y, z, reach, out);
  }

  private static void pick(
      @Nullable List<Ball> balls, double x, double y, double z, double reach, List<TrackFile> out) {
    if (balls == null) {
      return;
    }
    for (Ball b : balls) {
      if (b.isWithin(x, y, z, reach)) {
        out.add(b.file);
      }
    }
  }

  private static int floor(double v, double size) {
    return (int) Math.floor(v / size);
  }

  private static long cell(int i, int j, int k) {
    return ((long) (i & 0x1fffff) << 42) | ((long) (j & 0x1fffff) << 21) | (k & 0x1fffff);
  }
}
