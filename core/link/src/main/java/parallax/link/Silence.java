package parallax.link;

import java.util.OptionalLong;

/** How long a partner has not been heard; a clock stepped back starts the count afresh. */
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
