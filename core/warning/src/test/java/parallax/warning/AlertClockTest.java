package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static parallax.warning.Scenes.LAUNCH;
import static parallax.warning.Scenes.area;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.AreaAtRisk.Kind;

/** No alert is issued, changed or cleared because the clock was set. */
class AlertClockTest {
  private static final String EVENT = "launch-1";
  private static final Evidence EVIDENCE = Evidence.of(new TrackId(Nation.KOR, 7));
  private static final double HOURS_9 = 32_400;

  private final AlertBook book = new AlertBook(Nation.JPN, Channel.EXERCISE, AlertSettings.DEFAULT);

  /** How far the clock is from the one that the windows are of, seconds. */
  private double offS;

  private static UtcTime t(double s) {
    return LAUNCH.plusSeconds(s);
  }

  private static AreaAtRisk window(String code, double afterS) {
    return new AreaAtRisk(area(code), Kind.OVERFLIGHT, 0.9, t(afterS - 30), t(afterS + 30));
  }

  private void step(double byS, double at) {
    offS += byS;
    book.clockCorrected(Math.round(byS * 1e9), t(at + offS));
  }

  private List<AlertAction> each(double from, double to, AreaAtRisk... areas) {
    List<AlertAction> out = new ArrayList<>();
    for (double s = from; s < to; s++) {
      out.addAll(book.onAssessment(EVENT, EVIDENCE, List.of(areas), t(s + offS)));
      out.addAll(book.onTick(t(s + offS)));
    }
    return out;
  }

  private List<AlertAction> ticks(double from, double to) {
    List<AlertAction> out = new ArrayList<>();
    for (double s = from; s < to; s++) {
      out.addAll(book.onTick(t(s + offS)));
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(doubles = {HOURS_9, -HOURS_9, 60, -60, 400 * 86_400.0})
  void theAllClearComesWhenTheWindowIsOverAsIfNoClockHadBeenSet(double byS) {
    assertEquals(1, each(100, 103, window("JP-02", 400)).size());
    step(byS, 103);

    assertEquals(List.of(), ticks(103, 490));
    assertInstanceOf(AlertAction.AllClear.class, ticks(490, 491).getFirst());
  }

  @ParameterizedTest
  @ValueSource(doubles = {HOURS_9, -HOURS_9})
  void aClockThatIsSetWrongAndRightAgainChangesNothing(double byS) {
    assertEquals(1, each(100, 103, window("JP-02", 400)).size());
    step(byS, 103);
    assertEquals(List.of(), ticks(103, 200));
    step(-byS, 200);

    assertEquals(List.of(), ticks(200, 490));
    assertInstanceOf(AlertAction.AllClear.class, ticks(490, 491).getFirst());
  }

  @ParameterizedTest
  @ValueSource(doubles = {HOURS_9, -HOURS_9})
  void aStepConfirmsNoAreaAndLetsNoneGo(double byS) {
    each(100, 101, window("JP-02", 400));
    step(byS, 101);
    assertEquals(List.of(), each(101, 101.5, window("JP-02", 400)));
    assertInstanceOf(AlertAction.Issue.class, each(102, 103, window("JP-02", 400)).getFirst());

    each(103, 104);
    step(-byS, 104);
    assertEquals(List.of(), each(104, 107));
    assertInstanceOf(AlertAction.Cancel.class, each(107, 108).getFirst());
  }

  @Test
  void anAlertIsUpdatedAfterAStepBack() {
    each(100, 103, window("JP-02", 400));
    step(-HOURS_9, 103);
    each(103, 106, window("JP-02", 400), window("JP-01", 405));

    List<AlertAction> update = each(106, 108, window("JP-02", 400), window("JP-01", 405));

    assertInstanceOf(AlertAction.Update.class, update.getFirst());
  }

  @ParameterizedTest
  @ValueSource(doubles = {HOURS_9, 20, -20})
  void windowsOfSensorsThatWereRightAllAlongAreJudgedByTheClockAsItIs(double byS) {
    offS = -byS;
    each(100, 103, window("JP-02", 400));
    step(byS, 103);
    book.seenAt(EVENT, t(103), t(103 + offS));

    assertEquals(List.of(), ticks(104, 490));
    assertInstanceOf(AlertAction.AllClear.class, ticks(490, 491).getFirst());
  }
}
