package parallax.release;

/**
 * An agreement clause that a report would break, and how.
 *
 * @param clause path of the clause's key
 * @param reason how, for a person to read
 */
record Breach(String clause, String reason) {}
