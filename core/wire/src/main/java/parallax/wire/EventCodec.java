package parallax.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Picture;
import parallax.link.GapReason;
import parallax.link.StreamId;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.AdministrativeArea;
import parallax.warning.Alert;
import parallax.warning.AlertText;
import parallax.warning.AreaAtRisk;
import parallax.warning.WatchedArea;
import parallax.wire.fields.ReportFields;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.AlertEvent;
import parallax.wire.proto.AppliedEvent;
import parallax.wire.proto.AreaEntry;
import parallax.wire.proto.DecisionEvent;
import parallax.wire.proto.FoldedEvent;
import parallax.wire.proto.GapEvent;
import parallax.wire.proto.NoticeEvent;
import parallax.wire.proto.OrderEvent;
import parallax.wire.proto.PictureEvent;
import parallax.wire.proto.RecordsTakenEvent;
import parallax.wire.proto.RelayedEvent;
import parallax.wire.proto.ReleasedEvent;
import parallax.wire.proto.StreamName;
import parallax.wire.proto.WatchRequest;
import parallax.wire.proto.WatchedEntry;

/** Events for watchers ({@code parallax.v1.NodeEvent}). */
public final class EventCodec {
  /** The kind of the notice that says that events are missing. */
  public static final String MISSING = "EVENTS_MISSING";

  private EventCodec() {}

  /**
   * What a watcher wants.
   *
   * @param from the first event, from 1
   * @param onlyPast whether the call ends after the newest event there was when it was asked
   * @param many whether a message may carry many events
   */
  public record Wish(long from, boolean onlyPast, boolean many) {
    /** Everything from an event's number on, until the watcher goes; one event a message. */
    public static Wish from(long id) {
      return new Wish(id, false, false);
    }
  }

  /** A message for a watcher in the making. Not for use by several threads at once. */
  public static final class Message {
    private static final int MOST_EVENTS = 256;
    private static final int FULL_BYTES = 256 * 1024;

    private parallax.wire.proto.NodeEvent.@Nullable Builder first;
    private int events;
    private int bytes;

    /** A message without an event. */
    public Message() {}

    /** Adds an effect for watchers; one that is not for them changes nothing. */
    public void add(long id, UtcTime time, long wallNs, long doneWallNs, Effect effect) {
      var b = builder(id, time, wallNs, doneWallNs, effect).orElse(null);
      if (b == null) {
        return;
      }
      events++;
      if (first == null) {
        first = b;
        return;
      }
      parallax.wire.proto.NodeEvent e = b.build();
      bytes += e.getSerializedSize();
      first.addMore(e);
    }

    /** Whether it has enough for one message. */
    public boolean isFull() {
      return events >= MOST_EVENTS || bytes >= FULL_BYTES;
    }

    /** The bytes as they are sent; empty when there is no event. */
    public Optional<byte[]> bytes() {
      return Optional.ofNullable(first).map(b -> b.build().toByteArray());
    }
  }

  /** Encodes a wish. */
  public static byte[] encodeRequest(Wish wish) {
    return WatchRequest.newBuilder()
        .setFrom(wish.from())
        .setOnlyPast(wish.onlyPast())
        .setMany(wish.many())
        .build()
        .toByteArray();
  }

  /** Decodes a wish. Throws {@link InvalidValueException} when it is none. */
  public static Wish decodeRequest(byte[] bytes) {
    WatchRequest r = WireFields.parse(WatchRequest.parser(), "watch request", bytes);
    return new Wish(Math.max(1, r.getFrom()), r.getOnlyPast(), r.getMany());
  }

  /** Encodes an effect for watchers; empty for one that is not for them. */
  public static Optional<byte[]> encode(
      long id, UtcTime time, long wallNs, long doneWallNs, Effect effect) {
    return builder(id, time, wallNs, doneWallNs, effect).map(b -> b.build().toByteArray());
  }

  private static Optional<parallax.wire.proto.NodeEvent.Builder> builder(
      long id, UtcTime time, long wallNs, long doneWallNs, Effect effect) {
    var b =
        parallax.wire.proto.NodeEvent.newBuilder()
            .setId(id)
            .setTimeNs(time.nanos())
            .setWallNs(wallNs)
            .setDoneWallNs(doneWallNs);
    switch (effect) {
      case Effect.PictureChanged p -> b.setPicture(picture(p));
      case Effect.AlertRaised a -> b.setAlert(alert(a.action().alert()));
      case Effect.DecisionRecorded d -> b.setDecision(decision(d));
      case Effect.RecordsTaken r -> b.setRecordsTaken(taken(r));
      case Effect.NoticeRaised n -> b.setNotice(notice(n));
      case Effect.OutboxAppended o ->
          b.setReleased(ReleasedEvent.newBuilder().setStream(stream(o.stream())).setSeq(o.seq()));
      case Effect.GapRecorded g -> b.setGap(gap(g));
      case Effect.RecordFolded f -> b.setFolded(folded(f));
      case Effect.Relayed r -> b.setRelayed(relayed(r));
      case Effect.OrderAnswered o -> b.setOrder(order(o));
      case Effect.NoticeApplied a -> b.setApplied(applied(a));
      case Effect.CutLink c -> {
        return Optional.empty();
      }
      case Effect.DialLink d -> {
        return Optional.empty();
      }
      case Effect.CursorMoved c -> {
        return Optional.empty();
      }
      case Effect.SendFrame s -> {
        return Optional.empty();
      }
      case Effect.CloseLink c -> {
        return Optional.empty();
      }
      case Effect.PlotsAcknowledged p -> {
        return Optional.empty();
      }
      case Effect.PlotNotUsed p -> {
        return Optional.empty(); // a notice says it too
      }
    }
    return Optional.of(b);
  }

  /**
   * Encodes for a watcher that events it asked for are not held any more.
   *
   * @param from the first number it asked for
   * @param through the last number up to which some or all events are missing; that of the message
   * @param time the node's time of the last of them
   * @param wallNs its wall clock, UTC nanoseconds
   */
  public static byte[] encodeMissing(long from, long through, UtcTime time, long wallNs) {
    return parallax.wire.proto.NodeEvent.newBuilder()
        .setId(through)
        .setTimeNs(time.nanos())
        .setWallNs(wallNs)
        .setNotice(
            NoticeEvent.newBuilder()
                .setKind(MISSING)
                .setDetail(
                    "events "
                        + from
                        + " to "
                        + through
                        + " are not all held any more, some or all of them are left out; what the"
                        + " node did is in its audit log"))
        .build()
        .toByteArray();
  }

  /**
   * Decodes the events of a message, in their order.
   *
   * @param areas finds an area by its code
   * @throws InvalidValueException when the bytes are no such message
   */
  public static List<NodeEvent> decodeAll(
      byte[] bytes, Function<String, AdministrativeArea> areas) {
    var e = WireFields.parse(parallax.wire.proto.NodeEvent.parser(), "node event", bytes);
    List<NodeEvent> all = new ArrayList<>(1 + e.getMoreCount());
    all.add(decode(e, areas));
    e.getMoreList().forEach(m -> all.add(decode(m, areas)));
    return all;
  }

  /**
   * Decodes an event.
   *
   * @param areas finds an area by its code
   * @throws InvalidValueException when the bytes are no event
   */
  public static NodeEvent decode(byte[] bytes, Function<String, AdministrativeArea> areas) {
    return decode(
        WireFields.parse(parallax.wire.proto.NodeEvent.parser(), "node event", bytes), areas);
  }

  private static NodeEvent decode(
      parallax.wire.proto.NodeEvent e, Function<String, AdministrativeArea> areas) {
    NodeEvent.Body body =
        switch (e.getEventCase()) {
          case PICTURE ->
              new NodeEvent.PictureDrawn(
                  picture(e.getPicture(), areas),
                  e.getPicture().hasDeleteByNs()
                      ? Optional.of(new UtcTime(e.getPicture().getDeleteByNs()))
                      : Optional.empty());
          case ALERT ->
              new NodeEvent.AlertSent(
                  e.getAlert().getIdentifier(),
                  e.getAlert().getMessageType(),
                  e.getAlert().getEventKey(),
                  new UtcTime(e.getAlert().getSentNs()),
                  areas(e.getAlert().getAreasList(), areas),
                  e.getAlert().getHeadline());
          case DECISION ->
              new NodeEvent.Decided(
                  new Nation(e.getDecision().getPartner()),
                  WireFields.track(e.getDecision().getTrack()),
                  WireNumbers.DATA_CLASS.value(e.getDecision().getDataClass()),
                  e.getDecision().getReleased(),
                  e.getDecision().getRule(),
                  e.getDecision().getClause(),
                  e.getDecision().getReason());
          case RECORDS_TAKEN ->
              new NodeEvent.RecordsTaken(
                  stream(e.getRecordsTaken().getStream()),
                  e.getRecordsTaken().getFirstSeq(),
                  e.getRecordsTaken().getCount(),
                  e.getRecordsTaken().getSentAtWallNs());
          case NOTICE -> new NodeEvent.Noticed(e.getNotice().getKind(), e.getNotice().getDetail());
          case RELEASED ->
              new NodeEvent.ReportReleased(
                  stream(e.getReleased().getStream()), e.getReleased().getSeq());
          case GAP ->
              new NodeEvent.GapSeen(
                  stream(e.getGap().getStream()),
                  e.getGap().getFrom(),
                  e.getGap().getTo(),
                  e.getGap().getReason());
          case FOLDED ->
              new NodeEvent.Folded(
                  stream(e.getFolded().getStream()),
                  e.getFolded().getSeq(),
                  e.getFolded().getInto());
          case RELAYED ->
              new NodeEvent.Passed(
                  stream(e.getRelayed().getStream()),
                  e.getRelayed().getFrom(),
                  e.getRelayed().getTo());
          case ORDER ->
              new NodeEvent.OrderGiven(
                  e.getOrder().getBy(),
                  OrderCodec.fromProto(e.getOrder().getOrder()),
                  e.getOrder().getDone(),
                  e.getOrder().getDetail());
          case APPLIED ->
              new NodeEvent.NoticeHeld(
                  new Nation(e.getApplied().getPartner()),
                  WireFields.track(e.getApplied().getTrack()),
                  e.getApplied().getSeq());
          case EVENT_NOT_SET ->
              throw new InvalidValueException("node event", "empty", "one of the known events");
        };
    return new NodeEvent(
        e.getId(), new UtcTime(e.getTimeNs()), e.getWallNs(), e.getDoneWallNs(), body);
  }

  static DecisionEvent decision(Effect.DecisionRecorded d) {
    return DecisionEvent.newBuilder()
        .setPartner(d.partner().code())
        .setTrack(WireFields.track(d.track()))
        .setDataClass(WireNumbers.DATA_CLASS.of(d.dataClass()))
        .setReleased(d.released())
        .setRule(d.rule())
        .setClause(d.clause())
        .setReason(d.reason())
        .build();
  }

  static RecordsTakenEvent taken(Effect.RecordsTaken r) {
    return RecordsTakenEvent.newBuilder()
        .setStream(stream(r.stream()))
        .setFirstSeq(r.firstSeq())
        .setCount(r.count())
        .setSentAtWallNs(r.sentAtWallNs())
        .build();
  }

  static NoticeEvent notice(Effect.NoticeRaised n) {
    return NoticeEvent.newBuilder().setKind(n.kind().name()).setDetail(n.detail()).build();
  }

  static GapEvent gap(Effect.GapRecorded g) {
    return GapEvent.newBuilder()
        .setStream(stream(g.stream()))
        .setFrom(g.from())
        .setTo(g.to())
        .setReason(g.reason().name())
        .build();
  }

  static Effect.GapRecorded gap(GapEvent g) {
    for (GapReason r : GapReason.values()) {
      if (r.name().equals(g.getReason())) {
        return new Effect.GapRecorded(stream(g.getStream()), g.getFrom(), g.getTo(), r);
      }
    }
    throw new InvalidValueException("reason of a gap", g.getReason(), "one of the known reasons");
  }

  static FoldedEvent folded(Effect.RecordFolded f) {
    return FoldedEvent.newBuilder()
        .setStream(stream(f.stream()))
        .setSeq(f.seq())
        .setInto(f.into())
        .build();
  }

  static RelayedEvent relayed(Effect.Relayed r) {
    return RelayedEvent.newBuilder()
        .setStream(stream(r.stream()))
        .setFrom(r.from())
        .setTo(r.to())
        .build();
  }

  static OrderEvent order(Effect.OrderAnswered o) {
    return OrderEvent.newBuilder()
        .setBy(o.by())
        .setOrder(OrderCodec.toProto(o.order()))
        .setDone(o.done())
        .setDetail(o.detail())
        .build();
  }

  static AppliedEvent applied(Effect.NoticeApplied a) {
    return AppliedEvent.newBuilder()
        .setPartner(a.partner().code())
        .setTrack(WireFields.track(a.track()))
        .setSeq(a.seq())
        .build();
  }

  static StreamName stream(StreamId s) {
    return StreamName.newBuilder()
        .setOriginator(s.originator().code())
        .setRecipient(s.recipient().code())
        .setLane(WireNumbers.LANE.of(s.lane()))
        .build();
  }

  static StreamId stream(StreamName s) {
    return new StreamId(
        new Nation(s.getOriginator()),
        new Nation(s.getRecipient()),
        WireNumbers.LANE.value(s.getLane()));
  }

  static PictureEvent picture(Effect.PictureChanged p) {
    PictureEvent.Builder b = picture(p.picture()).toBuilder();
    p.deleteBy().ifPresent(by -> b.setDeleteByNs(by.nanos()));
    return b.build();
  }

  /** An area that is known no more is left out. */
  static Effect.PictureChanged pictureChanged(
      PictureEvent p, Function<String, Optional<AdministrativeArea>> areas) {
    PictureEvent.Builder known = p.toBuilder();
    known.clearAreas().clearWatched();
    p.getAreasList().stream()
        .filter(a -> areas.apply(a.getCode()).isPresent())
        .forEach(known::addAreas);
    p.getWatchedList().stream()
        .filter(a -> areas.apply(a.getCode()).isPresent())
        .forEach(known::addWatched);
    return new Effect.PictureChanged(
        picture(known.build(), code -> areas.apply(code).orElseThrow()),
        p.hasDeleteByNs() ? Optional.of(new UtcTime(p.getDeleteByNs())) : Optional.empty());
  }

  private static PictureEvent picture(Picture p) {
    PictureEvent.Builder b =
        PictureEvent.newBuilder()
            .setView(WireNumbers.VIEW.of(p.view()))
            .setEvent(WireFields.track(p.event()))
            .setAtNs(p.at().nanos())
            .setImpact(ReportFields.impact(p.impact()));
    p.sources().forEach(s -> b.addSources(WireFields.track(s)));
    p.launch().ifPresent(l -> b.setLaunch(ReportFields.launch(l)));
    p.estimate().ifPresent(t -> b.setEstimate(ReportFields.path(t)));
    for (PathPoint q : p.path()) {
      b.addPath(
          parallax.wire.proto.PathPoint.newBuilder()
              .setTimeNs(q.time().nanos())
              .setPlace(WireFields.place(q.place()))
              .setCrossTrackSigmaM(q.crossTrackSigmaM()));
    }
    p.areas().forEach(a -> b.addAreas(AlertCodec.area(a)));
    p.watched().forEach(w -> b.addWatched(watched(w)));
    p.label().ifPresent(l -> b.setLabel(ReportFields.label(l)));
    return b.build();
  }

  private static Picture picture(PictureEvent p, Function<String, AdministrativeArea> areas) {
    List<TrackId> sources = new ArrayList<>();
    p.getSourcesList().forEach(s -> sources.add(WireFields.track(s)));
    List<PathPoint> path = new ArrayList<>();
    p.getPathList()
        .forEach(
            q ->
                path.add(
                    new PathPoint(
                        new UtcTime(q.getTimeNs()),
                        WireFields.place(q.getPlace()),
                        q.getCrossTrackSigmaM())));
    return new Picture(
        WireNumbers.VIEW.value(p.getView()),
        WireFields.track(p.getEvent()),
        new UtcTime(p.getAtNs()),
        sources,
        p.hasLaunch() ? Optional.of(ReportFields.TOLD.launch(p.getLaunch())) : Optional.empty(),
        p.hasEstimate() ? Optional.of(ReportFields.TOLD.path(p.getEstimate())) : Optional.empty(),
        ReportFields.TOLD.impact(p.getImpact()),
        path,
        areas(p.getAreasList(), areas),
        watched(p.getWatchedList(), areas),
        p.hasLabel() ? Optional.of(ReportFields.TOLD.label(p.getLabel())) : Optional.empty());
  }

  private static AlertEvent alert(Alert a) {
    AlertEvent.Builder b =
        AlertEvent.newBuilder()
            .setIdentifier(a.identifier())
            .setMessageType(a.messageType().name())
            .setEventKey(a.eventKey())
            .setSentNs(a.sent().nanos());
    a.areas().forEach(x -> b.addAreas(AlertCodec.area(x)));
    for (AlertText t : a.texts()) {
      if (t.language().startsWith("en")) {
        b.setHeadline(t.headline());
      }
    }
    return b.build();
  }

  private static WatchedEntry watched(WatchedArea w) {
    return WatchedEntry.newBuilder()
        .setCode(w.area().code())
        .setProbability(w.probability())
        .setEarliestNs(w.earliest().nanos())
        .setLatestNs(w.latest().nanos())
        .build();
  }

  private static List<WatchedArea> watched(
      List<WatchedEntry> entries, Function<String, AdministrativeArea> areas) {
    return entries.stream()
        .map(
            e ->
                new WatchedArea(
                    areas.apply(e.getCode()),
                    e.getProbability(),
                    new UtcTime(e.getEarliestNs()),
                    new UtcTime(e.getLatestNs())))
        .toList();
  }

  private static List<AreaAtRisk> areas(
      List<AreaEntry> entries, Function<String, AdministrativeArea> areas) {
    List<AreaAtRisk> out = new ArrayList<>();
    for (AreaEntry e : entries) {
      out.add(
          new AreaAtRisk(
              areas.apply(e.getCode()),
              WireNumbers.AREA_KIND.value(e.getKind()),
              e.getProbability(),
              new UtcTime(e.getEarliestNs()),
              new UtcTime(e.getLatestNs())));
    }
    return out;
  }
}
