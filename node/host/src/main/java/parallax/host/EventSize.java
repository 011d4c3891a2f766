package parallax.host;

import parallax.engine.Effect;
import parallax.engine.Picture;
import parallax.model.ImpactPointPrediction;
import parallax.warning.Alert;
import parallax.warning.AlertText;

/**
 * About how much memory an event takes, bytes. The figures are generous: what is shared with others
 * counts in full, so that a budget in bytes really holds.
 */
final class EventSize {
  /** Watchers are not told of such an effect, so it is not held. */
  static final long NOT_FOR_WATCHERS = 0;

  /** An event with an effect of a few numbers and names. */
  private static final long SMALL = 256;

  /** A picture without its lists: estimate, covariances, launch point, label. */
  private static final long PICTURE = 6_144;

  private static final long PATH_POINT = 128;
  private static final long AREA = 128;
  private static final long TRACK = 64;
  private static final long BRANCH = 320;

  private EventSize() {}

  /** The size of an event with this effect; {@link #NOT_FOR_WATCHERS} when it is not held. */
  static long of(Effect effect) {
    return switch (effect) {
      case Effect.PictureChanged p -> picture(p.picture());
      case Effect.AlertRaised a -> alert(a.action().alert());
      case Effect.DecisionRecorded d ->
          SMALL + text(d.rule()) + text(d.clause()) + text(d.reason());
      case Effect.NoticeRaised n -> SMALL + text(n.detail());
      case Effect.OrderAnswered o -> SMALL + text(o.detail()) + 2 * text(o.order().toString());
      case Effect.OutboxAppended o -> SMALL;
      case Effect.RecordsTaken r -> SMALL;
      case Effect.GapRecorded g -> SMALL;
      case Effect.RecordFolded f -> SMALL;
      case Effect.Relayed r -> SMALL;
      case Effect.NoticeApplied a -> SMALL;
      case Effect.SendFrame f -> NOT_FOR_WATCHERS;
      case Effect.CloseLink c -> NOT_FOR_WATCHERS;
      case Effect.CutLink c -> NOT_FOR_WATCHERS;
      case Effect.DialLink d -> NOT_FOR_WATCHERS;
      case Effect.CursorMoved c -> NOT_FOR_WATCHERS;
      case Effect.PlotsAcknowledged p -> NOT_FOR_WATCHERS;
      case Effect.PlotNotUsed p -> NOT_FOR_WATCHERS;
    };
  }

  private static long picture(Picture p) {
    int branches =
        p.impact() instanceof ImpactPointPrediction.ThreatFan f ? f.branches().size() : 0;
    return PICTURE
        + PATH_POINT * p.path().size()
        + AREA * (p.areas().size() + p.watched().size())
        + TRACK * p.sources().size()
        + BRANCH * (branches + p.impact().dropAreas().size());
  }

  private static long alert(Alert a) {
    long bytes = SMALL + AREA * (a.areas().size() + a.references().size());
    for (AlertText t : a.texts()) {
      bytes +=
          SMALL
              + text(t.event())
              + text(t.headline())
              + text(t.description())
              + text(t.instruction());
    }
    return bytes;
  }

  private static long text(String s) {
    return 2L * s.length();
  }
}
