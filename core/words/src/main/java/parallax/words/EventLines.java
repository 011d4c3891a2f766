package parallax.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Picture;
import parallax.model.FlightPhase;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.warning.Alert;
import parallax.warning.AlertText;
import parallax.warning.AreaAtRisk;
import parallax.wire.NodeEvent;

/**
 * What a node does, in lines for the people on watch: each says one thing that has changed. What
 * only repeats, or moves by less than matters, is not said again.
 */
public final class EventLines {
  /** The kind of a line about an alert. */
  public static final String ALERT = "ALERT";

  /** An impact is said again after so many seconds, or once its areas have changed. */
  private static final double IMPACT_AGAIN_S = 30;

  /** Most launches, and most withheld kinds of reports, that are remembered: the newest. */
  private static final int MOST = 20_000;

  private final Map<TrackId, Known> known = new Newest<>();
  private final Map<String, Boolean> said = new Newest<>();

  /** Nothing was said yet. */
  public EventLines() {}

  /** Forgets what was not looked at for longest, once there is too much. */
  private static final class Newest<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    Newest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }

  /** What is said of a track. */
  private record State(TrackStatus status, FlightPhase phase, ThreatClass threatClass) {
    @Override
    public String toString() {
      return (status + ", " + phase + ", class " + threatClass).toLowerCase(Locale.ROOT);
    }
  }

  /** What was said of a launch. */
  private static final class Known {
    boolean launch;
    @Nullable State state;
    List<Nation> sources = List.of();
    String areas = "";
    String noAnswer = "";
    UtcTime impactSaid = new UtcTime(Long.MIN_VALUE / 2);
  }

  /**
   * A line.
   *
   * @param at the node's time
   * @param kind LAUNCH, TRACK, IMPACT, ALERT, WITHHELD, ORDER, or a notice's kind
   * @param subject what it is about, a track for example; empty: the node
   * @param text for people
   * @param figures the same in figures, by name, for programs
   */
  public record Line(
      UtcTime at, String kind, String subject, String text, Map<String, Object> figures) {
    /** Kind, subject and text; without the time. */
    public String words() {
      return (subject.isEmpty() ? "" : subject + ": ") + text;
    }

    @Override
    public String toString() {
      return at + "  " + String.format(Locale.ROOT, "%-9s", kind) + " " + words();
    }
  }

  /**
   * The lines that a drawing or an alert gives, in order; none when it says nothing new. All other
   * effects say nothing here.
   */
  public List<Line> of(UtcTime at, Effect e) {
    if (e instanceof Effect.PictureChanged p) {
      return picture(at, p.picture());
    }
    if (e instanceof Effect.AlertRaised r) {
      Alert a = r.action().alert();
      return List.of(
          alert(
              at,
              new NodeEvent.AlertSent(
                  a.identifier(),
                  a.messageType().name(),
                  a.eventKey(),
                  a.sent(),
                  a.areas(),
                  headline(a))));
    }
    return List.of();
  }

  private static String headline(Alert a) {
    return a.texts().stream()
        .filter(t -> t.language().startsWith("en"))
        .findFirst()
        .map(AlertText::headline)
        .orElse("");
  }

  /** The lines that an event gives, in order; none when it says nothing new. */
  public List<Line> of(NodeEvent e) {
    return switch (e.body()) {
      case NodeEvent.PictureDrawn p -> picture(e.time(), p.picture());
      case NodeEvent.AlertSent a -> List.of(alert(e.time(), a));
      case NodeEvent.Decided d -> decided(e.time(), d);
      case NodeEvent.GapSeen g ->
          List.of(
              line(
                  e.time(),
                  "LOST",
                  g.stream().toString(),
                  "records " + g.from() + " to " + g.to() + " will never come: " + g.reason()));
      case NodeEvent.OrderGiven o ->
          List.of(
              line(e.time(), "ORDER", "by " + o.by(), (o.done() ? "" : "refused: ") + o.detail()));
      case NodeEvent.NoticeHeld n ->
          List.of(
              line(
                  e.time(),
                  "NOTICE",
                  n.track().toString(),
                  n.partner() + " holds the recall, correction or change of label"));
      case NodeEvent.Noticed n -> List.of(line(e.time(), n.kind(), "", n.detail()));
      case NodeEvent.ReportReleased r -> List.of();
      case NodeEvent.RecordsTaken r -> List.of();
      case NodeEvent.Folded f -> List.of();
      case NodeEvent.Passed p -> List.of();
    };
  }

  private static Line line(UtcTime at, String kind, String subject, String text) {
    return new Line(at, kind, subject, text, Map.of());
  }

  private List<Line> picture(UtcTime at, Picture p) {
    if (p.view() != Picture.View.COMBINED) {
      return List.of();
    }
    String subject = p.event().toString();
    if (p.isWithdrawn()) {
      known.remove(p.event());
      String why = p.impact() instanceof ImpactPointPrediction.CannotTellYet c ? c.reason() : "";
      return List.of(line(at, "LAUNCH", subject, "is withdrawn: " + why));
    }
    Known k = known.computeIfAbsent(p.event(), x -> new Known());
    List<Line> out = new ArrayList<>();
    p.launch().filter(l -> !k.launch).ifPresent(l -> out.add(launch(at, p, l, k)));
    sources(at, p, k, out);
    p.estimate().ifPresent(e -> track(at, subject, e, k, out));
    impact(at, p, k, out);
    return out;
  }

  private static Line launch(UtcTime at, Picture p, LaunchPointEstimate l, Known k) {
    k.launch = true;
    double km = HorizontalEllipse.of(l.eastNorthM2()).semiMajorM() / 1e3;
    Map<String, Object> f = new LinkedHashMap<>();
    f.put("latitudeDeg", l.point().latitudeDeg());
    f.put("longitudeDeg", l.point().longitudeDeg());
    f.put("sigmaKm", km);
    f.put("time", l.time().toString());
    return new Line(
        at,
        "LAUNCH",
        p.event().toString(),
        String.format(
            Locale.ROOT,
            "a launch at %s (1 sigma %.0f km) at %s",
            Words.place(l.point()),
            km,
            l.time()),
        f);
  }

  /** Who knows of it: the originators of the tracks that the picture rests on. */
  private static void sources(UtcTime at, Picture p, Known k, List<Line> out) {
    List<Nation> now = p.sources().stream().map(TrackId::originator).distinct().toList();
    if (!now.equals(k.sources)) {
      k.sources = now;
      String codes = now.stream().map(Nation::code).collect(Collectors.joining(", "));
      out.add(line(at, "SOURCES", p.event().toString(), "known from " + codes));
    }
  }

  private static void track(UtcTime at, String subject, TrackEstimate e, Known k, List<Line> out) {
    // A track is coasted between two scans, and confirmed again by the next.
    State before = k.state;
    TrackStatus status =
        e.status() == TrackStatus.COASTED && before != null ? before.status() : e.status();
    State now = new State(status, e.phase(), e.threatClass());
    if (!now.equals(k.state)) {
      k.state = now;
      Map<String, Object> f = new LinkedHashMap<>();
      f.put("status", e.status().toString());
      f.put("phase", e.phase().toString());
      f.put("class", e.threatClass().toString());
      f.put("speedMps", e.state().velocityMps().norm());
      out.add(new Line(at, "TRACK", subject, now.toString(), f));
    }
  }

  private static void impact(UtcTime at, Picture p, Known k, List<Line> out) {
    switch (p.impact()) {
      case ImpactPointPrediction.Predicted i -> {
        String areas = areas(p.areas());
        k.noAnswer = "";
        if (!areas.equals(k.areas) || at.secondsSince(k.impactSaid) >= IMPACT_AGAIN_S) {
          k.areas = areas;
          k.impactSaid = at;
          out.add(predicted(at, p, i, areas));
        }
      }
      case ImpactPointPrediction.ThreatFan f ->
          noAnswer(at, p, k, "the motor burns; where it comes down is not known yet", out);
      case ImpactPointPrediction.NoImpactExpected n ->
          noAnswer(at, p, k, "no impact on the ground is expected", out);
      case ImpactPointPrediction.CannotTellYet c ->
          noAnswer(at, p, k, "no prediction: " + c.reason(), out);
    }
  }

  private static void noAnswer(UtcTime at, Picture p, Known k, String why, List<Line> out) {
    if (!why.equals(k.noAnswer)) {
      k.noAnswer = why;
      k.areas = "";
      out.add(line(at, "IMPACT", p.event().toString(), why));
    }
  }

  private static Line predicted(
      UtcTime at, Picture p, ImpactPointPrediction.Predicted i, String areas) {
    double km = HorizontalEllipse.of(i.eastNorthM2()).semiMajorM() / 1e3;
    double left = i.time().secondsSince(at);
    Map<String, Object> f = new LinkedHashMap<>();
    f.put("latitudeDeg", i.point().latitudeDeg());
    f.put("longitudeDeg", i.point().longitudeDeg());
    f.put("sigmaKm", km);
    f.put("time", i.time().toString());
    f.put("secondsLeft", left);
    f.put("areas", p.areas().stream().map(a -> a.area().code()).toList());
    return new Line(
        at,
        "IMPACT",
        p.event().toString(),
        String.format(
            Locale.ROOT,
            "at %s (1 sigma %.0f km) at %s, %s; areas at risk of this nation: %s",
            Words.place(i.point()),
            km,
            i.time(),
            Words.away(left),
            areas.isEmpty() ? "none" : areas),
        f);
  }

  private static String areas(List<AreaAtRisk> areas) {
    return areas.stream().map(EventLines::area).collect(Collectors.joining(", "));
  }

  /** Code, name and probability, rounded down to tens of percent. */
  static String area(AreaAtRisk a) {
    return String.format(
        Locale.ROOT,
        "%s %s %.0f %%",
        a.area().code(),
        a.area().nameEn(),
        10 * Math.floor(10 * a.probability()));
  }

  private Line alert(UtcTime at, NodeEvent.AlertSent a) {
    Map<String, Object> f = new LinkedHashMap<>();
    f.put("identifier", a.identifier());
    f.put("messageType", a.messageType());
    f.put("areas", a.areas().stream().map(r -> r.area().code()).toList());
    String areas = areas(a.areas());
    return new Line(
        at,
        ALERT,
        a.eventKey(),
        a.messageType()
            + " "
            + a.identifier()
            + ": "
            + a.headline()
            + (areas.isEmpty() ? "" : "; for " + areas),
        f);
  }

  /** Of what is withheld each rule is said once for each track, data class and partner. */
  private List<Line> decided(UtcTime at, NodeEvent.Decided d) {
    String what = d.dataClass() + " of " + d.track() + " to " + d.partner() + " by " + d.rule();
    if (d.released() || said.put(what, true) != null) {
      return List.of();
    }
    return List.of(
        line(
            at,
            "WITHHELD",
            d.track().toString(),
            d.dataClass() + " from " + d.partner() + ": " + d.reason() + " (" + d.rule() + ")"));
  }
}
