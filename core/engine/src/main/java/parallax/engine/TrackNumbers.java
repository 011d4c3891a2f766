package parallax.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
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

  /** So many are in each array but the newest, which is full when it has as many. */
  private static final int PART = 1_024;

  private final int most;
  private final Set<Integer> taken = new HashSet<>();

  /** Numbers given, the oldest first, in arrays that are full and never change. */
  private final Deque<int[]> full = new ArrayDeque<>();

  /** How many at the beginning of the first array are forgotten. */
  private int skipped;

  private int[] newest = new int[PART];
  private int inNewest;

  TrackNumbers() {
    this(new OwnTracksState.Numbers(List.of(), 0));
  }

  /** With the numbers that another had given. */
  TrackNumbers(OwnTracksState.Numbers state) {
    this(MOST, state);
  }

  TrackNumbers(int most, OwnTracksState.Numbers state) {
    this.most = most;
    int toSkip = state.skipped();
    for (int[] part : state.given()) {
      for (int n : part) {
        if (toSkip > 0) {
          toSkip--;
        } else {
          give(n);
        }
      }
    }
  }

  /** The numbers given. */
  OwnTracksState.Numbers state() {
    List<int[]> given = new ArrayList<>(full);
    if (inNewest > 0) {
      given.add(Arrays.copyOf(newest, inNewest));
    }
    return new OwnTracksState.Numbers(given, skipped);
  }

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
      int n = 1 + (int) (ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - BITS));
      if (!taken.contains(n)) {
        give(n);
        return n;
      }
    }
  }

  private void give(int n) {
    taken.add(n);
    newest[inNewest++] = n;
    if (inNewest == PART) {
      full.addLast(newest);
      newest = new int[PART];
      inNewest = 0;
    }
    if (taken.size() > most) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    int[] oldest = full.getFirst();
    taken.remove(oldest[skipped++]);
    if (skipped == PART) {
      full.removeFirst();
      skipped = 0;
    }
  }
}
