package parallax.engine;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import parallax.model.LaunchPointEstimate;
import parallax.model.StateVector;
import parallax.model.Vector3;
import parallax.signing.Sha256;

/**
 * Numbers of own tracks as partners read them: 1 to 2^30, none given twice among the last million.
 * A number follows from the first exact figures of its own track and from nothing else, by SHA-256,
 * so that partners cannot count tracks they were not told of. Who was not told those figures
 * exactly learns nothing of them: there are far too many to try.
 */
final class TrackNumbers {
  private static final int BITS = 30;

  /** Most numbers that are remembered: the tracks of the older ones are long forgotten. */
  private static final int MOST = 1_000_000;

  /** Numbers given, the oldest first. */
  private final Set<Long> taken = new LinkedHashSet<>();

  /** The number of a track whose launch was found first. */
  long of(LaunchPointEstimate l) {
    return number(
        ByteBuffer.allocate(8 * Long.BYTES)
            .putLong(l.time().nanos())
            .putDouble(l.timeSigmaS())
            .putDouble(l.point().latitudeRad())
            .putDouble(l.point().longitudeRad())
            .putDouble(l.eastNorthM2().get(0, 0))
            .putDouble(l.eastNorthM2().get(0, 1))
            .putDouble(l.eastNorthM2().get(1, 1)));
  }

  /** The number of a track whose path was found first. */
  long of(StateVector s) {
    Vector3 x = s.positionM();
    Vector3 v = s.velocityMps();
    return number(
        ByteBuffer.allocate(8 * Long.BYTES)
            .putLong(s.timeOfValidity().nanos())
            .putDouble(x.x())
            .putDouble(x.y())
            .putDouble(x.z())
            .putDouble(v.x())
            .putDouble(v.y())
            .putDouble(v.z()));
  }

  private long number(ByteBuffer figures) {
    byte[] hash = new byte[figures.position()];
    figures.flip().get(hash);
    while (true) {
      hash = Sha256.of(hash);
      long n = 1 + (ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - BITS));
      if (taken.add(n)) {
        forgetOldest();
        return n;
      }
    }
  }

  private void forgetOldest() {
    if (taken.size() > MOST) {
      Iterator<Long> oldestFirst = taken.iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
  }
}
