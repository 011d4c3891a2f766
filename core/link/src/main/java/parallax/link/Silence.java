package parallax.link;

import java.util.OptionalLong;

/**
 * For how long nothing was heard of a partner. When the clock steps back, counting starts again.
 */
final class Silence {
  private long sinceNs;
  private long lastHeardNs;
  private boolean everHeard;

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

  OptionalLong lastHeardNs() {
    return everHeard ? OptionalLong.of(lastHeardNs) : OptionalLong.empty();
  }
}
