package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.link.Lane;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.DropArea;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/** What goes ahead of everything else. */
class UrgencyTest {
  private static final UtcTime NOW = MadeUpFlight.LAUNCH.plusSeconds(130);
  private final Urgency urgency = new Urgency();

  private static Report.Header header(long track) {
    return new Report.Header(
        new TrackId(Nation.KOR, track),
        Channel.EXERCISE,
        NOW,
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(Party.ALL),
            List.of(),
            NOW));
  }

  private Lane impact(long track, ImpactPointPrediction i) {
    return urgency.laneOf(new Report.ImpactReport(header(track), i));
  }

  private static ImpactPointPrediction at(double lat, double afterS) {
    return new ImpactPointPrediction.Predicted(
        NOW,
        Geodetic.ofDegrees(lat, 140, 0),
        Covariance.diagonal(1e8, 1e8),
        NOW.plusSeconds(afterS),
        5);
  }

  private static ImpactPointPrediction cannot() {
    return new ImpactPointPrediction.CannotTellYet(NOW, "the motor burns");
  }

  private static ImpactPointPrediction none() {
    return new ImpactPointPrediction.NoImpactExpected(NOW);
  }

  @Test
  void launchesAndNoticesAreUrgentAndPathsAreNot() {
    assertEquals(
        Lane.URGENT,
        urgency.laneOf(new Report.LaunchReport(header(1), Filed.launchAt(MadeUpFlight.SITE))));
    assertEquals(
        Lane.URGENT,
        urgency.laneOf(
            new Report.Recall(header(1), Optional.empty(), NOW, Report.RecallReason.MISTAKE)));
    assertEquals(Lane.BULK, urgency.laneOf(new Report.TrackReport(header(1), Filed.estimate(NOW))));
  }

  @Test
  void firstPredictionIsUrgentAndTheSameAgainIsNot() {
    assertEquals(Lane.URGENT, impact(1, at(38, 400)));
    assertEquals(Lane.BULK, impact(1, at(38, 400)));
    assertEquals(Lane.URGENT, impact(2, at(38, 400)), "of another track");
  }

  @Test
  void notKnowingYetIsNoNewsAtTheBeginning() {
    assertEquals(Lane.BULK, impact(1, cannot()));
    assertEquals(Lane.BULK, impact(1, cannot()));
    assertEquals(Lane.URGENT, impact(1, at(38, 400)));
  }

  @Test
  void fanIsNoNewsUntilItTakesBackAnAnswer() {
    ImpactPointPrediction fan = new ImpactPointPrediction.ThreatFan(NOW, List.of(), 0.5);
    assertEquals(Lane.BULK, impact(1, fan));
    assertEquals(Lane.BULK, impact(1, cannot()));
    assertEquals(Lane.BULK, impact(1, fan));
    assertEquals(Lane.URGENT, impact(1, at(38, 400)));
    assertEquals(Lane.URGENT, impact(1, fan));
    assertEquals(Lane.BULK, impact(1, cannot()));
  }

  @Test
  void oneMoreSpentStageIsUrgentUnderAnyAnswer() {
    DropArea d =
        new DropArea(
            NOW,
            Geodetic.ofDegrees(36, 124, 0),
            Covariance.diagonal(1e8, 1e8),
            NOW.plusSeconds(300),
            20);
    ImpactPointPrediction fan = new ImpactPointPrediction.ThreatFan(NOW, List.of(), 0.5);
    assertEquals(Lane.BULK, impact(1, fan));
    assertEquals(Lane.URGENT, impact(1, fan.withDropAreas(List.of(d))));
    assertEquals(Lane.BULK, impact(1, fan.withDropAreas(List.of(d))));
    assertEquals(Lane.URGENT, impact(1, fan.withDropAreas(List.of(d, d))));
  }

  @Test
  void anotherKindOfAnswerIsUrgent() {
    assertEquals(Lane.URGENT, impact(1, none()));
    assertEquals(Lane.BULK, impact(1, none()));
    assertEquals(Lane.URGENT, impact(1, at(38, 400)));
    assertEquals(Lane.URGENT, impact(1, cannot()));
    assertEquals(Lane.BULK, impact(1, cannot()));
    assertEquals(Lane.URGENT, impact(1, none()));
  }

  @Test
  void anotherPlaceIsUrgentFromTheToleranceOfAreasOn() {
    double metre = 1 / 111_000.0;
    assertEquals(Lane.URGENT, impact(1, at(38, 400)));
    assertEquals(Lane.BULK, impact(1, at(38 + 24_000 * metre, 400)));
    assertEquals(Lane.URGENT, impact(1, at(38 + 26_000 * metre, 400)));
  }

  @Test
  void anotherTimeIsUrgentFromHalfAMinuteOn() {
    assertEquals(Lane.URGENT, impact(1, at(38, 400)));
    assertEquals(Lane.BULK, impact(1, at(38, 429)));
    assertEquals(Lane.URGENT, impact(1, at(38, 431)));
    assertEquals(Lane.BULK, impact(1, at(38, 402)));
    assertEquals(Lane.URGENT, impact(1, at(38, 400)), "31 s from the last urgent one");
  }

  @Test
  void creepingAwayIsUrgentOnceItHasGoneFarEnough() {
    double step = 10_000 / 111_000.0;
    assertEquals(Lane.URGENT, impact(1, at(38, 400)));
    assertEquals(Lane.BULK, impact(1, at(38 + step, 400)));
    assertEquals(Lane.BULK, impact(1, at(38 + 2 * step, 400)));
    assertEquals(Lane.URGENT, impact(1, at(38 + 3 * step, 400)));
  }
}
