package parallax.warning;

import parallax.model.UtcTime;

/** An area in view: how steadily it has been named, or not named, of late. */
final class AreaHistory {
  private AreaAtRisk risk;
  private int seen;
  private UtcTime firstSeen;
  private int missed;
  private UtcTime firstMissed;
  private boolean confirmed;

  AreaHistory(AreaAtRisk risk, UtcTime now) {
    this.risk = risk;
    this.firstSeen = now;
    this.firstMissed = now;
  }

  /** As another had it. */
  AreaHistory(AlertBookState.History state, AreaCatalogue catalogue) {
    risk = state.risk().in(catalogue);
    seen = state.seen();
    firstSeen = state.firstSeen();
    missed = state.missed();
    firstMissed = state.firstMissed();
    confirmed = state.confirmed();
  }

  /** As it stands. */
  AlertBookState.History state() {
    return new AlertBookState.History(
        AlertBookState.Risk.of(risk), seen, firstSeen, missed, firstMissed, confirmed);
  }

  AreaAtRisk risk() {
    return risk;
  }

  boolean isConfirmed() {
    return confirmed;
  }

  /** The one of two that will be, or was, confirmed sooner. */
  static AreaHistory sooner(AreaHistory a, AreaHistory b) {
    return a.confirmed == b.confirmed ? (b.seen > a.seen ? b : a) : a.confirmed ? a : b;
  }

  void clockCorrected(long byNs) {
    firstSeen = new UtcTime(firstSeen.nanos() + byNs);
    firstMissed = new UtcTime(firstMissed.nanos() + byNs);
  }

  void named(AreaAtRisk next, AlertSettings s, UtcTime now, UtcTime byWindows) {
    boolean begun = confirmed && !byWindows.isBefore(risk.earliest());
    risk = begun && risk.earliest().isBefore(next.earliest()) ? from(risk.earliest(), next) : next;
    missed = 0;
    seen++;
    confirmed |=
        seen >= s.confirmations() && now.secondsSince(firstSeen) >= s.confirmSpanS() - 1e-6;
  }

  private static AreaAtRisk from(UtcTime earliest, AreaAtRisk r) {
    return new AreaAtRisk(r.area(), r.kind(), r.probability(), earliest, r.latest());
  }

  /** Whether it is to be let go. */
  boolean notNamed(AlertSettings s, UtcTime now, UtcTime byWindows) {
    if (!confirmed) {
      return true;
    }
    if (!byWindows.isBefore(risk.earliest())) {
      return false;
    }
    if (missed == 0) {
      firstMissed = now;
    }
    missed++;
    return missed >= s.drops() && now.secondsSince(firstMissed) >= s.dropSpanS() - 1e-6;
  }
}
