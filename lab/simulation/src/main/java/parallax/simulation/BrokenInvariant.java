package parallax.simulation;

/** Ends a run: a promise was broken. */
final class BrokenInvariant extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String invariant;

  BrokenInvariant(String invariant, String detail) {
    super(detail);
    this.invariant = invariant;
  }

  String invariant() {
    return invariant;
  }
}
