package parallax.link;

/** Why a stream was broken off. The number stands in Refusal frames and never changes its sense. */
public enum ViolationCode {
  /** A reason this version does not know. */
  UNKNOWN(0),
  /** Bytes that are no frame, or a frame with a field outside its domain. */
  MALFORMED_FRAME(1),
  /** A frame that does not belong at this end or at this moment. */
  UNEXPECTED_FRAME(2),
  /** A protocol version this node does not speak. */
  VERSION_NOT_SPOKEN(3),
  /** Originator or recipient is not who should be at this end. */
  WRONG_PARTY(4),
  /** Another channel than this stream's. */
  WRONG_CHANNEL(5),
  /** The partner goes by another agreement. */
  AGREEMENT_DIFFERS(6),
  /** The batch's signature does not verify with the originator's key of this channel. */
  BAD_SIGNATURE(7),
  /** The records do not lead from the hash held to the hash stated. */
  CHAIN_BROKEN(8),
  /** Numbers are missing before the batch. */
  GAP(9),
  /** More records or bytes in one batch than is accepted. */
  OVERSIZED(10),
  /** The originator's high-water mark has gone down: it has lost records it had numbered. */
  MARK_BEHIND(11),
  /** The recipient asks for, or acknowledges, more than was ever sent. */
  CURSOR_AHEAD(12),
  /** The recipient asks for what it had acknowledged and the originator no longer holds. */
  CURSOR_BEHIND(13),
  /** The recipient's chain hash at its cursor is not the originator's. */
  CHAIN_DISAGREES(14),
  /** The partner broke off with a Refusal; never sent itself. */
  REFUSED_BY_PARTNER(15),
  /** A receipt does not verify with any key known of the recipient. */
  BAD_RECEIPT(16),
  /** The key of the stream was revoked and no other is trusted. */
  KEY_REVOKED(17),
  /** The agreement in force lists no such relay, or a record may not go on to the recipient. */
  RELAY_NOT_AGREED(18),
  /** The relay has no way on to the other end. */
  RELAY_INTERRUPTED(19);

  private final int wire;

  ViolationCode(int wire) {
    this.wire = wire;
  }

  /** The number in a Refusal frame. */
  public int wire() {
    return wire;
  }

  /** The code of a number; {@link #UNKNOWN} for one this version does not know. */
  public static ViolationCode ofWire(int wire) {
    for (ViolationCode c : values()) {
      if (c.wire == wire) {
        return c;
      }
    }
    return UNKNOWN;
  }
}
