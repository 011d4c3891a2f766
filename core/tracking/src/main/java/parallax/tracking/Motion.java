package parallax.tracking;

/** The motions the filter weighs, in the order of their arrays in {@link ImmState}. */
enum Motion {
  /** Thrust that turns with the velocity and grows as the mass falls; 9 components. */
  BOOST(0, 9, true),
  /** Any specific force, changing quickly: staging, boost-back, lift; 9 components. */
  MANOEUVRE(1, 9, true),
  /** Gravity alone, above the sensible air; 6 components. */
  COAST(2, 6, false),
  /**
   * Gravity, drag and lift, with the logarithm of the ballistic coefficient (kg/m^2) and the ratios
   * of lift to drag upward and to the left; 9 components.
   */
  REENTRY(3, 9, false);

  static final int COUNT = values().length;

  /** Its place in arrays of all. */
  final int index;

  /** Number of components: position (m), velocity (m/s), then the motion's own. */
  final int size;

  /** Whether its own components are a specific force, m/s^2. */
  final boolean forced;

  Motion(int index, int size, boolean forced) {
    this.index = index;
    this.size = size;
    this.forced = forced;
  }

  /** All, in order; not to be written to. */
  static final Motion[] ALL = values();
}
