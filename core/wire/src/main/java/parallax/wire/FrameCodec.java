package parallax.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.GapReason;
import parallax.link.StreamId;
import parallax.link.ViolationCode;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.VerificationKey;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.Ack;
import parallax.wire.proto.Batch;
import parallax.wire.proto.DeletedRecord;
import parallax.wire.proto.Folded;
import parallax.wire.proto.Gap;
import parallax.wire.proto.Heartbeat;
import parallax.wire.proto.Hello;
import parallax.wire.proto.LinkFrame;
import parallax.wire.proto.NewKey;
import parallax.wire.proto.Refusal;
import parallax.wire.proto.SetAside;
import parallax.wire.proto.SetAsideRecord;
import parallax.wire.proto.Suspension;
import parallax.wire.proto.Welcome;

/** Frames of the link as {@code parallax.v1.LinkFrame} messages. */
public final class FrameCodec {
  private FrameCodec() {}

  /**
   * Encodes a frame.
   *
   * @throws IllegalArgumentException when records were deleted from it: it can be sent no more
   */
  public static byte[] encode(Frame frame) {
    return toProto(frame).toByteArray();
  }

  /** Decodes a frame; throws {@link InvalidValueException} when the bytes are none. */
  public static Frame decode(byte[] bytes) {
    return fromProto(WireFields.parse(LinkFrame.parser(), "link frame", bytes));
  }

  /** A batch of an old version's journal, from which records were deleted. */
  static Frame.Batch fromProto(Batch b, List<DeletedRecord> deleted) {
    int size = b.getRecordsCount() + b.getFoldedCount() + b.getNewKeysCount() + deleted.size();
    @Nullable Entry[] entries = new Entry[size];
    for (DeletedRecord d : deleted) {
      place(
          entries,
          d.getIndex(),
          new Entry.Deleted(digest("digest of the deleted record", d.getDigest()), d.getLength()));
    }
    return batch(b, entries);
  }

  static LinkFrame toProto(Frame frame) {
    LinkFrame.Builder b = LinkFrame.newBuilder();
    switch (frame) {
      case Frame.Hello h ->
          b.setHello(
              Hello.newBuilder()
                  .setOldestVersion(h.oldestVersion())
                  .setNewestVersion(h.newestVersion())
                  .setOriginator(h.stream().originator().code())
                  .setRecipient(h.stream().recipient().code())
                  .setLane(WireNumbers.LANE.of(h.stream().lane()))
                  .setChannel(WireFields.channel(h.channel()))
                  .setAgreementDigest(WireFields.bytes(h.agreementDigest().bytes()))
                  .setSessionId(h.sessionId()));
      case Frame.Welcome w ->
          b.setWelcome(
              Welcome.newBuilder()
                  .setVersion(w.version())
                  .setNextSeq(w.cursor().next())
                  .setChainHash(WireFields.bytes(w.cursor().chainHash().bytes()))
                  .setSignature(WireFields.bytes(w.signature())));
      case Frame.Batch t -> b.setBatch(batch(t));
      case Frame.Gap g ->
          b.setGap(
              Gap.newBuilder()
                  .setFrom(g.from())
                  .setTo(g.to())
                  .setReason(g.reason().wire())
                  .setChainHash(WireFields.bytes(g.chainHash().bytes()))
                  .setSignature(WireFields.bytes(g.signature())));
      case Frame.Ack a ->
          b.setAck(
              Ack.newBuilder()
                  .setNextSeq(a.cursor().next())
                  .setChainHash(WireFields.bytes(a.cursor().chainHash().bytes()))
                  .setSignature(WireFields.bytes(a.signature()))
                  .setSentAtNs(a.sentAtNs())
                  .setEchoSentAtNs(a.echoSentAtNs())
                  .setAnswersHeartbeat(a.answersHeartbeat()));
      case Frame.Heartbeat h ->
          b.setHeartbeat(
              Heartbeat.newBuilder().setHighWaterMark(h.highWaterMark()).setSentAtNs(h.sentAtNs()));
      case Frame.SetAside s -> b.setSetAside(setAside(s));
      case Frame.Suspension s ->
          b.setSuspension(
              Suspension.newBuilder().setSuspended(s.suspended()).setReason(s.reason()));
      case Frame.Refusal r ->
          b.setRefusal(Refusal.newBuilder().setCode(r.code().wire()).setDetail(r.detail()));
    }
    return b.build();
  }

  static Frame fromProto(LinkFrame f) {
    return switch (f.getFrameCase()) {
      case HELLO -> hello(f.getHello());
      case WELCOME ->
          new Frame.Welcome(
              f.getWelcome().getVersion(),
              cursor(f.getWelcome().getNextSeq(), f.getWelcome().getChainHash()),
              signature(f.getWelcome().getSignature()));
      case BATCH -> batch(f.getBatch());
      case GAP ->
          new Frame.Gap(
              f.getGap().getFrom(),
              f.getGap().getTo(),
              GapReason.ofWire(f.getGap().getReason()),
              digest("chain hash", f.getGap().getChainHash()),
              signature(f.getGap().getSignature()));
      case ACK ->
          new Frame.Ack(
              cursor(f.getAck().getNextSeq(), f.getAck().getChainHash()),
              signature(f.getAck().getSignature()),
              f.getAck().getSentAtNs(),
              f.getAck().getEchoSentAtNs(),
              f.getAck().getAnswersHeartbeat());
      case HEARTBEAT ->
          new Frame.Heartbeat(f.getHeartbeat().getHighWaterMark(), f.getHeartbeat().getSentAtNs());
      case SET_ASIDE ->
          new Frame.SetAside(
              f.getSetAside().getTotal(),
              f.getSetAside().getNewestList().stream()
                  .map(i -> new Frame.SetAside.Item(i.getSeq(), i.getReason()))
                  .toList(),
              signature(f.getSetAside().getSignature()));
      case SUSPENSION ->
          new Frame.Suspension(f.getSuspension().getSuspended(), f.getSuspension().getReason());
      case REFUSAL ->
          new Frame.Refusal(
              ViolationCode.ofWire(f.getRefusal().getCode()), f.getRefusal().getDetail());
      case FRAME_NOT_SET ->
          throw new InvalidValueException("link frame", "empty", "one of the known frames");
    };
  }

  private static SetAside setAside(Frame.SetAside s) {
    SetAside.Builder b =
        SetAside.newBuilder().setTotal(s.total()).setSignature(WireFields.bytes(s.signature()));
    for (Frame.SetAside.Item i : s.newest()) {
      b.addNewest(SetAsideRecord.newBuilder().setSeq(i.seq()).setReason(i.reason()));
    }
    return b.build();
  }

  private static Frame.Hello hello(Hello h) {
    return new Frame.Hello(
        h.getOldestVersion(),
        h.getNewestVersion() == 0 ? h.getOldestVersion() : h.getNewestVersion(),
        new StreamId(
            new Nation(h.getOriginator()),
            new Nation(h.getRecipient()),
            WireNumbers.LANE.value(h.getLane())),
        WireFields.channel(h.getChannel()),
        digest("agreement digest", h.getAgreementDigest()),
        h.getSessionId());
  }

  private static Cursor cursor(long next, ByteString chainHash) {
    return new Cursor(next, digest("chain hash", chainHash));
  }

  private static byte[] signature(ByteString b) {
    return WireFields.exactly("signature", b, 64);
  }

  private static Batch batch(Frame.Batch t) {
    Batch.Builder b =
        Batch.newBuilder()
            .setFirstSeq(t.firstSeq())
            .setChainHash(WireFields.bytes(t.chainHash().bytes()))
            .setSignature(WireFields.bytes(t.signature()))
            .setSentAtNs(t.sentAtNs());
    for (int i = 0; i < t.entries().size(); i++) {
      switch (t.entries().get(i)) {
        case Entry.Whole r -> b.addRecords(WireFields.bytes(r.bytes()));
        case Entry.Folded f ->
            b.addFolded(
                Folded.newBuilder()
                    .setIndex(i)
                    .setRecordDigest(WireFields.bytes(f.recordDigest().bytes()))
                    .setInto(f.into()));
        case Entry.Deleted d ->
            throw new IllegalArgumentException(t + " holds records that were deleted");
        case Entry.NewKey k ->
            b.addNewKeys(NewKey.newBuilder().setIndex(i).setKey(WireFields.bytes(k.key().bytes())));
      }
    }
    return b.build();
  }

  private static Frame.Batch batch(Batch b) {
    int size = b.getRecordsCount() + b.getFoldedCount() + b.getNewKeysCount();
    return batch(b, new Entry[size]);
  }

  /** Fills in what is not placed yet. */
  private static Frame.Batch batch(Batch b, @Nullable Entry[] entries) {
    for (Folded f : b.getFoldedList()) {
      place(
          entries,
          f.getIndex(),
          new Entry.Folded(digest("record digest", f.getRecordDigest()), f.getInto()));
    }
    for (NewKey k : b.getNewKeysList()) {
      place(
          entries,
          k.getIndex(),
          new Entry.NewKey(
              VerificationKey.of(
                  WireFields.exactly("new key", k.getKey(), VerificationKey.LENGTH))));
    }
    List<Entry> all = new ArrayList<>(entries.length);
    int record = 0;
    for (Entry e : entries) {
      all.add(e != null ? e : whole(b.getRecords(record++)));
    }
    return new Frame.Batch(
        b.getFirstSeq(),
        all,
        digest("chain hash", b.getChainHash()),
        signature(b.getSignature()),
        b.getSentAtNs());
  }

  private static void place(@Nullable Entry[] entries, int index, Entry e) {
    if (index < 0 || index >= entries.length || entries[index] != null) {
      throw new InvalidValueException(
          "index in the batch", index, "one of " + entries.length + ", each once");
    }
    entries[index] = e;
  }

  private static Entry whole(ByteString r) {
    if (r.size() > ProtoReportCodec.MAX_RECORD_BYTES) {
      throw new InvalidValueException(
          "record", r.size() + " bytes", "at most " + ProtoReportCodec.MAX_RECORD_BYTES);
    }
    return new Entry.Whole(r.toByteArray());
  }

  private static Digest digest(String field, ByteString b) {
    return Digest.of(WireFields.exactly(field, b, Digest.LENGTH));
  }
}
