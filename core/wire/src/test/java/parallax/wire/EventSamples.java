package parallax.wire;

import java.util.List;
import java.util.Optional;
import parallax.engine.Effect;
import parallax.engine.Picture;
import parallax.link.Frame;
import parallax.link.GapReason;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.Alert;
import parallax.warning.AlertAction;
import parallax.warning.AlertText;
import parallax.warning.AreaAtRisk;
import parallax.warning.AreaCatalogue;
import parallax.warning.Evidence;
import parallax.warning.WatchedArea;

/** One effect of each kind that watchers hear of, and what they must hear. */
final class EventSamples {
  private static final TrackId TRACK = new TrackId(Nation.KOR, 7);
  private static final StreamId STREAM = new StreamId(Nation.KOR, Nation.USA, Lane.BULK);

  private EventSamples() {}

  static List<Effect> all() {
    Made made = new Made(9);
    AreaAtRisk area =
        new AreaAtRisk(
            AreaCatalogue.bundled().areas(Nation.JPN).get(0),
            AreaAtRisk.Kind.OVERFLIGHT,
            0.25,
            new UtcTime(5),
            new UtcTime(6));
    Picture full =
        new Picture(
            Picture.View.COMBINED,
            TRACK,
            new UtcTime(8),
            List.of(TRACK, new TrackId(Nation.USA, 3)),
            Optional.of(made.launch()),
            Optional.of(made.estimate()),
            made.impact(),
            List.of(new PathPoint(made.time(), made.place(), 12)),
            List.of(area),
            List.of(new WatchedArea(area.area(), 0.125, new UtcTime(5), new UtcTime(7))),
            Optional.of(made.label(Nation.KOR)));
    Picture bare =
        new Picture(
            Picture.View.NATIONAL,
            TRACK,
            new UtcTime(8),
            List.of(TRACK),
            Optional.empty(),
            Optional.empty(),
            made.impact(),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(made.label(Nation.KOR)));
    Picture withdrawn =
        new Picture(
            Picture.View.COMMON,
            TRACK,
            new UtcTime(8),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            made.impact(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    Alert alert =
        new Alert(
            "JPN-EXERCISE-KOR-7-1",
            Channel.EXERCISE,
            Nation.JPN,
            "KOR-7",
            Alert.MessageType.ALERT,
            new UtcTime(9),
            List.of(area),
            List.of(),
            new Evidence(List.of(TRACK)),
            List.of(
                new AlertText("ja-JP", "出来事", "見出し", "説明", "指示"),
                new AlertText("en-GB", "event", "headline", "description", "instruction")));
    return List.of(
        new Effect.PictureChanged(full, Optional.of(new UtcTime(77))),
        new Effect.PictureChanged(bare, Optional.empty()),
        new Effect.PictureChanged(withdrawn, Optional.empty()),
        new Effect.AlertRaised(new AlertAction.Issue(alert)),
        new Effect.DecisionRecorded(
            new UtcTime(2),
            Nation.USA,
            TRACK,
            Report.DataClass.IMPACT_POINT,
            true,
            "rule",
            "clause",
            ""),
        new Effect.DecisionRecorded(
            new UtcTime(2),
            Nation.USA,
            TRACK,
            Report.DataClass.NOTICE,
            false,
            "(suspended)",
            "suspension",
            "the partner is suspended"),
        new Effect.RecordsTaken(STREAM, 5, 3, 99),
        new Effect.NoticeRaised(Effect.NoticeKind.LINK_STATE, "KOR>USA/BULK with USA is UP"),
        new Effect.OutboxAppended(STREAM, 12, new byte[] {1}),
        new Effect.GapRecorded(STREAM, 3, 9, GapReason.RETENTION),
        new Effect.GapRecorded(STREAM, 3, 9, GapReason.SUSPENSION),
        new Effect.GapRecorded(STREAM, 3, 9, GapReason.UNKNOWN),
        new Effect.RecordFolded(STREAM, 7, 11),
        new Effect.Relayed(STREAM, 7, 8),
        new Effect.NoticeApplied(Nation.USA, TRACK, 4),
        new Effect.OrderAnswered("op", made.order(), true, "USA is resumed"),
        new Effect.OrderAnswered("op", made.order(), false, "AUS is no partner"));
  }

  /** What watchers do not hear of. */
  static List<Effect> unheard() {
    Wire wire = new Wire(Nation.USA, STREAM);
    return List.of(
        new Effect.CursorMoved(STREAM, 3, new byte[32]),
        new Effect.SendFrame(wire, new Frame.Heartbeat(1, 2)),
        new Effect.CloseLink(wire, "done"),
        new Effect.CutLink(wire, "suspended"),
        new Effect.DialLink(wire),
        new Effect.PlotsAcknowledged("feed", 3));
  }

  static NodeEvent.Body expected(Effect effect) {
    return switch (effect) {
      case Effect.PictureChanged p -> new NodeEvent.PictureDrawn(p.picture(), p.deleteBy());
      case Effect.AlertRaised a ->
          new NodeEvent.AlertSent(
              a.action().alert().identifier(),
              "ALERT",
              "KOR-7",
              a.action().alert().sent(),
              a.action().alert().areas(),
              "headline");
      case Effect.DecisionRecorded d ->
          new NodeEvent.Decided(
              d.partner(),
              d.track(),
              d.dataClass(),
              d.released(),
              d.rule(),
              d.clause(),
              d.reason());
      case Effect.RecordsTaken r ->
          new NodeEvent.RecordsTaken(r.stream(), r.firstSeq(), r.count(), r.sentAtWallNs());
      case Effect.NoticeRaised n -> new NodeEvent.Noticed(n.kind().name(), n.detail());
      case Effect.OutboxAppended o -> new NodeEvent.ReportReleased(o.stream(), o.seq());
      case Effect.GapRecorded g ->
          new NodeEvent.GapSeen(g.stream(), g.from(), g.to(), g.reason().name());
      case Effect.RecordFolded r -> new NodeEvent.Folded(r.stream(), r.seq(), r.into());
      case Effect.Relayed r -> new NodeEvent.Passed(r.stream(), r.from(), r.to());
      case Effect.NoticeApplied a -> new NodeEvent.NoticeHeld(a.partner(), a.track(), a.seq());
      case Effect.OrderAnswered o ->
          new NodeEvent.OrderGiven(o.by(), o.order(), o.done(), o.detail());
      case Effect.CutLink c -> throw new AssertionError(c);
      case Effect.DialLink d -> throw new AssertionError(d);
      case Effect.CursorMoved c -> throw new AssertionError(c);
      case Effect.SendFrame s -> throw new AssertionError(s);
      case Effect.CloseLink c -> throw new AssertionError(c);
      case Effect.PlotsAcknowledged p -> throw new AssertionError(p);
      case Effect.PlotNotUsed p -> throw new AssertionError(p);
    };
  }
}
