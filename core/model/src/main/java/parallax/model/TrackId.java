package parallax.model;

/**
 * A track, within the nation that originated it.
 *
 * @param originator the nation whose sensors the track rests on
 * @param number from 1, never reused by that nation on that channel
 */
public record TrackId(Nation originator, long number) implements Comparable<TrackId> {
  /** Validates the number. */
  public TrackId {
    if (number < 1) {
      throw new InvalidValueException("track number", number, "1 or more");
    }
  }

  @Override
  public int compareTo(TrackId o) {
    int c = originator.compareTo(o.originator);
    return c != 0 ? c : Long.compare(number, o.number);
  }

  @Override
  public String toString() {
    return originator + "-" + number;
  }
}
