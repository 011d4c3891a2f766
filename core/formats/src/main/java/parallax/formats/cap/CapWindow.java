package parallax.formats.cap;

import parallax.model.UtcTime;
import parallax.warning.Alert;
import parallax.warning.AreaAtRisk;

/**
 * When the danger of a message begins and when the message lapses.
 *
 * @param onset the first area's earliest time
 * @param expires the last area's latest time, or the time it was sent if later, and a grace
 */
record CapWindow(UtcTime onset, UtcTime expires) {
  static CapWindow of(Alert alert, double graceS) {
    UtcTime onset = alert.sent();
    UtcTime last = alert.sent();
    boolean first = true;
    for (AreaAtRisk r : alert.areas()) {
      onset = first || r.earliest().isBefore(onset) ? r.earliest() : onset;
      last = UtcTime.max(last, r.latest());
      first = false;
    }
    return new CapWindow(onset, last.plusSeconds(graceS));
  }
}
