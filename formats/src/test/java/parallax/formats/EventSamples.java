package parallax.formats;

import java.util.List;
import java.util.Optional;
import parallax.engine.Effect;
import parallax.engine.Picture;
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

/** One effect of each kind that watchers hear of, and what they must hear. */
final class EventSamples {
  private static final TrackId TRACK = new TrackId(Nation.KOR, 7);

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
            List.of(area));
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
            List.of());
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
            List.of());
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
        new Effect.PictureChanged(full),
        new Effect.PictureChanged(bare),
        new Effect.PictureChanged(withdrawn),
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
        new Effect.RecordsTaken(Nation.KOR, 5, 3, 99),
        new Effect.NoticeRaised(Effect.NoticeKind.LINK_STATE, "stream to KOR is UP"),
        new Effect.OutboxAppended(Nation.USA, 12, new byte[] {1}));
  }

  static NodeEvent.Body expected(Effect effect) {
    return switch (effect) {
      case Effect.PictureChanged p -> new NodeEvent.PictureDrawn(p.picture());
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
          new NodeEvent.RecordsTaken(r.partner(), r.firstSeq(), r.count(), r.sentAtWallNs());
      case Effect.NoticeRaised n -> new NodeEvent.Noticed(n.kind().name(), n.detail());
      case Effect.OutboxAppended o -> new NodeEvent.ReportReleased(o.partner(), o.seq());
      case Effect.CursorMoved c -> throw new AssertionError(c);
      case Effect.SendFrame s -> throw new AssertionError(s);
      case Effect.CloseLink c -> throw new AssertionError(c);
      case Effect.PlotsAcknowledged p -> throw new AssertionError(p);
    };
  }
}
