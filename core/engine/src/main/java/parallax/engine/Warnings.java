package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import parallax.model.Channel;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.warning.AlertAction;
import parallax.warning.AlertBook;
import parallax.warning.AlertBookState;
import parallax.warning.AlertSettings;
import parallax.warning.AreaAtRisk;
import parallax.warning.AreaCatalogue;
import parallax.warning.AreasAtRisk;
import parallax.warning.Evidence;
import parallax.warning.RiskSettings;
import parallax.warning.WatchList;
import parallax.warning.WatchedArea;

/** Which of the nation's own areas are at risk, and what its people are told. */
final class Warnings {
  private final Nation nation;
  private final AreaCatalogue catalogue;
  private final RiskSettings risk = RiskSettings.DEFAULT;
  private final AlertBook book;

  /** With the alerts of another. */
  Warnings(Nation nation, Channel channel, AreaCatalogue catalogue, AlertBookState state) {
    this.nation = nation;
    this.catalogue = catalogue;
    this.book = new AlertBook(nation, channel, AlertSettings.DEFAULT, state, catalogue);
  }

  /** The alerts as they stand. */
  AlertBookState state() {
    return book.state();
  }

  /** The nation's areas at risk from one prediction. */
  List<AreaAtRisk> areas(ImpactPointPrediction impact, List<PathPoint> path) {
    return AreasAtRisk.assess(catalogue, nation, impact, path, risk);
  }

  /** The nation's areas under a threat fan; none under anything else. */
  List<WatchedArea> watched(ImpactPointPrediction impact) {
    return impact instanceof ImpactPointPrediction.ThreatFan f
        ? WatchList.of(catalogue, nation, f, risk)
        : List.of();
  }

  /** Takes a new combined picture; returns what is to be told to the public. */
  List<AlertAction> onPicture(Picture p, UtcTime now) {
    String key = p.event().toString();
    boolean ended =
        p.estimate().map(TrackEstimate::status).filter(s -> s == TrackStatus.ENDED).isPresent();
    p.estimate().ifPresent(e -> book.seenAt(key, e.state().timeOfValidity(), now));
    List<AlertAction> out = new ArrayList<>();
    if (ended) {
      out.addAll(book.onEnd(key, now));
    } else if (AreasAtRisk.canTell(p.impact(), risk)) {
      out.addAll(book.onAssessment(key, new Evidence(p.sources()), p.areas(), now));
    } else {
      out.addAll(book.onInconclusive(key, new Evidence(p.sources()), p.areas(), now));
    }
    return out;
  }

  /**
   * An event is shown no longer. When it is part of another, one alert goes on for both. When all
   * that was said of it was taken back, so is its alert. When it was forgotten, its alert stands
   * until its last window is over.
   */
  List<AlertAction> onWithdrawn(CombinedPicture.Withdrawal w, UtcTime now) {
    String key = w.event().toString();
    if (w.partOf().isPresent()) {
      return book.join(key, w.partOf().get().toString(), now);
    }
    return w.forgotten() ? book.forget(key, now) : book.takeBack(key, now);
  }

  /** The events with a standing alert. */
  List<String> standing() {
    return book.standingEvents();
  }

  /** The node's clock jumps; no action follows from that. */
  void clockCorrected(Restamp r) {
    book.clockCorrected(r.byNs(), r.now());
  }

  /** Lets time pass for one event: its all-clear falls due. */
  List<AlertAction> onTick(String event, UtcTime now) {
    return book.onTick(event, now);
  }
}
