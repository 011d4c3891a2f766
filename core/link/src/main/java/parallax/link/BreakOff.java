package parallax.link;

/**
 * Why a path is broken off: what the neighbour did against the protocol.
 *
 * @param code which rule was broken
 * @param detail what was found and what was expected
 */
record BreakOff(ViolationCode code, String detail) {}
