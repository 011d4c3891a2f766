package parallax.journal.sqlite;

/**
 * The row key of an outbox record: partner's id above, number below, so that a partner's records
 * lie together in the order of their numbers.
 */
final class OutboxKey {
  static final int SEQ_BITS = 44;
  static final long SEQ_MASK = (1L << SEQ_BITS) - 1;

  private OutboxKey() {}

  static long of(long partner, long seq) {
    if (seq > SEQ_MASK) {
      throw new IllegalArgumentException("outbox number " + seq + " is above " + SEQ_MASK);
    }
    return partner << SEQ_BITS | seq;
  }

  static long seq(long key) {
    return key & SEQ_MASK;
  }
}
