package parallax.link;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.model.InvalidValueException;
import parallax.signing.VerificationKey;

/**
 * The state of an {@link OutboundStream}.
 *
 * <p>What follows from connections alone is in {@code passing}; besides, which numbers given up the
 * partner was told of, and whether a record's bytes were dropped when it was sent. The rest is
 * lasting. When an outbox is full, though, what is given up first depends on what was sent.
 *
 * <p>Left out is the last receipt that was verified: it only saves verifying it again.
 *
 * @param end what both ends keep alike
 * @param ownKey what the stream is signed with
 * @param outbox what the partner has not acknowledged
 * @param passing what follows from connections alone
 */
public record OutboundState(
    StreamEndState end, OwnKeyState ownKey, OutboxState outbox, Passing passing) {

  /**
   * What the stream is signed with.
   *
   * @param key the key in use
   * @param next its successor, while the partner does not hold the announcement
   */
  public record OwnKeyState(VerificationKey key, Optional<NextKey> next) {}

  /**
   * A key that follows.
   *
   * @param key the key
   * @param announcedAt the number of the entry that announces it
   */
  public record NextKey(VerificationKey key, long announcedAt) {}

  /**
   * A batch under way.
   *
   * @param through its last number
   * @param bytes its bytes
   */
  public record Sent(long through, long bytes) {}

  /**
   * One path to the partner.
   *
   * @param path what both ends keep of it
   * @param sessionId of the last connection
   * @param nextToSend the next number to send on it
   * @param acknowledgedAtHello the last number acknowledged when the connection was greeted
   * @param lastHeartbeatNs when the last heartbeat was sent, this node's link time, ns since 1970
   * @param sentBeforeHeartbeat the last number sent before that; 0 once it was answered
   * @param gapThrough the last number of the gap under way; 0: none
   * @param inFlight the batches under way, oldest first
   * @param roundTripNs of the last heartbeat and its answer, ns
   * @param clockOffsetNs partner's clock minus this node's, ns
   */
  public record OutboundPathState(
      StreamEndState.PathState path,
      long sessionId,
      long nextToSend,
      long acknowledgedAtHello,
      long lastHeartbeatNs,
      long sentBeforeHeartbeat,
      long gapThrough,
      List<Sent> inFlight,
      OptionalLong roundTripNs,
      OptionalLong clockOffsetNs) {
    /** Copies the list. */
    public OutboundPathState {
      inFlight = List.copyOf(inFlight);
    }
  }

  /**
   * What follows from connections alone.
   *
   * @param paths every path there ever was, by rising neighbour
   * @param everSent the last number that was sent for certain; 0: none
   * @param perhapsSent the last number that was perhaps sent before connections were forgotten
   * @param urgentHeld up to which urgent number the partner held everything when that was last said
   * @param announced the highest high-water mark that the partner was told
   * @param counts since the stream began
   */
  public record Passing(
      List<OutboundPathState> paths,
      long everSent,
      long perhapsSent,
      long urgentHeld,
      long announced,
      LinkHealth.Counts counts) {
    /** Nothing was ever connected. */
    public static final Passing NONE = new Passing(List.of(), 0, 0, 0, 0, LinkHealth.Counts.NONE);

    /** Copies the list, and requires that it rises. */
    public Passing {
      paths = List.copyOf(paths);
      requireRising(paths.stream().map(OutboundPathState::path).toList());
    }
  }

  static void requireRising(List<StreamEndState.PathState> paths) {
    for (int i = 1; i < paths.size(); i++) {
      if (Comparator.comparing(StreamEndState.PathState::peer)
              .compare(paths.get(i - 1), paths.get(i))
          >= 0) {
        throw new InvalidValueException(
            "path", paths.get(i).peer(), "a neighbour after " + paths.get(i - 1).peer());
      }
    }
  }

  /**
   * The same without what follows from connections, for a comparison or a digest: two streams that
   * took in the same have it alike, whatever their connections did. No stream can be made from it,
   * since the records are without their bytes; the chain has their digests.
   */
  public OutboundState withoutPassing() {
    return new OutboundState(end, ownKey, outbox.withoutPassing(), Passing.NONE);
  }
}
