package parallax.demo;

/** Something that changes, and may change back at once: a change counts once it has lasted. */
final class Settling<T> {
  private T said;
  private T candidate;
  private double sinceS;

  Settling(T first) {
    said = first;
    candidate = first;
  }

  /** What counts. */
  T said() {
    return said;
  }

  /** Lets something count at once. */
  void start(double tS, T value) {
    said = value;
    candidate = value;
    sinceS = tS;
  }

  /**
   * How it is at a time.
   *
   * @return since when it is so, if it counts from now on; NaN when nothing new counts
   */
  double settled(double tS, T value) {
    if (!value.equals(candidate)) {
      candidate = value;
      sinceS = tS;
    }
    if (candidate.equals(said) || tS - sinceS < NationStory.SETTLED_S) {
      return Double.NaN;
    }
    said = candidate;
    return sinceS;
  }
}
