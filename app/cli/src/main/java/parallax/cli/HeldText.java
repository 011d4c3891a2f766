package parallax.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.engine.HeldReport;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.words.Words;

/** What is held, as a release officer reads it. */
final class HeldText {
  private HeldText() {}

  /** A line for each, the nearest deadline first. */
  static List<String> lines(List<HeldReport> held, UtcTime now) {
    return held.stream()
        .sorted(Comparator.comparing(HeldReport::deadline).thenComparingLong(HeldReport::id))
        .map(h -> line(h, now))
        .toList();
  }

  private static String line(HeldReport h, UtcTime now) {
    StringBuilder b =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%4d  %s  %-12s to %s  %s left",
                h.id(),
                h.track(),
                h.report().dataClass(),
                h.partner(),
                Words.span(h.deadline().secondsSince(now))));
    b.append(", held for ").append(Words.span(now.secondsSince(h.since())));
    b.append(", by rule '").append(h.rule()).append('\'');
    h.launch().ifPresent(p -> b.append("; launched at ").append(Words.place(p)));
    impactPlace(h).ifPresent(p -> b.append("; comes down at ").append(Words.place(p)));
    h.impactTime()
        .ifPresent(t -> b.append("; ").append("impact ").append(Words.away(t.secondsSince(now))));
    if (h.twoPerson()) {
      b.append("; two people must release it, so far ")
          .append(h.releasedBy().isEmpty() ? "nobody" : String.join(", ", h.releasedBy()));
    }
    return b.toString();
  }

  private static Optional<Geodetic> impactPlace(HeldReport h) {
    return h.report() instanceof Report.ImpactReport i
            && i.impact() instanceof ImpactPointPrediction.Predicted p
        ? Optional.of(p.point())
        : Optional.empty();
  }
}
