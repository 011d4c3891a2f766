package parallax.formats;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import parallax.formats.proto.Ack;
import parallax.formats.proto.Batch;
import parallax.formats.proto.Heartbeat;
import parallax.formats.proto.Hello;
import parallax.formats.proto.LinkFrame;
import parallax.formats.proto.Refusal;
import parallax.formats.proto.Welcome;
import parallax.link.Digest;
import parallax.link.Frame;
import parallax.link.ViolationCode;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/** Frames of the link as {@code parallax.v1.LinkFrame} messages. */
public final class FrameCodec {
  private FrameCodec() {}

  /** Encodes a frame. */
  public static byte[] encode(Frame frame) {
    return toProto(frame).toByteArray();
  }

  /** Decodes a frame; throws {@link InvalidValueException} when the bytes are none. */
  public static Frame decode(byte[] bytes) {
    return fromProto(Fields.parse(LinkFrame.parser(), "link frame", bytes));
  }

  static LinkFrame toProto(Frame frame) {
    LinkFrame.Builder b = LinkFrame.newBuilder();
    switch (frame) {
      case Frame.Hello h ->
          b.setHello(
              Hello.newBuilder()
                  .setProtocolVersion(h.protocolVersion())
                  .setOriginator(h.originator().code())
                  .setRecipient(h.recipient().code())
                  .setChannel(Fields.channel(h.channel()))
                  .setAgreementDigest(Fields.bytes(h.agreementDigest().bytes()))
                  .setSessionId(h.sessionId()));
      case Frame.Welcome w ->
          b.setWelcome(
              Welcome.newBuilder()
                  .setNextSeq(w.nextSeq())
                  .setChainHash(Fields.bytes(w.chainHash().bytes())));
      case Frame.Batch t -> b.setBatch(batch(t));
      case Frame.Ack a ->
          b.setAck(Ack.newBuilder().setNextSeq(a.nextSeq()).setEchoSentAtNs(a.echoSentAtNs()));
      case Frame.Heartbeat h ->
          b.setHeartbeat(
              Heartbeat.newBuilder()
                  .setHighWaterMark(h.highWaterMark())
                  .setSentAtNs(h.sentAtNs())
                  .setEchoSentAtNs(h.echoSentAtNs()));
      case Frame.Refusal r ->
          b.setRefusal(Refusal.newBuilder().setCode(r.code().wire()).setDetail(r.detail()));
    }
    return b.build();
  }

  static Frame fromProto(LinkFrame f) {
    return switch (f.getFrameCase()) {
      case HELLO ->
          new Frame.Hello(
              f.getHello().getProtocolVersion(),
              new Nation(f.getHello().getOriginator()),
              new Nation(f.getHello().getRecipient()),
              Fields.channel(f.getHello().getChannel()),
              digest("agreement digest", f.getHello().getAgreementDigest()),
              f.getHello().getSessionId());
      case WELCOME ->
          new Frame.Welcome(
              f.getWelcome().getNextSeq(), digest("chain hash", f.getWelcome().getChainHash()));
      case BATCH -> batch(f.getBatch());
      case ACK -> new Frame.Ack(f.getAck().getNextSeq(), f.getAck().getEchoSentAtNs());
      case HEARTBEAT ->
          new Frame.Heartbeat(
              f.getHeartbeat().getHighWaterMark(),
              f.getHeartbeat().getSentAtNs(),
              f.getHeartbeat().getEchoSentAtNs());
      case REFUSAL ->
          new Frame.Refusal(
              ViolationCode.ofWire(f.getRefusal().getCode()), f.getRefusal().getDetail());
      case FRAME_NOT_SET ->
          throw new InvalidValueException("link frame", "empty", "one of the known frames");
    };
  }

  private static Batch batch(Frame.Batch t) {
    Batch.Builder b =
        Batch.newBuilder()
            .setFirstSeq(t.firstSeq())
            .setChainHash(Fields.bytes(t.chainHash().bytes()))
            .setSignature(Fields.bytes(t.signature()))
            .setSentAtNs(t.sentAtNs());
    for (byte[] r : t.records()) {
      b.addRecords(Fields.bytes(r));
    }
    return b.build();
  }

  private static Frame.Batch batch(Batch b) {
    List<byte[]> records = new ArrayList<>(b.getRecordsCount());
    for (ByteString r : b.getRecordsList()) {
      if (r.size() > ProtoReportCodec.MAX_RECORD_BYTES) {
        throw new InvalidValueException(
            "record", r.size() + " bytes", "at most " + ProtoReportCodec.MAX_RECORD_BYTES);
      }
      records.add(r.toByteArray());
    }
    return new Frame.Batch(
        b.getFirstSeq(),
        records,
        digest("chain hash", b.getChainHash()),
        Fields.exactly("signature", b.getSignature(), 64),
        b.getSentAtNs());
  }

  private static Digest digest(String field, ByteString b) {
    return Digest.of(Fields.exactly(field, b, Digest.LENGTH));
  }
}
