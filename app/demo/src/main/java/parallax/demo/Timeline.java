package parallax.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import parallax.engine.Picture;
import parallax.exercise.Flight;
import parallax.model.DropArea;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchFailure;
import parallax.model.Nation;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.wire.NodeEvent;

/** Says, a line at a time, what a person following the launch would want to hear. */
final class Timeline {
  /** A track that is missed for a few scans and seen again is not worth a line each time. */
  private static final double FLICKER_S = 60;

  private static final int MOST_WATCHED = 3;

  private final Flight flight;
  private final Consumer<String> out;
  private final SortedSet<String> said = new TreeSet<>();
  private final SortedMap<Nation, Long> firstKnownWallNs = new TreeMap<>();
  private final SortedMap<String, String> last = new TreeMap<>();
  private final SortedMap<Nation, Double> lastSeenOrLost = new TreeMap<>();

  Timeline(Flight flight, Consumer<String> out) {
    this.flight = flight;
    this.out = out;
  }

  synchronized void take(Nation nation, NodeEvent e) {
    double t = e.time().secondsSince(flight.launchTime());
    switch (e.body()) {
      case NodeEvent.PictureDrawn p -> {
        if (!p.picture().isWithdrawn()) {
          picture(nation, t, e, p.picture());
        }
      }
      case NodeEvent.AlertSent a -> alert(nation, t, a);
      case NodeEvent.Noticed n -> notice(nation, t, n);
      case NodeEvent.Decided d -> {}
      case NodeEvent.ReportReleased r -> {}
      case NodeEvent.RecordsTaken r -> {}
      case NodeEvent.GapSeen g -> {}
      case NodeEvent.Folded f -> {}
      case NodeEvent.Passed p -> {}
      case NodeEvent.OrderGiven o -> {}
      case NodeEvent.NoticeHeld n -> {}
    }
  }

  private void picture(Nation n, double t, NodeEvent e, Picture p) {
    switch (p.view()) {
      case NATIONAL -> national(n, t, e, p);
      case COMBINED -> combined(n, t, e, p);
      case COMMON -> {}
    }
  }

  private void national(Nation n, double t, NodeEvent e, Picture p) {
    p.launch()
        .ifPresent(
            l -> {
              if (once(n + " detects")) {
                firstKnownWallNs.putIfAbsent(n, e.wallNs());
                say(
                    t,
                    n,
                    String.format(
                        Locale.ROOT,
                        "detects a launch with its own sensors: %s, within %.0f km",
                        place(l.point()),
                        HorizontalEllipse.of(l.eastNorthM2()).semiMajorM() / 1e3));
              }
            });
    p.estimate()
        .ifPresent(
            est -> {
              if (est.status() != TrackStatus.TENTATIVE && once(n + " tracks")) {
                firstKnownWallNs.putIfAbsent(n, e.wallNs());
                say(t, n, "tracks it with its own sensors");
              }
              status(n, t, est);
            });
  }

  private static boolean isSight(TrackStatus s) {
    return s == TrackStatus.COASTED || s == TrackStatus.CONFIRMED;
  }

  private void status(Nation n, double t, TrackEstimate est) {
    String now =
        switch (est.status()) {
          case TENTATIVE -> "";
          case CONFIRMED -> "held";
          case COASTED -> "coasted";
          case LOST -> "lost";
          case ENDED -> "ended";
        };
    String before = last.put(n + " status", now);
    boolean flicker = t - lastSeenOrLost.getOrDefault(n, Double.NEGATIVE_INFINITY) < FLICKER_S;
    if (before != null && !before.equals(now) && !(flicker && isSight(est.status()))) {
      lastSeenOrLost.put(n, t);
      switch (est.status()) {
        case LOST -> say(t, n, "has LOST its own track: shown as lost, uncertainty growing");
        case COASTED -> say(t, n, "sees it no longer; its own track coasts");
        case CONFIRMED -> {
          if (!before.isEmpty()) {
            say(t, n, "sees it again with its own sensors");
          }
        }
        case ENDED -> say(t, n, "closes its own track");
        case TENTATIVE -> {}
      }
    }
  }

  private void combined(Nation n, double t, NodeEvent e, Picture p) {
    List<Nation> tellers = new ArrayList<>();
    p.sources().forEach(s -> tellers.add(s.originator()));
    for (Nation teller : tellers) {
      if (!teller.equals(n) && once(n + " hears of it from " + teller)) {
        Long known = firstKnownWallNs.get(teller);
        String delay =
            known == null || e.doneWallNs() == 0
                ? ""
                : String.format(
                    Locale.ROOT, ", %.1f ms after %s knew", (e.doneWallNs() - known) / 1e6, teller);
        boolean first = firstKnownWallNs.putIfAbsent(n, e.wallNs()) == null;
        say(
            t,
            n,
            first ? "knows of it, told by " + teller + delay : "is told by " + teller + " too");
      }
    }
    p.estimate().ifPresent(est -> phase(n, t, est));
    p.estimate().flatMap(TrackEstimate::failure).ifPresent(f -> failed(n, t, f));
    impact(n, t, p);
  }

  private void failed(Nation n, double t, LaunchFailure f) {
    if (once(n + " failed " + f.kind())) {
      say(
          t,
          n,
          String.format(
              Locale.ROOT,
              "takes the launch for failed (%.0f %%): it %s",
              100 * f.probability(),
              f.kind() == LaunchFailure.Kind.BROKE_UP ? "broke up" : "fell far short"));
    }
  }

  private void phase(Nation n, double t, TrackEstimate est) {
    String now = est.phase().toString();
    String before = last.put(n + " phase", now);
    if (!now.equals(before)
        && est.status() != TrackStatus.ENDED
        && (est.phase() == FlightPhase.COAST || est.phase() == FlightPhase.MANOEUVRE)
        && once(n + " phase " + now)) {
      say(
          t,
          n,
          est.phase() == FlightPhase.COAST
              ? "sees the motor out"
                  + (est.threatClass() == parallax.model.ThreatClass.UNKNOWN
                      ? ""
                      : "; class by energy: " + est.threatClass())
              : "sees it manoeuvre");
    }
  }

  private void impact(Nation n, double t, Picture p) {
    List<DropArea> drops = p.impact().dropAreas();
    for (int i = 0; i < drops.size(); i++) {
      DropArea d = drops.get(i);
      if (once(n + " stage " + i)) {
        say(
            t,
            n,
            String.format(
                Locale.ROOT,
                "expects a spent stage at %s at T+%.0f s (1 sigma %.0f km)",
                place(d.point()),
                d.time().secondsSince(flight.launchTime()),
                HorizontalEllipse.of(d.eastNorthM2()).semiMajorM() / 1e3));
      }
    }
    switch (p.impact()) {
      case ImpactPointPrediction.Predicted i -> {
        SortedSet<String> areas = new TreeSet<>();
        p.areas().forEach(a -> areas.add(a.area().nameEn()));
        double major = HorizontalEllipse.of(i.eastNorthM2()).semiMajorM() / 1e3;
        String now = areas.toString();
        String key = n + " areas";
        boolean first = once(n + " predicts");
        if (first || !now.equals(last.get(key))) {
          last.put(key, now);
          say(
              t,
              n,
              String.format(
                  Locale.ROOT,
                  "expects impact at %s at T+%.0f s (1 sigma %.0f km); its areas at risk: %s",
                  place(i.point()),
                  i.time().secondsSince(flight.launchTime()),
                  major,
                  areas.isEmpty() ? "none" : String.join(", ", areas)));
        }
      }
      case ImpactPointPrediction.NoImpactExpected i -> {
        if (once(n + " orbital")) {
          say(t, n, "expects no impact: its path does not meet the earth");
        }
      }
      case ImpactPointPrediction.ThreatFan f -> fan(n, t, p, f);
      case ImpactPointPrediction.CannotTellYet c -> {}
    }
  }

  /** The watch list when an area comes on it or leaves it. */
  private void fan(Nation n, double t, Picture p, ImpactPointPrediction.ThreatFan f) {
    SortedSet<String> names = new TreeSet<>();
    p.watched().forEach(w -> names.add(w.area().nameEn()));
    String now = names.toString();
    if (!now.equals(last.put(n + " watched", now)) && (!names.isEmpty() || once(n + " fan"))) {
      StringBuilder most = new StringBuilder();
      p.watched().stream()
          .sorted(Comparator.comparingDouble(w -> -w.probability()))
          .limit(MOST_WATCHED)
          .forEach(
              w ->
                  most.append(
                      String.format(
                          Locale.ROOT, " %s %.0f %%", w.area().nameEn(), 100 * w.probability())));
      say(
          t,
          n,
          String.format(
              Locale.ROOT,
              "sees the motor burn: impact within its fan of %d branches %.0f %%, none %.0f %%;"
                  + " areas to watch: %d%s",
              f.branches().size(),
              100 * f.impact(),
              100 * f.noImpact(),
              names.size(),
              names.isEmpty() ? "" : ", first" + most));
    }
  }

  private void alert(Nation n, double t, NodeEvent.AlertSent a) {
    SortedSet<String> areas = new TreeSet<>();
    a.areas().forEach(x -> areas.add(x.area().nameEn()));
    say(
        t,
        n,
        "ALERT (exercise) "
            + a.messageType().toLowerCase(Locale.ROOT).replace('_', ' ')
            + ": "
            + String.join(", ", areas));
  }

  private void notice(Nation n, double t, NodeEvent.Noticed notice) {
    switch (notice.kind()) {
      case "CONFIGURATION_REFUSED", "RECORD_QUARANTINED", "LINK_VIOLATION" -> {
        if (once(n + notice.kind() + notice.detail())) {
          say(t, n, notice.kind() + ": " + notice.detail());
        }
      }
      default -> {}
    }
  }

  private boolean once(String what) {
    return said.add(what);
  }

  private void say(double t, Nation n, String text) {
    out.accept(String.format(Locale.ROOT, "T%+8.1f s  %s  %s", t, n, text));
  }

  private static String place(Geodetic g) {
    return String.format(
        Locale.ROOT,
        "%.2f%s %.2f%s",
        Math.abs(g.latitudeDeg()),
        g.latitudeDeg() < 0 ? "S" : "N",
        Math.abs(g.longitudeDeg()),
        g.longitudeDeg() < 0 ? "W" : "E");
  }
}
