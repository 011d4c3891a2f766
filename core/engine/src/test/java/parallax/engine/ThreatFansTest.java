package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.ImpactPointPrediction.Branch;
import parallax.model.ImpactPointPrediction.ThreatFan;
import parallax.model.LaunchFailure;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.warning.WatchedArea;

/** A fan told by one nation, at the other. */
class ThreatFansTest {
  private final Allies allies = new Allies().start().joinAll();

  private static ThreatFan overJapan(UtcTime now) {
    return new ThreatFan(
        now,
        List.of(
            new Branch(
                0.9,
                now.plusSeconds(5),
                Geodetic.ofDegrees(39.7, 140.3, 0),
                Covariance.diagonal(1e8, 1e8),
                now.plusSeconds(400),
                5)),
        0);
  }

  private void burn(Nation by, int seconds) {
    for (int i = 0; i < seconds; i++) {
      UtcTime now = allies.now();
      allies.file(
          by,
          new FiledTrack(
              1,
              Optional.of(Filed.launchAt(MadeUpFlight.SITE)),
              Optional.of(Filed.estimate(now)),
              Optional.of(overJapan(now))));
      allies.pass(1);
    }
  }

  private List<Picture> pictures(Picture.View view) {
    return allies.of(Nation.JPN, Effect.PictureChanged.class).stream()
        .map(Effect.PictureChanged::picture)
        .filter(p -> p.view() == view)
        .toList();
  }

  @Test
  void partnersFanIsDrawnFromTheCombinedStateAndAlertsNobody() {
    allies.pass(60);
    burn(Nation.KOR, 20);
    Picture p = pictures(Picture.View.COMBINED).getLast();
    ThreatFan fan = assertInstanceOf(ThreatFan.class, p.impact());
    assertTrue(fan.branches().size() > 5, "by its own reckoning: " + fan.branches().size());
    assertEquals(List.of(), p.areas());
    assertEquals(List.of(), allies.of(Nation.JPN, Effect.AlertRaised.class));
    assertInstanceOf(ThreatFan.class, pictures(Picture.View.COMMON).getLast().impact());
  }

  @Test
  void ownFanFillsTheWatchListAndAlertsNobody() {
    allies.pass(60);
    burn(Nation.JPN, 20);
    Picture p = pictures(Picture.View.NATIONAL).getLast();
    double akita =
        p.watched().stream()
            .filter(w -> w.area().code().equals("JP-05"))
            .mapToDouble(WatchedArea::probability)
            .sum();
    assertEquals(0.9, akita, 0.01);
    assertEquals(List.of(), p.areas());
    assertEquals(List.of(), allies.of(Nation.JPN, Effect.AlertRaised.class));
    assertTrue(pictures(Picture.View.COMMON).stream().allMatch(c -> c.watched().isEmpty()));
  }

  @Test
  void failedLaunchIsToldAndWarnedOfAllTheSame() {
    allies.pass(125);
    for (int i = 0; i < 8; i++) {
      UtcTime now = allies.now();
      FiledTrack t = Filed.allToJapan(1, now);
      LaunchFailure failure = new LaunchFailure(LaunchFailure.Kind.FELL_SHORT, 0.875, now);
      allies.file(
          Nation.KOR,
          new FiledTrack(
              1,
              t.launch(),
              t.estimate().map(e -> e.withFailure(Optional.of(failure))),
              t.impact()));
      allies.pass(1);
    }
    Picture p = pictures(Picture.View.COMBINED).getLast();
    assertEquals(0.875, p.estimate().orElseThrow().failure().orElseThrow().probability());
    assertFalse(p.areas().isEmpty());
    assertEquals(1, allies.of(Nation.JPN, Effect.AlertRaised.class).size());
  }

  @Test
  void fanEndsWhenAnOriginatorSeesTheMotorOut() {
    allies.pass(60);
    burn(Nation.KOR, 5);
    allies.pass(60);
    allies.file(Nation.KOR, Filed.all(1, allies.now()));
    allies.pass(3);
    Picture p = pictures(Picture.View.COMBINED).getLast();
    assertFalse(p.impact() instanceof ThreatFan);
    assertInstanceOf(ImpactPointPrediction.Predicted.class, p.impact());
    assertEquals(List.of(), p.watched());
  }
}
