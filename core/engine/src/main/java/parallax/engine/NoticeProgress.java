package parallax.engine;

import parallax.model.Nation;
import parallax.model.TrackId;

/**
 * What a partner made of a recall, correction or change of label.
 *
 * @param partner the partner
 * @param track the track it is about
 * @param seq its number in the urgent stream to that partner
 * @param state how far it is
 * @param reason why the partner does not use it; empty otherwise
 */
public record NoticeProgress(Nation partner, TrackId track, long seq, State state, String reason) {
  /** How far it is. */
  public enum State {
    /** The partner has not said yet that it holds it. */
    UNDER_WAY,
    /** The partner holds it, and so has applied it. */
    APPLIED,
    /** The partner set it aside. */
    SET_ASIDE,
    /** The partner holds it and set more aside than it named: whether it applied it is unknown. */
    UNKNOWN
  }
}
