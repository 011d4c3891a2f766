package parallax.link;

/** Why numbers of a stream will never be sent. The number stands in Gap frames. */
public enum GapReason {
  /** A reason this version does not know. */
  UNKNOWN(0),
  /** The originator no longer holds them: the partner was away for longer than they are kept. */
  RETENTION(1),
  /** They were waiting when the partner was suspended, and were not to be told after it. */
  SUSPENSION(2);

  private final int wire;

  GapReason(int wire) {
    this.wire = wire;
  }

  /** The number in a Gap frame. */
  public int wire() {
    return wire;
  }

  /** The reason of a number; {@link #UNKNOWN} for one this version does not know. */
  public static GapReason ofWire(int wire) {
    for (GapReason r : values()) {
      if (r.wire == wire) {
        return r;
      }
    }
    return UNKNOWN;
  }
}
