package parallax.link;

import java.util.Optional;
import java.util.OptionalLong;
import parallax.model.InvalidValueException;

/**
 * What heartbeats and their answers leave behind on one path of a stream, while nothing else
 * happens on it: when something was heard last, and how long an answer takes.
 *
 * @param wire the path: the neighbour and the stream
 * @param silentSinceNs from when silence counts, this node's link time, UTC nanoseconds
 * @param lastHeardNs when the last frame came, the same clock; empty: never
 * @param sending what only the originator's end keeps; empty at the recipient's
 */
public record Pulse(
    Wire wire, long silentSinceNs, OptionalLong lastHeardNs, Optional<Sending> sending) {

  /**
   * What the originator's end keeps.
   *
   * @param lastHeartbeatNs when the last heartbeat was sent, this node's link time, UTC nanoseconds
   * @param sentBeforeHeartbeat the last number sent before it; 0 once it was answered
   * @param nextToSend the next number to send
   * @param roundTripNs how long the last answer took, nanoseconds; empty: none came yet
   * @param clockOffsetNs the partner's clock minus this node's, nanoseconds; empty: none came yet
   */
  public record Sending(
      long lastHeartbeatNs,
      long sentBeforeHeartbeat,
      long nextToSend,
      OptionalLong roundTripNs,
      OptionalLong clockOffsetNs) {
    /** Numbers are checked. */
    public Sending {
      if (sentBeforeHeartbeat < 0 || nextToSend < 1) {
        throw new InvalidValueException(
            "numbers of a path", sentBeforeHeartbeat + " and " + nextToSend, "from 0 and 1 on");
      }
    }
  }
}
