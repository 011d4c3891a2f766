package parallax.demo;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import parallax.engine.Picture;
import parallax.evaluation.ExerciseParties;
import parallax.exercise.Flight;
import parallax.model.DropArea;
import parallax.model.LaunchFailure;
import parallax.model.Nation;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.report.ReportWords;
import parallax.wire.NodeEvent;

/**
 * Says, a line at a time and in order of time, what an officer following the launch would want to
 * hear: who sees what by whose sensors, what it means, and who is warned.
 */
final class Timeline {
  private final Flight flight;
  private final TimedLines lines;
  private final SortedSet<String> said = new TreeSet<>();
  private final SortedMap<Nation, Long> knewWallNs = new TreeMap<>();
  private final SortedMap<Nation, NationStory> stories = new TreeMap<>();

  /**
   * Nothing is said yet.
   *
   * @param flight the truth; times are told from its launch on
   * @param longestWaitS how long a line waits for what other nodes tell, in the exercise's seconds
   * @param out where lines go
   */
  Timeline(Flight flight, double longestWaitS, Consumer<String> out) {
    this.flight = flight;
    this.lines = new TimedLines(ExerciseParties.NATIONS, longestWaitS, out);
    for (Nation n : ExerciseParties.NATIONS) {
      stories.put(n, new NationStory(n, (t, text) -> lines.say(t, n, () -> text)));
    }
  }

  synchronized void take(Nation nation, NodeEvent e) {
    double t = sinceLaunch(e.time());
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
    lines.heard(nation, t);
  }

  /** A line of the demo's own among the others. */
  synchronized void note(double tS, String text) {
    lines.note(tS, text);
  }

  /** Says all that still waits for other nodes. */
  synchronized void end() {
    lines.end();
  }

  private double sinceLaunch(UtcTime t) {
    return t.secondsSince(flight.launchTime());
  }

  private void say(double t, Nation n, String text) {
    lines.say(t, n, () -> text);
  }

  private boolean once(String what) {
    return said.add(what);
  }

  private NationStory story(Nation n) {
    NationStory s = stories.get(n);
    if (s == null) {
      throw new IllegalArgumentException(n + " takes no part");
    }
    return s;
  }

  private void picture(Nation n, double t, NodeEvent e, Picture p) {
    switch (p.view()) {
      case NATIONAL -> national(n, t, e, p);
      case COMBINED -> {
        told(n, t, e, p);
        story(n).combined(t, p);
        stages(n, t, p);
        p.estimate().flatMap(TrackEstimate::failure).ifPresent(f -> failed(n, t, f));
      }
      case COMMON -> {}
    }
  }

  private void national(Nation n, double t, NodeEvent e, Picture p) {
    boolean tracked = p.estimate().filter(x -> x.status() != TrackStatus.TENTATIVE).isPresent();
    if (p.launch().isPresent() || tracked) {
      knewWallNs.putIfAbsent(n, e.wallNs());
    }
    p.launch()
        .filter(l -> once(n + " detects"))
        .ifPresent(
            l ->
                say(
                    t,
                    n,
                    "detects a launch with its own sensors: at "
                        + ReportWords.estimated(l.point(), l.eastNorthM2())));
    p.estimate().ifPresent(est -> story(n).ownTrack(t, est));
  }

  /** Each partner that tells of it is named when its report comes first. */
  private void told(Nation n, double t, NodeEvent e, Picture p) {
    for (Nation teller : p.sources().stream().map(s -> s.originator()).distinct().toList()) {
      if (!teller.equals(n) && once(n + " hears of it from " + teller)) {
        boolean first = knewWallNs.putIfAbsent(n, e.wallNs()) == null;
        lines.say(
            t,
            n,
            () ->
                first
                    ? "knows of it by " + teller + "'s report" + delay(teller, e.doneWallNs())
                    : "is told by " + teller + " too");
      }
    }
  }

  /** Asked when the line is printed: by then the teller's own event has come. */
  private String delay(Nation teller, long doneWallNs) {
    Long knew = knewWallNs.get(teller);
    return knew == null || doneWallNs <= knew
        ? ""
        : String.format(Locale.ROOT, ", %.0f ms after %s knew", (doneWallNs - knew) / 1e6, teller);
  }

  private void stages(Nation n, double t, Picture p) {
    List<DropArea> drops = p.impact().dropAreas();
    for (int i = 0; i < drops.size(); i++) {
      DropArea d = drops.get(i);
      if (once(n + " stage " + i)) {
        say(
            t,
            n,
            "expects a spent stage to come down at "
                + ReportWords.estimated(d.point(), d.eastNorthM2())
                + " at "
                + ReportWords.at(Math.rint(sinceLaunch(d.time()))));
      }
    }
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

  private void alert(Nation n, double t, NodeEvent.AlertSent a) {
    List<String> names = a.areas().stream().map(x -> x.area().nameEn()).sorted().toList();
    double left =
        a.areas().stream()
            .mapToDouble(x -> x.earliest().secondsSince(a.sent()))
            .min()
            .orElse(Double.NaN);
    String what =
        switch (a.messageType()) {
          case "ALERT" -> "WARNS ";
          case "UPDATE" -> "UPDATES ITS WARNING: ";
          case "CANCEL" -> "WITHDRAWS ITS WARNING";
          default -> "GIVES THE ALL-CLEAR";
        };
    boolean warns = WarnedText.warns(a);
    say(
        t,
        n,
        "EXERCISE ALERT: "
            + what
            + (warns ? ReportWords.list(names) : "")
            + (warns && left > 0
                ? "; it can arrive there in " + ReportWords.span(left) + " at the earliest"
                : ""));
  }

  private void notice(Nation n, double t, NodeEvent.Noticed notice) {
    String what =
        switch (notice.kind()) {
          case "CONFIGURATION_REFUSED" -> "shares nothing: ";
          case "RECORD_QUARANTINED" -> "has set a partner's record aside: ";
          case "LINK_VIOLATION" -> "has refused what came over a link: ";
          default -> "";
        };
    if (!what.isEmpty() && once(n + notice.kind() + notice.detail())) {
      say(t, n, what + notice.detail());
    }
  }
}
