package parallax.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.engine.Picture;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.link.LinkState;
import parallax.link.StreamId;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.wire.ProtoReportCodec;

/** Nodes whose clock was wrong, is set right, or is set wrong: an engine over its journal. */
class ClockCorrectedTest {
  private static final long HOUR_NS = 3_600_000_000_000L;
  private static final double AHEAD_S = 9 * 3600;
  private static final long FILED = 1_000_000_000_000L;

  private final Station kor = new Station(Nation.KOR);
  private final Station jpn = new Station(Nation.JPN);
  private long monotonicNs = 5_000_000_000L;

  /** How far KOR's wall clock is ahead of the truth, seconds. */
  private double aheadS;

  private ReceiptClock clock = new ReceiptClock(UtcTime::new);
  private final List<ClockNotice> notices = new ArrayList<>();

  @BeforeEach
  void begins() throws Exception {
    jpn.take(jpn.configured());
  }

  private UtcTime truth() {
    return new UtcTime(Station.LAUNCH.nanos() + monotonicNs);
  }

  /** KOR takes a batch as its node's loop does. */
  private List<Runner.Done> take(Input... batch) throws Exception {
    ReceiptClock.Stamp now =
        clock.stamp(
            new ClockReading(truth().plusSeconds(aheadS).nanos(), monotonicNs), List.of(batch));
    notices.addAll(now.notices());
    kor.now = now.time();
    List<Runner.Done> done = new ArrayList<>();
    if (now.correction().isPresent()) {
      done.addAll(kor.take(now.correction().get()));
    }
    done.addAll(kor.take(batch));
    return done;
  }

  /** Time passes for both, second by second. */
  private List<Runner.Done> pass(int seconds) throws Exception {
    List<Runner.Done> done = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      monotonicNs += 1_000_000_000L;
      jpn.now = truth();
      jpn.take(new Input.Tick());
      done.addAll(take(new Input.Tick()));
    }
    return done;
  }

  private void restart() throws Exception {
    kor.reopen();
    var unused = kor.replay();
    clock = new ReceiptClock(UtcTime::new);
    clock.goOnAfter(kor.runner.lastTime(), kor.runner.lastWallNs());
    take(kor.configured());
  }

  private static List<UtcTime> released(List<Runner.Done> done) {
    ProtoReportCodec codec = new ProtoReportCodec();
    return Station.of(Effect.OutboxAppended.class, done).stream()
        .filter(o -> o.stream().recipient().equals(Nation.JPN))
        .map(o -> codec.decode(o.record()).header().createdAt())
        .toList();
  }

  /** The launch times in the combined pictures that were drawn. */
  private static List<UtcTime> drawn(List<Runner.Done> done) {
    return Station.of(Effect.PictureChanged.class, done).stream()
        .map(Effect.PictureChanged::picture)
        .filter(p -> p.view() == Picture.View.COMBINED)
        .map(p -> p.launch().orElseThrow().time())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 180, AHEAD_S, 259_200, -20, -180, -AHEAD_S, -259_200})
  void aNodeWhoseClockWasWrongReleasesAgainOnceItIsRight(double wrongS) throws Exception {
    aheadS = wrongS;
    take(kor.configured());
    take(kor.filed(1, truth()));
    pass(3);
    aheadS = 0;
    pass(7);

    assertEquals(List.of(truth()), released(take(kor.filed(2, truth()))));
    assertEquals(
        List.of(ClockNotice.Kind.CLOCK_STEPPED, ClockNotice.Kind.CLOCK_BELIEVED),
        notices.stream().map(ClockNotice::kind).toList());
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 180, AHEAD_S, 259_200})
  void aNodeThatWasAheadReleasesAgainAfterARestartToo(double wrongS) throws Exception {
    aheadS = wrongS;
    take(kor.configured());
    take(kor.filed(1, truth()));
    aheadS = 0;
    restart();

    assertEquals(List.of(truth()), released(take(kor.filed(2, truth()))));
    assertEquals(ClockNotice.Kind.CLOCK_BEFORE_JOURNAL, notices.getFirst().kind());
    assertEquals(1, clock.counts().get(ClockNotice.Kind.CLOCK_BEFORE_JOURNAL));
  }

  @Test
  void anAgreementThatWasNotYetInForceByAWrongClockIsOnceTheClockIsRight() throws Exception {
    aheadS = -20 * 365 * 86_400.0;
    List<Runner.Done> first = take(kor.configured());
    assertEquals(
        Effect.NoticeKind.CONFIGURATION_REFUSED,
        Station.of(Effect.NoticeRaised.class, first).getFirst().kind());
    pass(3);
    aheadS = 0;
    pass(7);

    assertEquals(List.of(truth()), released(take(kor.filed(1, truth()))));
  }

  @Test
  void newReportsOfATrackThatWasToldByAClockAheadAreDrawn() throws Exception {
    aheadS = AHEAD_S;
    take(kor.configured());
    take(kor.filed(1, truth().plusSeconds(AHEAD_S)));
    pass(2);
    aheadS = 0;
    pass(7);
    UtcTime launch = truth();

    take(kor.filed(1, launch));

    assertEquals(List.of(launch), drawn(pass(2)));
  }

  @Test
  void whatAPartnerSaidWhileBothClocksWereAheadDoesNotSilenceIt() throws Exception {
    kor.now = truth().plusSeconds(AHEAD_S);
    jpn.now = kor.now;
    kor.take(kor.configured());
    kor.take(kor.filed(1, kor.now));
    Station.exchange(kor, jpn);
    kor.take(correction(kor, -AHEAD_S));
    jpn.take(correction(jpn, -AHEAD_S));
    UtcTime launch = kor.now;
    kor.take(kor.filed(1, launch));
    jpn.done.clear();

    Station.exchange(kor, jpn);

    assertEquals(launch, drawn(jpn.done).getLast());
  }

  @Test
  void whatACorrectionTookBackByAClockAheadDoesNotSilenceTheTrack() throws Exception {
    aheadS = AHEAD_S;
    take(kor.configured());
    take(kor.filed(1, truth().plusSeconds(AHEAD_S)));
    take(
        new Input.Ordered(
            "op",
            new Order.Recall(
                new TrackId(Nation.KOR, FILED + 1),
                Optional.of(Report.DataClass.LAUNCH_POINT),
                Report.RecallReason.MISTAKE)));
    aheadS = 0;
    pass(7);
    UtcTime launch = truth();

    assertEquals(List.of(launch), released(take(kor.filed(1, launch))));
    assertEquals(List.of(launch), drawn(pass(2)));
  }

  @Test
  void whatWaitedForASuspendedPartnerIsToldAtTheEndOfTheSuspension() throws Exception {
    aheadS = AHEAD_S;
    take(kor.configured());
    take(new Input.Ordered("op", new Order.Suspend(Nation.JPN, Order.Direction.SEND, "exercise")));
    take(kor.filed(1, truth()));
    UtcTime made = truth();
    pass(2);
    aheadS = 0;
    pass(7);

    List<Runner.Done> done =
        take(
            new Input.Ordered(
                "op", new Order.Resume(Nation.JPN, Order.Backfill.ALL, Optional.empty())));

    assertEquals(List.of(made), released(done), "as made when it was, by the right clock");
  }

  private Input configuredWith(String rule) {
    return new Input.Configured(
        kor.configuration()
            .withPolicy(
                """
                name: Test
                version: 1
                nation: KOR
                rules:
                  - name: rule
                    dataClasses: [LAUNCH_POINT]
                    to: [JPN]
                """
                    + rule
                    + "default: withhold\n"));
  }

  private static List<String> reasons(List<Runner.Done> done) {
    return Station.of(Effect.DecisionRecorded.class, done).stream()
        .filter(d -> d.partner().equals(Nation.JPN))
        .map(Effect.DecisionRecorded::reason)
        .toList();
  }

  @Test
  void aStepOfTheClockEndsNoDeadlineOfWhatIsHeldForAPerson() throws Exception {
    for (double byS : new double[] {AHEAD_S, -AHEAD_S}) {
      aheadS = byS > 0 ? 0 : AHEAD_S;
      take(
          configuredWith(
              """
                  decision: hold
                  hold: {deadlineS: 10, otherwise: withhold, twoPerson: false}
              """));
      take(kor.filed(byS > 0 ? 1 : 2, truth()));
      aheadS += byS;
      List<String> before = reasons(pass(9));
      assertEquals(byS, kor.now.secondsSince(truth()) - (byS > 0 ? 0 : AHEAD_S), 1e-3);
      assertEquals(List.of(), before);
      assertEquals(1, kor.runner.engine().held().size());
      assertEquals(List.of("nobody released it in time"), reasons(pass(2)));
      aheadS = 0;
      pass(7);
    }
  }

  @Test
  void aStepOfTheClockNeitherShortensNorLengthensADelay() throws Exception {
    for (double byS : new double[] {60, -60}) {
      aheadS = byS > 0 ? 0 : 60;
      take(
          configuredWith(
              """
                  decision: sanitise
                  sanitise: {delayS: 10}
              """));
      take(kor.filed(byS > 0 ? 1 : 2, truth()));
      aheadS += byS;
      assertEquals(List.of(), released(pass(9)), "after a step by " + byS);
      List<Runner.Done> done = pass(2);
      assertEquals(1, released(done).size(), "after a step by " + byS);
      aheadS = 0;
      pass(7);
    }
  }

  private LinkState stateOfTheStream() {
    for (LinkHealth h : kor.runner.engine().health()) {
      if (h.stream().equals(new StreamId(Nation.KOR, Nation.JPN, Lane.URGENT))) {
        return h.state();
      }
    }
    throw new AssertionError("no such stream");
  }

  @Test
  void noPartnerIsSilentByAStepOfTheClock() throws Exception {
    take(kor.configured());
    Station.exchange(kor, jpn);
    assertEquals(LinkState.UP, stateOfTheStream());
    for (double byS : new double[] {AHEAD_S, -AHEAD_S}) {
      List<Runner.Done> done = new ArrayList<>(kor.take(correction(kor, byS)));
      done.addAll(kor.take(new Input.Tick()));

      assertEquals(List.of(), Station.of(Effect.CloseLink.class, done));
      assertEquals(LinkState.UP, stateOfTheStream(), "after a step by " + byS);
    }
  }

  private Input.ClockCorrected correction(Station of, double byS) {
    UtcTime old = of.now;
    of.now = old.plusSeconds(byS);
    return new Input.ClockCorrected(old, old.nanos(), of.now, of.now.nanos());
  }

  @Test
  void aReplayGivesWhatHappenedAcrossCorrections() throws Exception {
    aheadS = AHEAD_S;
    take(kor.configured());
    take(kor.filed(1, truth()));
    aheadS = 0;
    pass(7);
    take(kor.filed(1, truth()));
    aheadS = -AHEAD_S;
    pass(7);
    take(kor.filed(2, truth()));
    take(new Input.PlotRefused("other", 1, "writes what was kept"));
    List<String> live = Station.told(kor.done);
    kor.reopen();

    assertEquals(live, Station.told(kor.replay()));
    assertEquals(truth().plusSeconds(-AHEAD_S), kor.runner.lastTime());
    assertEquals(kor.runner.lastTime().nanos(), kor.runner.lastWallNs());
  }

  @Test
  void nothingIsDeletedWithinADayOfACorrection() throws Exception {
    take(kor.configured());
    assertTrue(clock.mayDelete(monotonicNs));
    aheadS = 400 * 86_400.0;
    pass(2);
    assertFalse(clock.mayDelete(monotonicNs), "not while the clock is not believed");
    pass(7);
    assertEquals(aheadS, kor.now.secondsSince(truth()), 1e-3);
    assertFalse(clock.mayDelete(monotonicNs + 23 * HOUR_NS));
    assertTrue(clock.mayDelete(monotonicNs + 24 * HOUR_NS));
  }
}
