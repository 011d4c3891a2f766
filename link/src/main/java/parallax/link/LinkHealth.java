package parallax.link;

import java.util.OptionalLong;

/**
 * How one direction of a link is, for people and metrics.
 *
 * @param state where it stands
 * @param lastHeardNs when the last frame of the partner came, this node's link time; empty: never
 * @param roundTripNs of the last heartbeat and its answer; originator only
 * @param clockOffsetNs partner's clock minus this node's, from the same exchange, true to within
 *     half the round trip; originator only
 * @param acknowledged originator: last record the partner holds durably; recipient: last record
 *     delivered
 * @param highWaterMark last number the originator is known to have assigned
 * @param waitingBytes bytes of records not yet acknowledged; 0 at the recipient
 * @param counts since the session began
 */
public record LinkHealth(
    LinkState state,
    OptionalLong lastHeardNs,
    OptionalLong roundTripNs,
    OptionalLong clockOffsetNs,
    long acknowledged,
    long highWaterMark,
    long waitingBytes,
    Counts counts) {

  /**
   * Totals since the session began.
   *
   * @param connections made
   * @param batches sent, or accepted
   * @param records sent, or delivered
   * @param bytes of those records
   * @param repeated records sent again, or received again and dropped
   * @param violations found by this side
   * @param refusals received from the partner
   */
  public record Counts(
      long connections,
      long batches,
      long records,
      long bytes,
      long repeated,
      long violations,
      long refusals) {}

  /** Records assigned but not yet acknowledged or delivered. */
  public long lag() {
    return highWaterMark - acknowledged;
  }
}
