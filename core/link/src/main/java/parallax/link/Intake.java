package parallax.link;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.signing.SignatureDomain;
import parallax.signing.VerificationKey;

/**
 * What was taken in of one stream, and how far. A batch or gap is checked as a whole before
 * anything of it is used: its size, that it follows without a hole, its signature, its chain. What
 * fails changes nothing.
 */
final class Intake {
  private final StreamId stream;
  private final Channel channel;
  private final PartnerKeys keys;
  private final LinkConfig config;
  private final HashChain chain = new HashChain();
  private Cursor cursor;
  private long highWaterMark;
  private long batches;
  private long records;
  private long bytes;
  private long repeated;
  private long folded;
  private long lost;

  Intake(StreamId stream, Channel channel, PartnerKeys keys, LinkConfig config) {
    this.stream = stream;
    this.channel = channel;
    this.keys = keys;
    this.config = config;
    this.cursor = new Cursor(1, chain.start(channel, stream));
  }

  /** Goes on where another intake stood. */
  Intake(StreamId stream, Channel channel, PartnerKeys keys, LinkConfig config, InboundState s) {
    this(stream, channel, keys, config);
    cursor = s.cursor();
    highWaterMark = s.passing().highWaterMark();
    LinkHealth.Counts c = s.passing().counts();
    batches = c.batches();
    records = c.records();
    bytes = c.bytes();
    repeated = c.repeated();
    folded = c.folded();
    lost = c.lost();
  }

  /** Everything before a cursor was taken in elsewhere. */
  void adopt(Cursor held) {
    if (held.next() < cursor.next() || (held.next() == cursor.next() && !held.equals(cursor))) {
      throw new InvalidValueException(
          "cursor of " + stream, held, "at or after " + cursor + ", on the same chain");
    }
    cursor = held;
    announced(held.next() - 1);
  }

  /** The next number wanted, and the chain hash before it. */
  Cursor cursor() {
    return cursor;
  }

  /** Last number the originator has announced or sent; 0 when there is none. */
  long highWaterMark() {
    return highWaterMark;
  }

  /** The originator has announced that there are numbers up to this one. */
  void announced(long mark) {
    highWaterMark = Math.max(highWaterMark, mark);
  }

  /** What was taken in so far, with what the end of the stream has counted besides. */
  LinkHealth.Counts counts(long connections, long violations, long refusals) {
    return new LinkHealth.Counts(
        connections, batches, records, bytes, repeated, folded, lost, violations, refusals);
  }

  /** What keeps a batch from being looked at; null when nothing does. */
  @Nullable BreakOff outOfBounds(Frame.Batch batch) {
    long size = 0;
    for (Entry e : batch.entries()) {
      size +=
          switch (e) {
            case Entry.Whole r -> r.bytes().length;
            case Entry.Deleted d -> d.length();
            case Entry.Folded f -> Digest.LENGTH;
            case Entry.NewKey k -> Digest.LENGTH;
          };
    }
    if (batch.entries().size() > config.acceptedRecords() || size > config.acceptedBytes()) {
      return new BreakOff(
          ViolationCode.OVERSIZED,
          "batch has "
              + batch.entries().size()
              + " entries of "
              + size
              + " bytes; accepted are "
              + config.acceptedRecords()
              + " of "
              + config.acceptedBytes());
    }
    return batch.firstSeq() > cursor.next() ? hole("batch", batch.firstSeq()) : null;
  }

  private BreakOff hole(String what, long first) {
    return new BreakOff(
        ViolationCode.GAP, what + " begins at " + first + "; expected " + cursor.next());
  }

  /**
   * Takes in what is new in a batch that is within bounds.
   *
   * @param taken receives what follows from it, in order
   * @return what is wrong with it; null when it was taken
   */
  @Nullable BreakOff take(Frame.Batch batch, List<LinkEffect> taken) {
    VerificationKey signer =
        signer(
            StreamSignatures.batchDomain(channel),
            StreamSignatures.batch(stream, batch.firstSeq(), batch.entries(), batch.chainHash()),
            batch.signature(),
            batch.lastSeq());
    if (signer == null) {
      return badSignature("batch", batch.firstSeq(), batch.lastSeq());
    }
    // What is held already is not hashed again: the hash before it is gone. What is new must lead
    // from the hash held to the hash signed; what is not new is not used.
    int held = (int) Math.min(cursor.next() - batch.firstSeq(), batch.entries().size());
    byte[] hash = cursor.chainHash().bytes();
    for (int i = held; i < batch.entries().size(); i++) {
      chain.extend(hash, batch.firstSeq() + i, chain.of(channel, batch.entries().get(i)));
    }
    Digest after = Digest.owning(hash);
    if (batch.lastSeq() >= cursor.next() - 1 && !after.equals(batch.chainHash())) {
      return new BreakOff(
          ViolationCode.CHAIN_BROKEN,
          "chain hash after "
              + batch.lastSeq()
              + " is "
              + batch.chainHash()
              + "; the entries give "
              + after);
    }
    repeated += held;
    if (held < batch.entries().size()) {
      batches++;
      keys.usedForNew(signer);
      for (int i = held; i < batch.entries().size(); i++) {
        take(batch.firstSeq() + i, batch.entries().get(i), taken);
      }
      cursor = new Cursor(batch.lastSeq() + 1, after);
      announced(batch.lastSeq());
    }
    return null;
  }

  private void take(long seq, Entry entry, List<LinkEffect> taken) {
    switch (entry) {
      case Entry.Whole r -> {
        records++;
        bytes += r.bytes().length;
        taken.add(new LinkEffect.Deliver(seq, r.bytes()));
      }
      case Entry.Deleted d -> {
        records++;
        bytes += d.length();
      }
      case Entry.Folded f -> {
        folded++;
        taken.add(new LinkEffect.Folded(seq, f.into()));
      }
      case Entry.NewKey k -> {
        keys.announce(k.key());
        taken.add(new LinkEffect.KeyChanged(k.key()));
      }
    }
  }

  /**
   * Takes note that numbers will never come.
   *
   * @param taken receives what follows from it
   * @return what is wrong with the gap; null when it was taken
   */
  @Nullable BreakOff take(Frame.Gap gap, List<LinkEffect> taken) {
    if (gap.from() > cursor.next()) {
      return hole("gap", gap.from());
    }
    VerificationKey signer =
        signer(
            StreamSignatures.gapDomain(channel),
            StreamSignatures.gap(stream, gap.from(), gap.to(), gap.reason(), gap.chainHash()),
            gap.signature(),
            gap.to());
    if (signer == null) {
      return badSignature("gap", gap.from(), gap.to());
    }
    if (gap.to() >= cursor.next()) {
      keys.usedForNew(signer);
      lost += gap.to() - cursor.next() + 1;
      taken.add(new LinkEffect.Gap(cursor.next(), gap.to(), gap.reason()));
      cursor = new Cursor(gap.to() + 1, gap.chainHash());
      announced(gap.to());
    }
    return null;
  }

  /** A key that was replaced may have signed what is held already, but nothing new. */
  private @Nullable VerificationKey signer(
      SignatureDomain domain, byte[] message, byte[] signature, long last) {
    return last < cursor.next()
        ? keys.signerNowOrBefore(domain, message, signature)
        : keys.signer(domain, message, signature);
  }

  private BreakOff badSignature(String what, long first, long last) {
    return new BreakOff(
        ViolationCode.BAD_SIGNATURE,
        what
            + " "
            + first
            + " to "
            + last
            + " is not signed with "
            + stream.originator()
            + "'s key of channel "
            + channel);
  }
}
