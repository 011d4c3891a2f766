package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/** Plots from feeds of every kind of quality. */
class PlotFeedTest {
  private static final UtcTime NOW = MadeUpFlight.LAUNCH;
  private static final MadeUpFlight FLIGHT = new MadeUpFlight();
  private final Desk jpn = new Desk(Nation.JPN, new ListedCodec());

  private void configure() {
    jpn.step(NOW, new Input.Configured(Party.configuration(Nation.JPN)));
  }

  private static Plot of(SensorId sensor) {
    return new Plot.RadarPlot(sensor, NOW, 900_000, 1, 0.1, OptionalDouble.empty());
  }

  @Test
  void refusesPlotsOfUnknownSensorsAndGoesOn() {
    configure();

    List<Effect> unknown = jpn.plot(NOW, of(new SensorId(Nation.JPN, "no such sensor")));
    List<Effect> known = jpn.plot(NOW, of(new SensorId(Nation.JPN, "radar")));

    List<String> refused = Desk.notices(Effect.NoticeKind.PLOT_REFUSED, unknown);
    assertEquals(1, refused.size());
    assertTrue(refused.get(0).contains("JPN/no such sensor"), refused.get(0));
    assertEquals(1, Desk.of(Effect.PlotsAcknowledged.class, unknown).get(0).seq());
    assertTrue(Desk.notices(Effect.NoticeKind.PLOT_REFUSED, known).isEmpty());
    assertEquals(2, Desk.of(Effect.PlotsAcknowledged.class, known).get(0).seq());
  }

  @Test
  void refusesPlotsOfForeignSensors() {
    configure();

    List<Effect> foreign = jpn.plot(NOW, of(new SensorId(Nation.KOR, "radar")));

    List<String> refused = Desk.notices(Effect.NoticeKind.PLOT_REFUSED, foreign);
    assertEquals(1, refused.size());
    assertTrue(refused.get(0).contains("KOR/radar"), refused.get(0));
  }

  @Test
  void acknowledgesRepeatedPlotsAgainWithoutTakingThem() {
    configure();
    List<Plot> plots = FLIGHT.plots(Nation.JPN, 1);
    for (Plot p : plots.subList(0, 20)) {
      jpn.plot(p.timeOfValidity(), p);
    }
    UtcTime at = plots.get(19).timeOfValidity();

    List<Effect> again = jpn.step(at, new Input.PlotReceived(Desk.FEED, 3, plots.get(2)));

    assertEquals(List.of(new Effect.PlotsAcknowledged(Desk.FEED, 20)), again);
  }

  @Test
  void saysWhichPlotOfAFeedIsMissing() {
    configure();
    jpn.plot(NOW, of(new SensorId(Nation.JPN, "radar")));

    List<Effect> ahead =
        jpn.step(NOW, new Input.PlotReceived(Desk.FEED, 5, of(new SensorId(Nation.JPN, "radar"))));

    assertEquals(
        List.of("feed feed: got 5; expected 2"),
        Desk.notices(Effect.NoticeKind.PLOT_REFUSED, ahead));
    assertEquals(1, Desk.of(Effect.PlotsAcknowledged.class, ahead).get(0).seq());
    assertEquals(1, jpn.engine().lastOfFeed(Desk.FEED));
  }

  @Test
  void refusedPlotUsesUpItsNumber() {
    configure();

    List<Effect> refused =
        jpn.step(NOW, new Input.PlotRefused(Desk.FEED, 1, "range (m) is NaN; expected more"));
    List<Effect> next =
        jpn.step(NOW, new Input.PlotReceived(Desk.FEED, 2, of(new SensorId(Nation.JPN, "radar"))));

    assertEquals(
        List.of("feed feed 1: range (m) is NaN; expected more"),
        Desk.notices(Effect.NoticeKind.PLOT_REFUSED, refused));
    assertEquals(2, Desk.of(Effect.PlotsAcknowledged.class, next).get(0).seq());
  }

  @Test
  void saysThatAReportIsNotUsedBeforeItAcknowledgesIt() {
    configure();

    List<Effect> unknown = jpn.plot(NOW, of(new SensorId(Nation.JPN, "no such sensor")));
    List<Effect> malformed = jpn.step(NOW, new Input.PlotRefused(Desk.FEED, 2, "range (m) is NaN"));

    for (List<Effect> effects : List.of(unknown, malformed)) {
      List<Effect> answers =
          effects.stream().filter(e -> !(e instanceof Effect.NoticeRaised)).toList();
      assertEquals(
          List.of(Effect.PlotNotUsed.class, Effect.PlotsAcknowledged.class),
          answers.stream().map(Effect::getClass).toList());
    }
  }

  @Test
  void plotsBeforeAnyConfigurationAreRefused() {
    List<Effect> effects = jpn.plot(NOW, of(new SensorId(Nation.JPN, "radar")));

    assertEquals(1, Desk.notices(Effect.NoticeKind.PLOT_REFUSED, effects).size());
  }

  @Test
  void trackThatCameDownEndsAndItsEndIsTold() {
    configure();
    List<Effect> all = new java.util.ArrayList<>(jpn.fly(FLIGHT.plots(Nation.JPN, 1)));
    for (int s = 0; s < 900; s++) {
      all.addAll(jpn.step(NOW.plusSeconds(FLIGHT.durationS() + s), new Input.Tick()));
    }

    List<TrackId> ended =
        Desk.of(Effect.PictureChanged.class, all).stream()
            .map(Effect.PictureChanged::picture)
            .filter(p -> p.view() == Picture.View.NATIONAL)
            .filter(p -> p.estimate().map(e -> e.status() == TrackStatus.ENDED).orElse(false))
            .map(Picture::event)
            .toList();
    assertTrue(!ended.isEmpty());
    assertEquals(ended.size(), new TreeSet<>(ended).size(), "each ends once: " + ended);
    assertTrue(Desk.of(Effect.OutboxAppended.class, all).size() > 100);
  }

  @Test
  void sameInputsGiveTheSameEffects() {
    configure();
    List<Plot> plots = FLIGHT.plots(Nation.JPN, 1).subList(0, 200);
    Desk other = new Desk(Nation.JPN, new ListedCodec());
    other.step(NOW, new Input.Configured(Party.configuration(Nation.JPN)));

    List<String> one = told(jpn.fly(plots));
    List<String> two = told(other.fly(plots));

    assertEquals(one, two);
  }

  private static List<String> told(List<Effect> effects) {
    return effects.stream()
        .map(
            e ->
                e instanceof Effect.OutboxAppended o
                    ? o.stream() + " " + o.seq() + " " + java.util.Arrays.toString(o.record())
                    : e.toString())
        .toList();
  }
}
