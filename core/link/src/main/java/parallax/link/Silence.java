package parallax.link;

import java.util.OptionalLong;

/**
 * For how long nothing was heard of a partner. A clock that was set back without a word starts the
 * count again; a correction that is told ({@link #clockCorrected}) changes nothing of it.
 */
final class Silence {
  private long sinceNs;
  private long lastHeardNs;
  private boolean everHeard;

  /** Goes on where another silence stood. */
  void goOn(long silentSinceNs, OptionalLong heardNs) {
    sinceNs = silentSinceNs;
    everHeard = heardNs.isPresent();
    lastHeardNs = heardNs.orElse(0);
  }

  /** Since when nothing was heard. */
  long sinceNs() {
    return sinceNs;
  }

  /** A connection was made: silence counts from here. */
  void begin(long nowNs) {
    sinceNs = nowNs;
  }

  /** A frame came. */
  void heard(long nowNs) {
    sinceNs = nowNs;
    lastHeardNs = nowNs;
    everHeard = true;
  }

  /** Nanoseconds since the last frame or the connection. */
  long lasting(long nowNs) {
    if (nowNs < sinceNs) {
      sinceNs = nowNs;
    }
    return nowNs - sinceNs;
  }

  /** The clock jumps: what was heard is as long ago as it was. */
  void clockCorrected(long byNs) {
    sinceNs += byNs;
    lastHeardNs += byNs;
  }

  OptionalLong lastHeardNs() {
    return everHeard ? OptionalLong.of(lastHeardNs) : OptionalLong.empty();
  }
}
