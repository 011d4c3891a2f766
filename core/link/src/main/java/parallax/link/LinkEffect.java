package parallax.link;

import java.util.List;
import parallax.model.Nation;
import parallax.signing.VerificationKey;

/**
 * What a stream asks of its node. Effects are carried out in the order of the list, and only after
 * the input that caused them is durable: a receipt sent is a promise kept already.
 */
public sealed interface LinkEffect {
  /**
   * Send a frame on the current connection with a neighbour; drop it when there is none.
   *
   * @param peer the neighbour
   * @param frame what to send
   */
  record Send(Nation peer, Frame frame) implements LinkEffect {}

  /**
   * Close the current connection with a neighbour once what was sent before is out.
   *
   * @param peer the neighbour
   * @param reason for the log
   */
  record Close(Nation peer, String reason) implements LinkEffect {}

  /**
   * End the current connection with a neighbour at once. Frames that were sent but have not left
   * this node yet must not leave.
   *
   * @param peer the neighbour
   * @param reason for the log
   */
  record Cut(Nation peer, String reason) implements LinkEffect {}

  /**
   * Open a connection with a neighbour for the stream, by which a relay passes frames on.
   *
   * @param peer the neighbour
   */
  record Dial(Nation peer) implements LinkEffect {}

  /**
   * The relay passes numbers on to the recipient.
   *
   * @param from the first of them
   * @param to the last of them
   */
  record Passed(long from, long to) implements LinkEffect {}

  /**
   * A partner's record, verified; each number comes exactly once and in order.
   *
   * @param seq its number in the stream, from 1
   * @param record encoded report
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Deliver(long seq, byte[] record) implements LinkEffect {}

  /**
   * A record was not sent, because a newer one of the same track and data class was.
   *
   * @param seq its number
   * @param into number of the newer one
   */
  record Folded(long seq, long into) implements LinkEffect {}

  /**
   * Numbers that will never come (at the recipient), or that the partner now knows will never come
   * (at the originator). Both record it.
   *
   * @param from the first of them
   * @param to the last of them
   * @param reason why
   */
  record Gap(long from, long to, GapReason reason) implements LinkEffect {}

  /**
   * The partner has announced the key that its stream is signed with from the next number on. If
   * that key was revoked here, it is still not trusted.
   *
   * @param key the new key
   */
  record KeyChanged(VerificationKey key) implements LinkEffect {}

  /**
   * The partner has told of records that it took in but does not use.
   *
   * @param newest those it had not told of before; older ones may be missing
   * @param total how many since the stream began
   */
  record SetAsideByPartner(List<Frame.SetAside.Item> newest, long total) implements LinkEffect {}

  /**
   * The partner has suspended the stream, or no longer.
   *
   * @param suspended whether it has
   * @param reason the partner's words
   */
  record SuspendedByPartner(boolean suspended, String reason) implements LinkEffect {}

  /**
   * The neighbour broke the protocol, or says that this node did. Log and count it.
   *
   * @param peer the neighbour
   * @param code what
   * @param detail what was found and what was expected
   */
  record Violation(Nation peer, ViolationCode code, String detail) implements LinkEffect {}

  /**
   * The path by a neighbour is now in another state.
   *
   * @param peer the neighbour
   * @param state the new one
   */
  record StateChanged(Nation peer, LinkState state) implements LinkEffect {}
}
