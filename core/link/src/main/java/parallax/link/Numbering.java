package parallax.link;

import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;
import parallax.signing.VerificationKey;

/**
 * Gives the numbers of a stream: each entry gets the next one and a place in the chain, and the
 * outbox holds it. When there is no room, the oldest that wait are given up.
 */
final class Numbering {
  private final LinkTerms terms;
  private final Outbox outbox;
  private final Sender sender;
  private final LinkConfig config;
  private final HashChain chain = new HashChain();

  /** Of the stream and channel of {@code terms}; another agreement makes no difference. */
  Numbering(LinkTerms terms, Outbox outbox, Sender sender, LinkConfig config) {
    this.terms = terms;
    this.outbox = outbox;
    this.sender = sender;
    this.config = config;
  }

  /** The chain hash before the first number. */
  Digest start() {
    return chain.start(terms.channel(), terms.stream());
  }

  /** Requires that a number is the next. */
  void requireNext(long seq) {
    if (seq != outbox.last() + 1) {
      throw new InvalidValueException(
          "number in " + terms.stream(), seq, "the next, " + (outbox.last() + 1));
    }
  }

  /**
   * Numbers a record, and makes room. On the bulk lane it replaces what waits of its subject.
   *
   * @return its number
   */
  long record(byte[] record, long afterUrgent, OutboxState.Subject subject, UtcTime madeAt) {
    long seq =
        append(
            new Entry.Whole(record),
            record.length,
            afterUrgent,
            madeAt.nanos(),
            terms.stream().lane() == Lane.BULK ? subject : null);
    makeRoom();
    return seq;
  }

  /** Numbers a change of key, for which there is always room. */
  long newKey(VerificationKey key) {
    return append(new Entry.NewKey(key), VerificationKey.LENGTH, 0, Long.MIN_VALUE, null);
  }

  private long append(
      Entry entry,
      int length,
      long afterUrgent,
      long madeNs,
      OutboxState.@Nullable Subject subject) {
    long seq = outbox.last() + 1;
    Digest digest = chain.of(terms.channel(), entry);
    Digest hash = chain.next(outbox.lastHash(), seq, digest);
    outbox.add(entry, length, digest, hash, afterUrgent, madeNs, subject);
    return seq;
  }

  /**
   * Gives up the oldest records until the limits are kept. Before that, records that newer ones
   * replace lose their bytes.
   */
  private void makeRoom() {
    outbox.dropReplaced(config.retainedBytes(), sender.everSent());
    while (outbox.heldRecords() > 1
        && (outbox.heldBytes() > config.retainedBytes()
            || outbox.heldRecords() > config.retainedRecords())) {
      outbox.lose(outbox.base() + 1, GapReason.RETENTION);
    }
  }
}
