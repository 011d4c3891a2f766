package parallax.engine;

import java.util.Optional;
import parallax.link.Lane;
import parallax.model.ImpactPointPrediction;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.Wgs84;

/**
 * Which lane a report takes. Urgent is what may change what a partner does: a launch, a notice, and
 * an impact prediction that is the first, or gives another kind of answer, another place or another
 * time than the last urgent one of its track. A threat fan is no answer yet: it moves all the time
 * and nobody is alerted by it. A prediction with one more spent stage is always urgent. Bounded by
 * {@link TrackMap}.
 */
final class Urgency {
  /** How far an impact point moves before that is urgent, metres: the tolerance of areas. */
  static final double MOVED_M = 25_000;

  /** How far an impact time moves before that is urgent, seconds. */
  static final double MOVED_S = 30;

  private final TrackMap<ImpactPointPrediction> last;

  Urgency() {
    this(TracksState.empty());
  }

  /** With the last urgent predictions that another held. */
  Urgency(TracksState<ImpactPointPrediction> last) {
    this.last = new TrackMap<>(last);
  }

  TracksState<ImpactPointPrediction> state() {
    return last.state();
  }

  Lane laneOf(Report report) {
    return switch (report) {
      case Report.LaunchReport r -> Lane.URGENT;
      case Report.Notice n -> Lane.URGENT;
      case Report.TrackReport r -> Lane.BULK;
      case Report.ImpactReport r -> laneOf(r);
    };
  }

  private Lane laneOf(Report.ImpactReport report) {
    TrackId track = report.header().track();
    Optional<ImpactPointPrediction> before = last.get(track);
    boolean stages = !report.impact().dropAreas().isEmpty();
    boolean urgent =
        before.map(b -> differs(b, report.impact())).orElse(report.impact().isAnswer() || stages);
    if (!urgent) {
      return Lane.BULK;
    }
    last.put(track, report.impact());
    return Lane.URGENT;
  }

  private static boolean differs(ImpactPointPrediction before, ImpactPointPrediction now) {
    if (now.dropAreas().size() > before.dropAreas().size()) {
      return true;
    }
    return switch (now) {
      case Predicted p ->
          !(before instanceof Predicted b)
              || Math.abs(p.time().secondsSince(b.time())) > MOVED_S
              || Wgs84.toEcef(p.point()).minus(Wgs84.toEcef(b.point())).norm() > MOVED_M;
      case ImpactPointPrediction.ThreatFan f -> before.isAnswer();
      case ImpactPointPrediction.CannotTellYet c -> before.isAnswer();
      case ImpactPointPrediction.NoImpactExpected n ->
          !(before instanceof ImpactPointPrediction.NoImpactExpected);
    };
  }
}
