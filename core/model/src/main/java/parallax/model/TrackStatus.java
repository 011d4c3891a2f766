package parallax.model;

/** Life cycle of a track. */
public enum TrackStatus {
  /** Started, not yet confirmed by enough plots. */
  TENTATIVE,
  /** Held by recent plots. */
  CONFIRMED,
  /** No recent plot: propagated with growing covariance. */
  COASTED,
  /**
   * No plot for so long, or so uncertain, that it is called lost; still propagated, shown as lost.
   */
  LOST,
  /** Over: it came down, left the earth, or was dropped. */
  ENDED
}
