package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.engine.Picture;
import parallax.evaluation.FlownLaunch;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.ImpactPointPrediction.CannotTellYet;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.ImpactPointPrediction.ThreatFan;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaAtRisk;
import parallax.warning.AreaCatalogue;
import parallax.warning.WatchedArea;
import parallax.wire.NodeEvent;

/** What the demo says while it flies, of events in orders that come up. */
class TimelineTest {
  private static final Flight FLIGHT =
      LaunchTable.bundled().launches().stream()
          .filter(l -> l.id().equals("L48"))
          .findFirst()
          .flatMap(l -> FlownLaunch.of(l).flight())
          .orElseThrow();
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();
  private static final AdministrativeArea HOKKAIDO = AREAS.area("JP-01").orElseThrow();
  private static final TrackId EVENT = new TrackId(USA, 7);

  private final List<String> said = new ArrayList<>();
  private final Timeline timeline = new Timeline(FLIGHT, 20, said::add);
  private long events;

  private static UtcTime at(double t) {
    return FLIGHT.launchTime().plusSeconds(t);
  }

  private void tell(Nation n, double t, NodeEvent.Body body) {
    long wall = 1_000_000_000L + (long) (t * 5e7);
    timeline.take(n, new NodeEvent(++events, at(t), wall, wall + 8_000_000, body));
  }

  /** All nodes say that nothing is new. */
  private void quiet(double t) {
    for (Nation n : List.of(JPN, KOR, USA)) {
      tell(n, t, new NodeEvent.Noticed("LINK_STATE", "as before"));
    }
  }

  private static TrackEstimate estimate(
      double t, TrackStatus status, FlightPhase phase, ThreatClass threat) {
    StateVector state =
        new StateVector(
            at(t),
            Wgs84.toEcef(Geodetic.ofDegrees(40, 127, 200_000)),
            new Vector3(100, 100, 5000),
            Covariance.diagonal(1e6, 1e6, 1e6, 100, 100, 100));
    return new TrackEstimate(state, phase, status, threat, at(t));
  }

  private static ThreatFan fan(double t) {
    return new ThreatFan(
        at(t),
        List.of(
            new ImpactPointPrediction.Branch(
                0.73,
                at(t + 10),
                Geodetic.ofDegrees(42, 140, 0),
                Covariance.diagonal(1e8, 1e8),
                at(t + 900),
                5)),
        0.03);
  }

  private static Predicted predicted(double t) {
    return new Predicted(
        at(t), Geodetic.ofDegrees(41, 138, 0), Covariance.diagonal(1e8, 1e8), at(4000), 5);
  }

  private static NodeEvent.PictureDrawn picture(
      Picture.View view,
      double t,
      List<Nation> sources,
      Optional<TrackEstimate> e,
      ImpactPointPrediction impact,
      boolean risk) {
    boolean burns = impact instanceof ThreatFan;
    return new NodeEvent.PictureDrawn(
        new Picture(
            view,
            EVENT,
            at(t),
            sources.stream().map(n -> new TrackId(n, 7)).toList(),
            view == Picture.View.NATIONAL
                ? Optional.of(
                    new LaunchPointEstimate(
                        Geodetic.ofDegrees(39, 125.7, 0),
                        Covariance.diagonal(2.5e7, 2.5e7),
                        at(0),
                        2))
                : Optional.empty(),
            e,
            impact,
            List.of(),
            risk
                ? List.of(
                    new AreaAtRisk(HOKKAIDO, AreaAtRisk.Kind.IMPACT, 0.97, at(1900), at(2000)))
                : List.of(),
            burns ? List.of(new WatchedArea(HOKKAIDO, 0.12, at(1500), at(2500))) : List.of(),
            Optional.empty()),
        Optional.empty());
  }

  private void own(Nation n, double t, TrackStatus status) {
    tell(
        n,
        t,
        picture(
            Picture.View.NATIONAL,
            t,
            List.of(n),
            Optional.of(estimate(t, status, FlightPhase.UNKNOWN, ThreatClass.UNKNOWN)),
            new CannotTellYet(at(t), "not yet"),
            false));
  }

  private void combined(
      Nation n,
      double t,
      FlightPhase phase,
      ThreatClass threat,
      ImpactPointPrediction impact,
      Nation... sources) {
    tell(
        n,
        t,
        picture(
            Picture.View.COMBINED,
            t,
            List.of(sources),
            Optional.of(estimate(t, TrackStatus.CONFIRMED, phase, threat)),
            impact,
            false));
  }

  private List<String> end() {
    timeline.end();
    return said;
  }

  private int lines(String... parts) {
    return (int) said.stream().filter(l -> List.of(parts).stream().allMatch(l::contains)).count();
  }

  @Test
  void linesOfSeveralNodesStandInTheOrderOfTime() {
    own(USA, 50, TrackStatus.CONFIRMED);
    own(KOR, 42, TrackStatus.CONFIRMED);
    own(JPN, 47, TrackStatus.CONFIRMED);
    timeline.note(45, "... T+45 s of 4000 s");
    quiet(60);
    List<Double> times = new ArrayList<>();
    for (String l : end()) {
      times.add(
          Double.valueOf(l.startsWith("...") ? "45" : l.substring(2, l.indexOf(" s ")).strip()));
    }
    assertEquals(times.stream().sorted().toList(), times, said.toString());
    assertEquals(3, lines("tracks it with its own sensors"), said.toString());
  }

  @Test
  void aNodeThatIsSilentHoldsTheOthersUpForAWhileOnly() {
    own(USA, 50, TrackStatus.CONFIRMED);
    assertEquals(0, said.size());
    combined(USA, 75, FlightPhase.BOOST, ThreatClass.UNKNOWN, fan(75), USA);
    assertEquals(2, said.size(), said.toString());
  }

  @Test
  void doesNotCallTheMotorOutAndBurningInOneSecondNorAnIcbmShortRange() {
    own(USA, 40, TrackStatus.CONFIRMED);
    combined(USA, 60, FlightPhase.BOOST, ThreatClass.UNKNOWN, fan(60), USA);
    combined(USA, 180.0, FlightPhase.COAST, ThreatClass.SRBM, predicted(180), USA);
    combined(USA, 180.5, FlightPhase.COAST, ThreatClass.SRBM, fan(180.5), USA);
    combined(USA, 181, FlightPhase.BOOST, ThreatClass.SRBM, fan(181), USA);
    for (double t = 228; t < 260; t++) {
      combined(USA, t, FlightPhase.COAST, ThreatClass.ICBM, predicted(t), USA);
    }
    end();
    assertEquals(0, lines("SRBM"), said.toString());
    assertEquals(1, lines("the motor burns"), said.toString());
    assertEquals(1, lines("the motor is out since T+228.0 s"), said.toString());
    assertEquals(1, lines("intercontinental (ICBM)"), said.toString());
    assertEquals(1, lines("it comes down at 41.00\u00b0 N, 138.00\u00b0 E"), said.toString());
  }

  @Test
  void aMotorThatBurnsAgainIsAnotherStage() {
    combined(USA, 60, FlightPhase.BOOST, ThreatClass.UNKNOWN, fan(60), USA);
    for (double t = 100; t < 115; t++) {
      combined(USA, t, FlightPhase.COAST, ThreatClass.UNKNOWN, predicted(t), USA);
    }
    for (double t = 115; t < 130; t++) {
      combined(USA, t, FlightPhase.BOOST, ThreatClass.UNKNOWN, fan(t), USA);
    }
    end();
    assertEquals(1, lines("burns again since T+115.0 s: another stage"), said.toString());
  }

  @Test
  void speaksOfAreasAndNotOfFansAndBranches() {
    combined(JPN, 60, FlightPhase.BOOST, ThreatClass.UNKNOWN, fan(60), USA);
    end();
    assertEquals(1, lines("JPN", "1 of its areas is in reach", "Hokkaido 12 %"), said.toString());
    for (String word : List.of("fan", "branch", "none 3 %", "73 %")) {
      assertEquals(0, lines(word), said.toString());
    }
  }

  @Test
  void saysThatItGoesOnByPartnersWhenItsOwnSensorsLoseIt() {
    own(JPN, 80, TrackStatus.CONFIRMED);
    combined(JPN, 81, FlightPhase.BOOST, ThreatClass.UNKNOWN, fan(81), JPN, KOR, USA);
    for (double t = 90; t < 105; t++) {
      own(JPN, t, TrackStatus.COASTED);
      combined(JPN, t, FlightPhase.BOOST, ThreatClass.UNKNOWN, fan(t), JPN, KOR, USA);
    }
    own(JPN, 120, TrackStatus.LOST);
    for (double t = 121; t < 240; t++) {
      combined(JPN, t, FlightPhase.COAST, ThreatClass.ICBM, predicted(t), JPN, KOR, USA);
    }
    end();
    String since = "has not seen it with its own sensors since T+90.0 s";
    assertEquals(1, lines(since, "it goes on by the reports of KOR and USA"), said.toString());
    assertEquals(1, lines("has LOST it", "goes on by the reports of KOR and USA"), said.toString());
    assertEquals(1, lines("by the reports of KOR and USA: the motor is out"), said.toString());
    assertEquals(0, lines("by its own sensors and", "the motor is out"), said.toString());
  }

  @Test
  void saysThatNobodySeesIt() {
    own(KOR, 80, TrackStatus.CONFIRMED);
    for (double t = 90; t < 105; t++) {
      own(KOR, t, TrackStatus.COASTED);
    }
    end();
    assertEquals(1, lines("KOR", "no partner sees it either"), said.toString());
  }

  @Test
  void aTrackThatIsMissedForAFewScansIsNotWorthALine() {
    own(KOR, 80, TrackStatus.CONFIRMED);
    for (double t = 90; t < 300; t += 4) {
      own(KOR, t, TrackStatus.COASTED);
      own(KOR, t + 2, TrackStatus.CONFIRMED);
    }
    assertEquals(2, end().size(), said.toString());
  }

  @Test
  void theSameOfSeveralNationsIsOneLine() {
    for (Nation n : List.of(USA, KOR, JPN)) {
      own(n, 80, TrackStatus.CONFIRMED);
    }
    end();
    assertEquals(1, lines("JPN, KOR, USA  tracks it"), said.toString());
    assertEquals(1, lines("JPN, KOR, USA  detects a launch"), said.toString());
  }

  @Test
  void namesWhoToldAndHowSoonEvenWhenTheHearersEventComesFirst() {
    combined(JPN, 40, FlightPhase.BOOST, ThreatClass.UNKNOWN, fan(40), USA);
    own(USA, 40, TrackStatus.CONFIRMED);
    end();
    assertEquals(
        1, lines("JPN  knows of it by USA's report, 8 ms after USA knew"), said.toString());
  }

  @Test
  void anAlertNamesTheAreasAndTheTimeLeft() {
    tell(
        JPN,
        230,
        new NodeEvent.AlertSent(
            "a",
            "ALERT",
            "e",
            at(230),
            List.of(new AreaAtRisk(HOKKAIDO, AreaAtRisk.Kind.IMPACT, 0.97, at(1900), at(2000))),
            "h"));
    end();
    assertEquals(
        1,
        lines("EXERCISE ALERT: WARNS Hokkaido; it can arrive there in 27 min 50 s"),
        said.toString());
    assertFalse(said.toString().contains("\u00a0"), said.toString());
  }

  @Test
  void saysAtTheEndWhatWasWarnedOrWhyRightlyNothing() {
    for (String id : List.of("L48", "L39")) {
      DemoResult result = new HtmlReportSample(id, AREAS).result();
      String text = DemoTables.text(result);
      String end = text.substring(text.indexOf("Warned (exercise):"));
      assertEquals(4, end.lines().count(), end);
      result
          .nations()
          .forEach(
              (n, r) -> {
                String line =
                    end.lines().filter(l -> l.startsWith("  " + n)).findFirst().orElseThrow();
                boolean any = !r.alerts().isEmpty();
                boolean due = !r.truth().required().isEmpty();
                assertEquals(any, line.contains("  warned ") && line.contains(" before "), line);
                assertEquals(!any && !due, line.contains("warned nobody, and rightly"), line);
                assertEquals(!any && due, line.contains("WARNED NOBODY"), line);
              });
      assertTrue(end.contains("warned"), end);
    }
  }
}
