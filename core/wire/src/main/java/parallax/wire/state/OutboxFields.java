package parallax.wire.state;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.GapReason;
import parallax.link.HashChain;
import parallax.link.OutboxState;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.signing.VerificationKey;
import parallax.wire.fields.KeysIn;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.KeptFolded;
import parallax.wire.proto.KeptMissingNumbers;
import parallax.wire.proto.KeptOutbox;
import parallax.wire.proto.KeptStreamEntry;
import parallax.wire.proto.KeptSubject;
import parallax.wire.proto.KeptWithoutBytes;

/**
 * The state of an outbox. Digests, chain hashes and sums of lengths follow from the entries and are
 * not kept but for the last hash, which shows that the entries are those that were kept.
 */
final class OutboxFields {
  /** More bytes than any stream ever has, and far from where sums overflow. */
  private static final long MOST_BYTES = 1L << 61;

  private OutboxFields() {}

  static KeptOutbox outbox(OutboxState s) {
    KeptOutbox.Builder b =
        KeptOutbox.newBuilder()
            .setAcknowledged(s.acknowledged())
            .setAcknowledgedHash(StreamEndFields.digest(s.acknowledgedHash()))
            .setBase(s.base())
            .setBaseHash(StreamEndFields.digest(s.baseHash()))
            .setBaseBytes(s.baseBytes())
            .setLastHash(StreamEndFields.digest(s.lastHash()));
    s.held().forEach(h -> b.addHeld(held(h)));
    s.missing().forEach(m -> b.addMissing(missing(m)));
    return b.build();
  }

  static OutboxState outbox(KeptOutbox m, Channel channel, KeysIn keys) {
    if (m.getBaseBytes() < 0 || m.getBaseBytes() > MOST_BYTES) {
      throw new InvalidValueException(
          "bytes of a stream", Long.toUnsignedString(m.getBaseBytes()), "at most " + MOST_BYTES);
    }
    Digest baseHash = StreamEndFields.digest("chain hash after the base", m.getBaseHash());
    OutboxState s =
        new OutboxState(
            m.getAcknowledged(),
            StreamEndFields.digest("chain hash after the receipt", m.getAcknowledgedHash()),
            m.getBase(),
            baseHash,
            m.getBaseBytes(),
            held(m, channel, baseHash, keys),
            m.getMissingList().stream().map(x -> missing(x, keys)).toList());
    Digest last = StreamEndFields.digest("last chain hash", m.getLastHash());
    if (!s.lastHash().equals(last)) {
      throw new InvalidValueException("last chain hash", last, s.lastHash().toString());
    }
    return s;
  }

  private static KeptStreamEntry held(OutboxState.Held h) {
    KeptStreamEntry.Builder b =
        KeptStreamEntry.newBuilder().setAfterUrgent(h.afterUrgent()).setMadeNs(h.madeNs());
    switch (h.entry()) {
      case Entry.Whole w -> b.setRecord(WireFields.bytes(w.bytes()));
      case Entry.NewKey k -> b.setNewKey(StreamEndFields.key(k.key()));
      case Entry.Folded f ->
          b.setFolded(
              KeptFolded.newBuilder()
                  .setRecordDigest(StreamEndFields.digest(f.recordDigest()))
                  .setLength(h.length())
                  .setInto(f.into()));
      case Entry.Deleted d ->
          b.setWithout(
              KeptWithoutBytes.newBuilder()
                  .setRecordDigest(StreamEndFields.digest(d.recordDigest()))
                  .setLength(d.length()));
    }
    OutboxState.Subject s = h.subject();
    if (s != null) {
      b.setSubject(
          KeptSubject.newBuilder()
              .setOriginator(s.track().originator().code())
              .setTrack(s.track().number())
              .setDataClass(WireNumbers.DATA_CLASS.of(s.dataClass())));
    }
    return b.build();
  }

  private static List<OutboxState.Held> held(
      KeptOutbox m, Channel channel, Digest baseHash, KeysIn keys) {
    HashChain chain = new HashChain();
    SortedMap<OutboxState.Subject, OutboxState.Subject> subjects = new TreeMap<>();
    List<OutboxState.Held> out = new ArrayList<>(m.getHeldCount());
    long seq = m.getBase();
    long bytes = m.getBaseBytes();
    Digest hash = baseHash;
    for (KeptStreamEntry e : m.getHeldList()) {
      seq++;
      Entry entry = entry(e, keys);
      if (entry instanceof Entry.Folded f
          && (f.into() <= seq || f.into() > m.getBase() + m.getHeldCount())) {
        throw new InvalidValueException(
            "number folded into", f.into(), "a number held, after " + seq);
      }
      Digest digest = chain.of(channel, entry);
      hash = chain.next(hash, seq, digest);
      int length = length(e, entry);
      bytes += length;
      OutboxState.Subject subject = subject(e);
      if (subject != null) {
        OutboxState.Subject same = subjects.putIfAbsent(subject, subject);
        subject = same == null ? subject : same;
      }
      out.add(
          new OutboxState.Held(
              entry, digest, hash, bytes, length, e.getAfterUrgent(), e.getMadeNs(), subject));
    }
    return out;
  }

  private static Entry entry(KeptStreamEntry e, KeysIn keys) {
    return switch (e.getEntryCase()) {
      case RECORD -> new Entry.Whole(e.getRecord().toByteArray());
      case NEW_KEY -> new Entry.NewKey(keys.key("new key", e.getNewKey()));
      case FOLDED ->
          new Entry.Folded(
              StreamEndFields.digest("digest of a record", e.getFolded().getRecordDigest()),
              e.getFolded().getInto());
      case WITHOUT ->
          new Entry.Deleted(
              StreamEndFields.digest("digest of a record", e.getWithout().getRecordDigest()),
              e.getWithout().getLength());
      case ENTRY_NOT_SET ->
          throw new InvalidValueException("entry of an outbox", "of no kind", "a record or a key");
    };
  }

  private static int length(KeptStreamEntry e, Entry entry) {
    int length =
        switch (entry) {
          case Entry.Whole w -> w.bytes().length;
          case Entry.NewKey k -> VerificationKey.LENGTH;
          case Entry.Folded f -> e.getFolded().getLength();
          case Entry.Deleted d -> d.length();
        };
    if (length < 0) {
      throw new InvalidValueException("length of a record", length, "0 or more");
    }
    return length;
  }

  private static OutboxState.@Nullable Subject subject(KeptStreamEntry e) {
    return e.hasSubject()
        ? new OutboxState.Subject(
            new TrackId(new Nation(e.getSubject().getOriginator()), e.getSubject().getTrack()),
            WireNumbers.DATA_CLASS.value(e.getSubject().getDataClass()))
        : null;
  }

  private static KeptMissingNumbers missing(OutboxState.Missing m) {
    KeptMissingNumbers.Builder b =
        KeptMissingNumbers.newBuilder()
            .setFrom(m.from())
            .setTo(m.to())
            .setHashAfter(StreamEndFields.digest(m.hashAfter()));
    switch (m) {
      case OutboxState.Lost l -> b.setReason(l.reason().wire()).setToldFrom(l.toldFrom());
      case OutboxState.Kept k -> b.setNewKey(StreamEndFields.key(k.entry().key()));
    }
    return b.build();
  }

  private static OutboxState.Missing missing(KeptMissingNumbers m, KeysIn keys) {
    Digest hash = StreamEndFields.digest("chain hash after a gap", m.getHashAfter());
    if (m.getNewKey().isEmpty()) {
      return new OutboxState.Lost(
          m.getFrom(), m.getTo(), GapReason.ofWire(m.getReason()), hash, m.getToldFrom());
    }
    if (m.getTo() != m.getFrom()) {
      throw new InvalidValueException("last number of a change of key", m.getTo(), "its first");
    }
    return new OutboxState.Kept(
        m.getFrom(), new Entry.NewKey(keys.key("new key", m.getNewKey())), hash);
  }
}
