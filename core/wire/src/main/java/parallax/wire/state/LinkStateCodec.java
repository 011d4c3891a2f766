package parallax.wire.state;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.link.Cursor;
import parallax.link.Frame;
import parallax.link.InboundState;
import parallax.link.OutboundState;
import parallax.link.OutgoingState;
import parallax.link.RelayState;
import parallax.model.InvalidValueException;
import parallax.wire.FrameCodec;
import parallax.wire.fields.KeysIn;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.KeptInFlight;
import parallax.wire.proto.KeptInboundPassing;
import parallax.wire.proto.KeptInboundPath;
import parallax.wire.proto.KeptInboundStream;
import parallax.wire.proto.KeptNextKey;
import parallax.wire.proto.KeptOutboundPassing;
import parallax.wire.proto.KeptOutboundPath;
import parallax.wire.proto.KeptOutboundStream;
import parallax.wire.proto.KeptOutgoing;
import parallax.wire.proto.KeptRelayPassing;
import parallax.wire.proto.KeptRelayStream;
import parallax.wire.proto.LinkFrame;

/**
 * The state of streams as {@code parallax.v1.KeptOutgoing}, {@code KeptOutboundStream}, {@code
 * KeptInboundStream} and {@code KeptRelayStream} messages. The same state always gives the same
 * bytes.
 */
public final class LinkStateCodec {
  private LinkStateCodec() {}

  /** Encodes both lanes to a partner. */
  public static byte[] encode(OutgoingState s) {
    return toProto(s).toByteArray();
  }

  /** Decodes both lanes; throws {@link InvalidValueException} when the bytes are none. */
  public static OutgoingState decodeOutgoing(byte[] bytes) {
    return decodeOutgoing(bytes, new KeysIn());
  }

  static OutgoingState decodeOutgoing(byte[] bytes, KeysIn keys) {
    return fromProto(WireFields.parse(KeptOutgoing.parser(), "state of lanes", bytes), keys);
  }

  /** Encodes the originator's end of a stream. */
  public static byte[] encode(OutboundState s) {
    return toProto(s).toByteArray();
  }

  /** Decodes an originator's end; throws {@link InvalidValueException} when the bytes are none. */
  public static OutboundState decodeOutbound(byte[] bytes) {
    return fromProto(
        WireFields.parse(KeptOutboundStream.parser(), "state of an outbound stream", bytes),
        new KeysIn());
  }

  /** Encodes the recipient's end of a stream. */
  public static byte[] encode(InboundState s) {
    return toProto(s).toByteArray();
  }

  /** Decodes a recipient's end; throws {@link InvalidValueException} when the bytes are none. */
  public static InboundState decodeInbound(byte[] bytes) {
    return decodeInbound(bytes, new KeysIn());
  }

  static InboundState decodeInbound(byte[] bytes, KeysIn keys) {
    return fromProto(
        WireFields.parse(KeptInboundStream.parser(), "state of an inbound stream", bytes), keys);
  }

  /** Encodes a relay's part in a stream. */
  public static byte[] encode(RelayState s) {
    return toProto(s).toByteArray();
  }

  /** Decodes a relay's part; throws {@link InvalidValueException} when the bytes are none. */
  public static RelayState decodeRelay(byte[] bytes) {
    return decodeRelay(bytes, new KeysIn());
  }

  static RelayState decodeRelay(byte[] bytes, KeysIn keys) {
    return fromProto(
        WireFields.parse(KeptRelayStream.parser(), "state of a relayed stream", bytes), keys);
  }

  static KeptOutgoing toProto(OutgoingState s) {
    return KeptOutgoing.newBuilder()
        .setUrgent(toProto(s.urgent()))
        .setBulk(toProto(s.bulk()))
        .build();
  }

  static OutgoingState fromProto(KeptOutgoing m, KeysIn keys) {
    return new OutgoingState(fromProto(m.getUrgent(), keys), fromProto(m.getBulk(), keys));
  }

  static KeptOutboundStream toProto(OutboundState s) {
    KeptOutboundStream.Builder b =
        KeptOutboundStream.newBuilder()
            .setEnd(StreamEndFields.end(s.end()))
            .setOwnKey(StreamEndFields.key(s.ownKey().key()))
            .setOutbox(OutboxFields.outbox(s.outbox()))
            .setPassing(passing(s.passing()));
    s.ownKey()
        .next()
        .ifPresent(
            n ->
                b.setNextKey(
                    KeptNextKey.newBuilder()
                        .setKey(StreamEndFields.key(n.key()))
                        .setAnnouncedAt(n.announcedAt())));
    return b.build();
  }

  static OutboundState fromProto(KeptOutboundStream m, KeysIn keys) {
    var end = StreamEndFields.end(m.getEnd(), keys);
    return new OutboundState(
        end,
        new OutboundState.OwnKeyState(
            keys.key("own key", m.getOwnKey()),
            m.hasNextKey()
                ? Optional.of(
                    new OutboundState.NextKey(
                        keys.key("next key", m.getNextKey().getKey()),
                        m.getNextKey().getAnnouncedAt()))
                : Optional.empty()),
        OutboxFields.outbox(m.getOutbox(), end.terms().channel(), keys),
        passing(m.getPassing()));
  }

  private static KeptOutboundPassing passing(OutboundState.Passing p) {
    KeptOutboundPassing.Builder b =
        KeptOutboundPassing.newBuilder()
            .setEverSent(p.everSent())
            .setPerhapsSent(p.perhapsSent())
            .setUrgentHeld(p.urgentHeld())
            .setAnnounced(p.announced())
            .setCounts(StreamEndFields.counts(p.counts()));
    p.paths().forEach(path -> b.addPaths(path(path)));
    return b.build();
  }

  private static OutboundState.Passing passing(KeptOutboundPassing m) {
    return new OutboundState.Passing(
        m.getPathsList().stream().map(LinkStateCodec::path).toList(),
        m.getEverSent(),
        m.getPerhapsSent(),
        m.getUrgentHeld(),
        m.getAnnounced(),
        StreamEndFields.counts(m.getCounts()));
  }

  private static KeptOutboundPath path(OutboundState.OutboundPathState p) {
    KeptOutboundPath.Builder b =
        KeptOutboundPath.newBuilder()
            .setPath(StreamEndFields.path(p.path()))
            .setSessionId(p.sessionId())
            .setNextToSend(p.nextToSend())
            .setAcknowledgedAtHello(p.acknowledgedAtHello())
            .setLastHeartbeatNs(p.lastHeartbeatNs())
            .setSentBeforeHeartbeat(p.sentBeforeHeartbeat())
            .setGapThrough(p.gapThrough());
    for (OutboundState.Sent s : p.inFlight()) {
      b.addInFlight(KeptInFlight.newBuilder().setThrough(s.through()).setBytes(s.bytes()));
    }
    p.roundTripNs().ifPresent(b::setRoundTripNs);
    p.clockOffsetNs().ifPresent(b::setClockOffsetNs);
    return b.build();
  }

  private static OutboundState.OutboundPathState path(KeptOutboundPath m) {
    return new OutboundState.OutboundPathState(
        StreamEndFields.path(m.getPath()),
        m.getSessionId(),
        m.getNextToSend(),
        m.getAcknowledgedAtHello(),
        m.getLastHeartbeatNs(),
        m.getSentBeforeHeartbeat(),
        m.getGapThrough(),
        m.getInFlightList().stream()
            .map(f -> new OutboundState.Sent(f.getThrough(), f.getBytes()))
            .toList(),
        m.hasRoundTripNs() ? OptionalLong.of(m.getRoundTripNs()) : OptionalLong.empty(),
        m.hasClockOffsetNs() ? OptionalLong.of(m.getClockOffsetNs()) : OptionalLong.empty());
  }

  static KeptInboundStream toProto(InboundState s) {
    KeptInboundPassing.Builder passing =
        KeptInboundPassing.newBuilder()
            .setHighWaterMark(s.passing().highWaterMark())
            .setCounts(StreamEndFields.counts(s.passing().counts()));
    for (InboundState.InboundPathState p : s.passing().paths()) {
      passing.addPaths(
          KeptInboundPath.newBuilder().setPath(StreamEndFields.path(p.path())).setMark(p.mark()));
    }
    return KeptInboundStream.newBuilder()
        .setEnd(StreamEndFields.end(s.end()))
        .setOwnKey(StreamEndFields.key(s.ownKey()))
        .setNextSeq(s.cursor().next())
        .setChainHash(StreamEndFields.digest(s.cursor().chainHash()))
        .setPassing(passing)
        .build();
  }

  static InboundState fromProto(KeptInboundStream m, KeysIn keys) {
    KeptInboundPassing p = m.getPassing();
    return new InboundState(
        StreamEndFields.end(m.getEnd(), keys),
        keys.key("own key", m.getOwnKey()),
        new Cursor(m.getNextSeq(), StreamEndFields.digest("chain hash", m.getChainHash())),
        new InboundState.Passing(
            p.getPathsList().stream()
                .map(
                    path ->
                        new InboundState.InboundPathState(
                            StreamEndFields.path(path.getPath()), path.getMark()))
                .toList(),
            p.getHighWaterMark(),
            StreamEndFields.counts(p.getCounts())));
  }

  static KeptRelayStream toProto(RelayState s) {
    RelayState.Passing p = s.passing();
    KeptRelayPassing.Builder passing =
        KeptRelayPassing.newBuilder()
            .setUpstream(p.upstream())
            .setDownstream(p.downstream())
            .setClosing(p.closing())
            .setPassed(p.passed())
            .setViolations(p.violations());
    p.waiting().ifPresent(h -> passing.setWaiting(frame(h)));
    return KeptRelayStream.newBuilder()
        .setTerms(StreamEndFields.terms(s.terms()))
        .setOriginatorKeys(StreamEndFields.keys(s.originatorKeys()))
        .setPassing(passing)
        .build();
  }

  static RelayState fromProto(KeptRelayStream m, KeysIn keys) {
    KeptRelayPassing p = m.getPassing();
    return new RelayState(
        StreamEndFields.terms(m.getTerms()),
        StreamEndFields.keys(m.getOriginatorKeys(), keys),
        new RelayState.Passing(
            p.getUpstream(),
            p.getDownstream(),
            p.getClosing(),
            p.hasWaiting() ? Optional.of(hello(p.getWaiting())) : Optional.empty(),
            p.getPassed(),
            p.getViolations()));
  }

  private static LinkFrame frame(Frame.Hello hello) {
    try {
      return LinkFrame.parseFrom(FrameCodec.encode(hello));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("a frame just encoded", e);
    }
  }

  private static Frame.Hello hello(LinkFrame m) {
    if (FrameCodec.decode(m.toByteArray()) instanceof Frame.Hello h) {
      return h;
    }
    throw new InvalidValueException("frame that waits", m.getFrameCase(), "HELLO");
  }
}
