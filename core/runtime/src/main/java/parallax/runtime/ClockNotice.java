package parallax.runtime;

/**
 * Something that operators must know of the node's clock.
 *
 * @param kind what happened
 * @param text the whole message: what happened, what it means and what to do
 */
public record ClockNotice(Kind kind, String text) {
  /** Kinds of notices; a node counts each. */
  public enum Kind {
    /** The wall clock was set while the node ran. The node goes on by the monotonic clock. */
    CLOCK_STEPPED,
    /** The wall clock was set back to where the node's time is: nothing has changed. */
    CLOCK_AGREES,
    /**
     * The wall clock is steady, but sensors or partners contradict it: the node does not use it.
     */
    CLOCK_NOT_BELIEVED,
    /** The node goes by the wall clock again. */
    CLOCK_BELIEVED,
    /** At a start: the journal ends later than the wall clock shows. */
    CLOCK_BEFORE_JOURNAL,
    /** The times that a feed or a partner gives are far from the node's time. */
    CLOCK_DOUBTED,
    /** A feed or a partner that was far from the node's time is near it again. */
    CLOCK_DOUBT_ENDED
  }
}
