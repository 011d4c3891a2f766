package parallax.wire;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.engine.Input;
import parallax.link.Frame;
import parallax.link.Pulse;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.wire.fields.ConfigurationFields;
import parallax.wire.fields.KeysIn;
import parallax.wire.fields.PlotFields;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.CheckpointJudged;
import parallax.wire.proto.ClockCorrected;
import parallax.wire.proto.FrameReceived;
import parallax.wire.proto.JournalInput;
import parallax.wire.proto.LinkChange;
import parallax.wire.proto.Ordered;
import parallax.wire.proto.PathPulse;
import parallax.wire.proto.PlotReceived;
import parallax.wire.proto.PlotRefused;
import parallax.wire.proto.Quiet;
import parallax.wire.proto.RecordsDeleted;
import parallax.wire.proto.SendingPulse;
import parallax.wire.proto.Tick;
import parallax.wire.proto.TrackFiled;
import parallax.wire.proto.ViolationReceived;
import parallax.wire.proto.WireName;

/** Inputs of the engine as the journal keeps them ({@code parallax.v1.JournalInput}). */
public final class InputCodec {
  private InputCodec() {}

  /**
   * Encodes an input.
   *
   * @throws IllegalArgumentException when records were deleted from it, as an old version did
   */
  public static byte[] encode(Input.Stamped stamped) {
    JournalInput.Builder b =
        JournalInput.newBuilder().setTimeNs(stamped.time().nanos()).setWallNs(stamped.wallNs());
    switch (stamped.input()) {
      case Input.Configured c -> b.setConfigured(ConfigurationFields.toProto(c.configuration()));
      case Input.PlotReceived p ->
          b.setPlot(
              PlotReceived.newBuilder()
                  .setFeed(p.feed())
                  .setSeq(p.seq())
                  .setPlot(PlotFields.toProto(p.plot())));
      case Input.PlotRefused p ->
          b.setPlotRefused(
              PlotRefused.newBuilder().setFeed(p.feed()).setSeq(p.seq()).setReason(p.reason()));
      case Input.TrackFiled f ->
          b.setTrackFiled(
              TrackFiled.newBuilder()
                  .setFeed(f.feed())
                  .setSeq(f.seq())
                  .setTrack(FiledTrackCodec.toProto(f.track())));
      case Input.LinkChanged c ->
          b.setLinkChange(
              LinkChange.newBuilder().setWire(wire(c.wire())).setConnected(c.connected()));
      case Input.FrameReceived f ->
          b.setFrame(
              FrameReceived.newBuilder()
                  .setWire(wire(f.wire()))
                  .setFrame(FrameCodec.toProto(f.frame())));
      case Input.FrameRefused f ->
          b.setViolation(
              ViolationReceived.newBuilder().setWire(wire(f.wire())).setDetail(f.detail()));
      case Input.Ordered o ->
          b.setOrdered(Ordered.newBuilder().setBy(o.by()).setOrder(OrderCodec.toProto(o.order())));
      case Input.CheckpointJudged c ->
          b.setCheckpoint(
              CheckpointJudged.newBuilder()
                  .setPartner(c.partner().code())
                  .setVerdict(c.verdict())
                  .setGood(c.good())
                  .setOrigin(c.origin())
                  .setSize(c.size())
                  .setDetail(c.detail())
                  .setEvidence(WireFields.bytes(HexFormat.of().parseHex(c.evidence()))));
      case Input.RecordsDeleted d ->
          b.setDeleted(
              RecordsDeleted.newBuilder()
                  .setClause(d.clause())
                  .setUntilNs(d.untilWallNs())
                  .setThrough(d.through())
                  .setRecords(d.records())
                  .setEvents(d.events()));
      case Input.ClockCorrected c ->
          b.setClock(
              ClockCorrected.newBuilder()
                  .setOldTimeNs(c.oldTime().nanos())
                  .setOldWallNs(c.oldWallNs()));
      case Input.Flush f -> b.setFlush(parallax.wire.proto.Flush.getDefaultInstance());
      case Input.Tick t -> b.setTick(Tick.getDefaultInstance());
      case Input.Quiet q -> b.setQuiet(quiet(q));
    }
    return b.build().toByteArray();
  }

  /** Decodes an input; throws {@link InvalidValueException} when the bytes are none. */
  public static Input.Stamped decode(byte[] bytes) {
    JournalInput m = WireFields.parse(JournalInput.parser(), "journal input", bytes);
    Input input =
        switch (m.getInputCase()) {
          case CONFIGURED ->
              new Input.Configured(ConfigurationFields.fromProto(m.getConfigured(), new KeysIn()));
          case PLOT ->
              new Input.PlotReceived(
                  m.getPlot().getFeed(),
                  m.getPlot().getSeq(),
                  PlotFields.fromProto(m.getPlot().getPlot()));
          case PLOT_REFUSED ->
              new Input.PlotRefused(
                  m.getPlotRefused().getFeed(),
                  m.getPlotRefused().getSeq(),
                  m.getPlotRefused().getReason());
          case TRACK_FILED ->
              new Input.TrackFiled(
                  m.getTrackFiled().getFeed(),
                  m.getTrackFiled().getSeq(),
                  FiledTrackCodec.fromProto(m.getTrackFiled().getTrack()));
          case LINK_CHANGE ->
              new Input.LinkChanged(
                  wire(m.getLinkChange().getWire()), m.getLinkChange().getConnected());
          case FRAME -> new Input.FrameReceived(wire(m.getFrame().getWire()), frame(m.getFrame()));
          case VIOLATION ->
              new Input.FrameRefused(
                  wire(m.getViolation().getWire()), m.getViolation().getDetail());
          case ORDERED ->
              new Input.Ordered(
                  m.getOrdered().getBy(), OrderCodec.fromProto(m.getOrdered().getOrder()));
          case CHECKPOINT -> checkpoint(m.getCheckpoint());
          case DELETED ->
              new Input.RecordsDeleted(
                  m.getDeleted().getClause(),
                  m.getDeleted().getUntilNs(),
                  m.getDeleted().getThrough(),
                  m.getDeleted().getRecords(),
                  m.getDeleted().getEvents());
          case CLOCK ->
              new Input.ClockCorrected(
                  new UtcTime(m.getClock().getOldTimeNs()),
                  m.getClock().getOldWallNs(),
                  new UtcTime(m.getTimeNs()),
                  m.getWallNs());
          case FLUSH -> new Input.Flush();
          case TICK -> new Input.Tick();
          case QUIET -> quiet(m.getQuiet());
          case INPUT_NOT_SET ->
              throw new InvalidValueException("journal input", "empty", "one of the known inputs");
        };
    return new Input.Stamped(new UtcTime(m.getTimeNs()), m.getWallNs(), input);
  }

  /** An old version deleted records within an input, and left their digests beside the frame. */
  private static Frame frame(FrameReceived f) {
    return f.getDeletedCount() > 0 && f.getFrame().hasBatch()
        ? FrameCodec.fromProto(f.getFrame().getBatch(), f.getDeletedList())
        : FrameCodec.fromProto(f.getFrame());
  }

  private static Input.CheckpointJudged checkpoint(CheckpointJudged c) {
    return new Input.CheckpointJudged(
        new Nation(c.getPartner()),
        c.getVerdict(),
        c.getGood(),
        c.getOrigin(),
        c.getSize(),
        c.getDetail(),
        HexFormat.of().formatHex(c.getEvidence().toByteArray()));
  }

  private static WireName wire(Wire w) {
    return WireName.newBuilder()
        .setPeer(w.peer().code())
        .setOriginator(w.stream().originator().code())
        .setRecipient(w.stream().recipient().code())
        .setLane(WireNumbers.LANE.of(w.stream().lane()))
        .build();
  }

  private static Wire wire(WireName w) {
    return new Wire(
        new Nation(w.getPeer()),
        new StreamId(
            new Nation(w.getOriginator()),
            new Nation(w.getRecipient()),
            WireNumbers.LANE.value(w.getLane())));
  }

  private static Quiet quiet(Input.Quiet q) {
    Quiet.Builder b = Quiet.newBuilder();
    q.tickedNs().ifPresent(b::setTickedNs);
    for (Pulse p : q.pulses()) {
      PathPulse.Builder path =
          PathPulse.newBuilder().setWire(wire(p.wire())).setSilentSinceNs(p.silentSinceNs());
      p.lastHeardNs().ifPresent(path::setLastHeardNs);
      p.sending()
          .ifPresent(
              s -> {
                SendingPulse.Builder sending =
                    SendingPulse.newBuilder()
                        .setLastHeartbeatNs(s.lastHeartbeatNs())
                        .setSentBeforeHeartbeat(s.sentBeforeHeartbeat())
                        .setNextToSend(s.nextToSend());
                s.roundTripNs().ifPresent(sending::setRoundTripNs);
                s.clockOffsetNs().ifPresent(sending::setClockOffsetNs);
                path.setSending(sending);
              });
      b.addPaths(path);
    }
    return b.build();
  }

  private static Input.Quiet quiet(Quiet q) {
    List<Pulse> pulses = new ArrayList<>();
    for (PathPulse p : q.getPathsList()) {
      SendingPulse s = p.getSending();
      pulses.add(
          new Pulse(
              wire(p.getWire()),
              p.getSilentSinceNs(),
              p.hasLastHeardNs() ? OptionalLong.of(p.getLastHeardNs()) : OptionalLong.empty(),
              p.hasSending()
                  ? Optional.of(
                      new Pulse.Sending(
                          s.getLastHeartbeatNs(),
                          s.getSentBeforeHeartbeat(),
                          s.getNextToSend(),
                          s.hasRoundTripNs()
                              ? OptionalLong.of(s.getRoundTripNs())
                              : OptionalLong.empty(),
                          s.hasClockOffsetNs()
                              ? OptionalLong.of(s.getClockOffsetNs())
                              : OptionalLong.empty()))
                  : Optional.empty()));
    }
    return new Input.Quiet(
        q.hasTickedNs() ? OptionalLong.of(q.getTickedNs()) : OptionalLong.empty(), pulses);
  }
}
