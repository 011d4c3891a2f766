package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.warning.Alert;
import parallax.warning.AlertAction;

/** Two launches with an alert each that turn out to be one. */
class JoinedLaunchesTest {
  private static final Geodetic ELSEWHERE = Geodetic.ofDegrees(40.5, 128.5, 0);

  private final Allies allies = new Allies().start().joinAll();

  private List<Alert> alerts() {
    return allies.of(Nation.JPN, Effect.AlertRaised.class).stream()
        .map(Effect.AlertRaised::action)
        .map(AlertAction::alert)
        .toList();
  }

  private void threaten(Geodetic koreanLaunch, int seconds) {
    for (int i = 0; i < seconds; i++) {
      UtcTime now = allies.now();
      FiledTrack t = Filed.allToJapan(1, now);
      allies.file(Nation.JPN, t);
      allies.file(
          Nation.KOR,
          new FiledTrack(1, Optional.of(Filed.launchAt(koreanLaunch)), t.estimate(), t.impact()));
      allies.pass(1);
    }
  }

  @Test
  void areWarnedOfByOneAlertThatSupersedesBoth() {
    allies.pass(125);
    threaten(ELSEWHERE, 5);
    List<Alert> before = alerts();
    assertEquals(
        List.of(Alert.MessageType.ALERT, Alert.MessageType.ALERT),
        before.stream().map(Alert::messageType).toList());
    TreeSet<String> events = new TreeSet<>(before.stream().map(Alert::eventKey).toList());
    assertEquals(2, events.size());

    threaten(MadeUpFlight.SITE, 4);

    List<Alert> after = alerts().subList(2, alerts().size());
    assertEquals(Alert.MessageType.UPDATE, after.get(0).messageType());
    assertEquals(
        new TreeSet<>(before.stream().map(Alert::identifier).toList()),
        new TreeSet<>(after.get(0).references().stream().map(r -> r.identifier()).toList()));
    assertEquals(1, new TreeSet<>(after.stream().map(Alert::eventKey).toList()).size());
  }
}
