package parallax.model;

/**
 * What a target could reach, by the range its energy gives on a minimum-energy path. The limits are
 * the usual ones of the open literature (SRBM to 1,000 km, MRBM to 3,000 km, IRBM to 5,500 km, ICBM
 * beyond).
 */
public enum ThreatClass {
  /** Not yet known. */
  UNKNOWN,
  /** Short-range ballistic missile: up to 1,000 km. */
  SRBM,
  /** Medium-range ballistic missile: up to 3,000 km. */
  MRBM,
  /** Intermediate-range ballistic missile: up to 5,500 km. */
  IRBM,
  /** Intercontinental ballistic missile: beyond 5,500 km. */
  ICBM,
  /** Its orbit does not meet the earth. */
  SPACE_LAUNCH
}
