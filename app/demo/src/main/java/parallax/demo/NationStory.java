package parallax.demo;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parallax.engine.Picture;
import parallax.model.FlightPhase;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.report.ReportWords;

/**
 * What one nation knows of a launch as it goes on, and by whose sensors. What changes back within a
 * few seconds is not said; nothing is said that contradicts what was said before without saying
 * that it has changed.
 */
final class NationStory {
  /** A change is said once it has lasted so long. */
  static final double SETTLED_S = 10;

  private static final double AGAIN_S = 30;
  private static final double MUCH_MORE_CERTAIN = 5;
  private static final double SURE_ENOUGH_M = 2_000;
  private static final int MOST_NAMED = 3;

  /** Whose sensors see it. */
  enum Sight {
    NOT_YET,
    OWN,
    PARTNERS,
    NOBODY
  }

  /** What the motor does. */
  enum Motor {
    UNKNOWN,
    BURNS,
    OUT
  }

  /** Says a line about this nation. */
  interface Voice {
    void say(double tS, String text);
  }

  private final Nation nation;
  private final Voice voice;
  private final Settling<Sight> sight = new Settling<>(Sight.NOT_YET);
  private final Settling<Motor> motor = new Settling<>(Motor.UNKNOWN);
  private final Settling<ThreatClass> threat = new Settling<>(ThreatClass.UNKNOWN);
  private final Settling<String> areas = new Settling<>("");
  private final Settling<String> watched = new Settling<>("");
  private TrackStatus own = TrackStatus.TENTATIVE;
  private boolean tracksItself;
  private boolean ownLost;
  private SortedSet<Nation> tellers = new TreeSet<>();
  private boolean combinedSees;
  private double sigmaSaidM = Double.POSITIVE_INFINITY;
  private double watchedSaidS = Double.NEGATIVE_INFINITY;
  private boolean noImpactSaid;

  NationStory(Nation nation, Voice voice) {
    this.nation = nation;
    this.voice = voice;
  }

  /** Its own sensors' track. */
  void ownTrack(double t, TrackEstimate e) {
    own = e.status();
    if (own != TrackStatus.TENTATIVE && !tracksItself) {
      tracksItself = true;
      voice.say(t, "tracks it with its own sensors");
      sight.start(t, Sight.OWN);
    }
    if (own == TrackStatus.CONFIRMED) {
      ownLost = false;
    }
    seen(t);
    if (own == TrackStatus.LOST && !ownLost) {
      ownLost = true;
      voice.say(t, "has LOST it with its own sensors; " + goesOn());
      sight.start(t, now());
    }
  }

  /** Its combined picture. */
  void combined(double t, Picture p) {
    tellers = new TreeSet<>();
    p.sources().stream()
        .map(s -> s.originator())
        .filter(o -> !o.equals(nation))
        .forEach(o -> tellers.add(o));
    if (sight.said() == Sight.NOT_YET && !tellers.isEmpty()) {
      sight.start(t, Sight.PARTNERS);
    }
    combinedSees = p.estimate().filter(e -> e.status() == TrackStatus.CONFIRMED).isPresent();
    seen(t);
    boolean over = p.estimate().filter(e -> e.status() == TrackStatus.ENDED).isPresent();
    if (!over) {
      motor(t, p);
      impact(t, p);
    }
  }

  private Sight now() {
    if (own == TrackStatus.CONFIRMED) {
      return Sight.OWN;
    }
    return combinedSees && !tellers.isEmpty() ? Sight.PARTNERS : Sight.NOBODY;
  }

  private void seen(double t) {
    if (sight.said() == Sight.NOT_YET || own == TrackStatus.ENDED) {
      return;
    }
    Sight before = sight.said();
    double since = sight.settled(t, now());
    if (Double.isNaN(since)) {
      return;
    }
    switch (sight.said()) {
      case OWN -> voice.say(t, "sees it again with its own sensors");
      case PARTNERS, NOBODY ->
          voice.say(
              t,
              (before == Sight.OWN
                      ? "has not seen it with its own sensors since " + ReportWords.at(since) + "; "
                      : "")
                  + goesOn());
      case NOT_YET -> {}
    }
  }

  private String goesOn() {
    return now() == Sight.PARTNERS
        ? "it goes on by the reports of " + names(tellers)
        : "no partner sees it either: the track is carried on, less and less certain";
  }

  /** By whose sensors what is said next is known. */
  private String by() {
    boolean mine = own == TrackStatus.CONFIRMED;
    if (tellers.isEmpty()) {
      return "by its own sensors: ";
    }
    return (mine ? "by its own sensors and the reports of " : "by the reports of ")
        + names(tellers)
        + ": ";
  }

  private static String names(SortedSet<Nation> nations) {
    return ReportWords.list(nations.stream().map(Nation::code).toList());
  }

  private void motor(double t, Picture p) {
    boolean burns = p.impact() instanceof ImpactPointPrediction.ThreatFan;
    TrackEstimate e = p.estimate().orElse(null);
    boolean out =
        p.impact().isAnswer()
            && e != null
            && (e.phase() == FlightPhase.COAST || e.phase() == FlightPhase.REENTRY);
    if (burns && motor.said() == Motor.UNKNOWN) {
      motor.start(t, Motor.BURNS);
      voice.say(t, by() + ReportWords.BURNS + "; " + watch(p));
      watched.start(t, likeliest(p));
      watchedSaidS = t;
      return;
    }
    Motor before = motor.said();
    double since = motor.settled(t, burns ? Motor.BURNS : out ? Motor.OUT : before);
    if (!Double.isNaN(since)) {
      boolean nowBurns = motor.said() == Motor.BURNS;
      voice.say(
          t,
          by()
              + (nowBurns
                  ? "the motor burns again since " + ReportWords.at(since) + ": another stage"
                  : "the motor is out since " + ReportWords.at(since)));
    }
    if (motor.said() == Motor.OUT && e != null && e.threatClass() != ThreatClass.UNKNOWN) {
      if (!Double.isNaN(threat.settled(t, e.threatClass()))) {
        voice.say(t, by() + "its energy makes it " + ReportWords.word(e.threatClass()));
      }
    }
    if (motor.said() == Motor.BURNS && burns) {
      watched(t, p);
    }
  }

  private void watched(double t, Picture p) {
    if (t - watchedSaidS >= AGAIN_S && !Double.isNaN(watched.settled(t, likeliest(p)))) {
      watchedSaidS = t;
      voice.say(t, by() + "the motor still burns; " + watch(p));
    }
  }

  /** The areas under the fan that are likeliest, by name. */
  private static String likeliest(Picture p) {
    return p.watched().stream()
        .sorted(Comparator.comparingDouble(w -> -w.probability()))
        .limit(MOST_NAMED)
        .map(w -> w.area().nameEn())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String watch(Picture p) {
    List<String> most =
        p.watched().stream()
            .sorted(Comparator.comparingDouble(w -> -w.probability()))
            .limit(MOST_NAMED)
            .map(
                w ->
                    String.format(
                        Locale.ROOT, "%s %.0f %%", w.area().nameEn(), 100 * w.probability()))
            .toList();
    int n = p.watched().size();
    if (n == 0) {
      return "none of its areas is in reach so far";
    }
    return n
        + (n == 1 ? " of its areas is" : " of its areas are")
        + " in reach if the motor stops now or later"
        + (n > MOST_NAMED ? ", likeliest " : ": ")
        + ReportWords.list(most);
  }

  private void impact(double t, Picture p) {
    switch (p.impact()) {
      case ImpactPointPrediction.Predicted i -> predicted(t, p, i);
      case ImpactPointPrediction.NoImpactExpected i -> {
        if (motor.said() != Motor.BURNS && !noImpactSaid) {
          noImpactSaid = true;
          voice.say(t, by() + ReportWords.NO_IMPACT);
        }
      }
      case ImpactPointPrediction.ThreatFan f -> {}
      case ImpactPointPrediction.CannotTellYet c -> {}
    }
  }

  /** Said first, when its areas have changed, and when it has become much more certain. */
  private void predicted(double t, Picture p, ImpactPointPrediction.Predicted i) {
    String names = areaNames(p);
    if (motor.said() == Motor.BURNS) {
      if (names.isEmpty()) {
        return; // it has only just gone out, if it has
      }
      motor.start(t, Motor.OUT);
      voice.say(t, by() + "the motor is out");
    }
    double sigma = i.ground().ellipse().semiMajorM();
    boolean first = Double.isInfinite(sigmaSaidM);
    boolean more = p.areas().stream().anyMatch(a -> !areas.said().contains(a.area().code()));
    boolean changed = !Double.isNaN(areas.settled(t, names));
    boolean surer = sigmaSaidM > SURE_ENOUGH_M && sigma < sigmaSaidM / MUCH_MORE_CERTAIN;
    if (first || more || changed || surer) {
      areas.start(t, names);
      sigmaSaidM = sigma;
      voice.say(
          t,
          by()
              + "it comes down at "
              + ReportWords.estimated(i.point(), i.eastNorthM2())
              + " in "
              + ReportWords.span(i.time().secondsSince(p.at()))
              + "; its areas at risk: "
              + (p.areas().isEmpty() ? "none" : ReportWords.areasAtRisk(p.areas())));
    }
  }

  private static String areaNames(Picture p) {
    return p.areas().stream().map(a -> a.area().code()).sorted().collect(Collectors.joining(","));
  }
}
