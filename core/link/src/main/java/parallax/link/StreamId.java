package parallax.link;

import parallax.model.InvalidValueException;
import parallax.model.Nation;

/**
 * One numbered stream of records: whose, for whom, on which lane.
 *
 * @param originator whose reports it carries
 * @param recipient whom they are for
 * @param lane urgent or bulk
 */
public record StreamId(Nation originator, Nation recipient, Lane lane)
    implements Comparable<StreamId> {
  /** Requires two different nations. */
  public StreamId {
    if (originator.equals(recipient)) {
      throw new InvalidValueException("recipient", recipient, "a nation other than the originator");
    }
  }

  /**
   * The stream of its text form, for example {@code KOR>JPN/URGENT}.
   *
   * @throws InvalidValueException when the text is not of that form
   */
  public static StreamId parse(String text) {
    int arrow = text.indexOf('>');
    int slash = text.indexOf('/');
    if (arrow > 0 && slash > arrow) {
      for (Lane lane : Lane.values()) {
        if (text.substring(slash + 1).equals(lane.name())) {
          return new StreamId(
              new Nation(text.substring(0, arrow)),
              new Nation(text.substring(arrow + 1, slash)),
              lane);
        }
      }
    }
    String found = text.length() > 40 ? "text of length " + text.length() : "'" + text + "'";
    throw new InvalidValueException("stream", found, "like KOR>JPN/URGENT or KOR>JPN/BULK");
  }

  /** The other lane of the same two nations, or this one. */
  public StreamId on(Lane other) {
    return new StreamId(originator, recipient, other);
  }

  /** Whether a nation is at one of its ends. */
  public boolean ends(Nation nation) {
    return originator.equals(nation) || recipient.equals(nation);
  }

  @Override
  public int compareTo(StreamId o) {
    int c = originator.compareTo(o.originator);
    c = c != 0 ? c : recipient.compareTo(o.recipient);
    return c != 0 ? c : lane.compareTo(o.lane);
  }

  /** The text form that {@link #parse} reads. */
  @Override
  public String toString() {
    return originator + ">" + recipient + "/" + lane.name();
  }
}
