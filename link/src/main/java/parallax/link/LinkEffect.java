package parallax.link;

/**
 * What a session asks of its node. Effects are carried out in the order of the list, and only after
 * the input that caused them is durable: an Ack sent is a promise kept already.
 */
public sealed interface LinkEffect {
  /**
   * Send a frame on the current connection; drop it when there is none.
   *
   * @param frame what to send
   */
  record Send(Frame frame) implements LinkEffect {}

  /**
   * A partner's record, verified; each number comes exactly once and in order.
   *
   * @param seq its number in the partner's stream to this node, from 1
   * @param record encoded report
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Deliver(long seq, byte[] record) implements LinkEffect {}

  /**
   * Close the current connection once what was sent before is out.
   *
   * @param reason for the log
   */
  record Close(String reason) implements LinkEffect {}

  /**
   * The partner broke the protocol, or says that this node did. Log and count it.
   *
   * @param code what
   * @param detail what was found and what was expected
   */
  record Violation(ViolationCode code, String detail) implements LinkEffect {}

  /**
   * The direction is now in another state.
   *
   * @param state the new one
   */
  record StateChanged(LinkState state) implements LinkEffect {}
}
