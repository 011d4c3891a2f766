package parallax.link;

import java.util.OptionalLong;
import java.util.SortedMap;
import parallax.model.Nation;

/**
 * How one stream is, seen from one of its ends, for people and metrics.
 *
 * @param stream which
 * @param paths how each way to the other end is, by neighbour
 * @param acknowledged originator: last number the partner holds durably or knows to be lost;
 *     recipient: last number taken in
 * @param highWaterMark last number known to have been assigned
 * @param waitingBytes bytes of records not yet acknowledged; 0 at the recipient
 * @param suspendedHere whether this node has suspended it
 * @param suspendedByPartner whether the partner says that it has
 * @param counts since the stream began
 * @param notUsed what the recipient took in but set aside; the originator knows what it was told
 */
public record LinkHealth(
    StreamId stream,
    SortedMap<Nation, PathHealth> paths,
    long acknowledged,
    long highWaterMark,
    long waitingBytes,
    boolean suspendedHere,
    boolean suspendedByPartner,
    Counts counts,
    NotUsed notUsed) {

  /**
   * How one path is.
   *
   * @param state where it stands
   * @param lastHeardNs when the last frame came, this node's link time; empty: never
   * @param roundTripNs of the last heartbeat and its answer; originator only
   * @param clockOffsetNs partner's clock minus this node's, from the same exchange, true to within
   *     half the round trip; originator only
   */
  public record PathHealth(
      LinkState state,
      OptionalLong lastHeardNs,
      OptionalLong roundTripNs,
      OptionalLong clockOffsetNs) {}

  /**
   * Records that the recipient took in but does not use.
   *
   * @param total how many since the stream began
   * @param lastSeq number of the newest; 0: none
   * @param lastReason why that one is not used; empty: none
   */
  public record NotUsed(long total, long lastSeq, String lastReason) {
    /** All are used. */
    public static final NotUsed NONE = new NotUsed(0, 0, "");
  }

  /**
   * Totals since the stream began.
   *
   * @param connections made
   * @param batches sent, or accepted
   * @param records sent, or delivered
   * @param bytes of those records
   * @param repeated numbers sent again, or received again and dropped
   * @param folded records replaced by newer ones
   * @param lost numbers given up
   * @param violations found by this side
   * @param refusals received from the partner
   */
  public record Counts(
      long connections,
      long batches,
      long records,
      long bytes,
      long repeated,
      long folded,
      long lost,
      long violations,
      long refusals) {
    /** Nothing was counted yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Numbers assigned but not yet acknowledged or taken in. */
  public long lag() {
    return highWaterMark - acknowledged;
  }

  /** The best state of all paths. From best to worst: up, stale, greeting, refused, down. */
  public LinkState state() {
    LinkState best = LinkState.DOWN;
    for (PathHealth p : paths.values()) {
      best = rank(p.state()) > rank(best) ? p.state() : best;
    }
    return best;
  }

  private static int rank(LinkState s) {
    return switch (s) {
      case DOWN -> 0;
      case REFUSED -> 1;
      case GREETING -> 2;
      case STALE -> 3;
      case UP -> 4;
    };
  }
}
