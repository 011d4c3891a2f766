package parallax.simulation;

import parallax.link.Frame;
import parallax.link.Wire;
import parallax.model.Nation;

/** Whoever is at the end of connections: a node, or a hostile party without one. */
interface Party {
  Nation nation();

  /** Whether connections are accepted now. */
  boolean isUp();

  /** Whether it reads what comes; while it does not, bytes wait. */
  boolean reads();

  /** A connection came up or went down, as this end sees it. */
  void onLink(Wire wire, boolean up);

  /**
   * A whole frame came.
   *
   * @param forged whether somebody put it in who could not rightly make it
   */
  void onFrame(Wire wire, Frame frame, boolean forged);

  /** Bytes came that are no frame. */
  void onMalformed(Wire wire, String detail, boolean forged);
}
