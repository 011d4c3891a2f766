package parallax.wire;

/**
 * How one sensor feed is.
 *
 * @param feed its name
 * @param durable the last number taken in
 * @param notUsed how many of its reports were not used, since the journal began
 * @param lastReason why the last of them was not; empty when all were
 */
public record FeedStatus(String feed, long durable, long notUsed, String lastReason) {}
