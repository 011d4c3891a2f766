package parallax.model;

/** Where in its flight a target is, as its dynamics show. */
public enum FlightPhase {
  /** Not yet told apart. */
  UNKNOWN,
  /** A motor burns. */
  BOOST,
  /** Unpowered, above the sensible atmosphere. */
  COAST,
  /** Unpowered and slowed by the atmosphere. */
  REENTRY,
  /** Neither thrust along the velocity nor ballistic: the filter's consistency test fails. */
  MANOEUVRE
}
