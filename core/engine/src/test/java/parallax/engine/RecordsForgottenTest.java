package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/** What the engine knows no more once records of partners are deleted, and what it goes on with. */
class RecordsForgottenTest {
  private static final UtcTime NOW = MadeUpFlight.LAUNCH.plusSeconds(60);
  private static final double DAY_S = 86_400;

  private final ListedCodec codec = new ListedCodec();
  private final Desk jpn = new Desk(Nation.JPN, codec);
  private final SignedStream kor =
      new SignedStream(
          Nation.KOR,
          Nation.JPN,
          Lane.URGENT,
          Channel.EXERCISE,
          Party.streamKey(Nation.KOR, Channel.EXERCISE));
  private UtcTime now = NOW;

  RecordsForgottenTest() {
    step(new Input.Configured(Party.configuration(Nation.JPN)));
    connect();
  }

  private void connect() {
    step(new Input.LinkChanged(kor.wire(), true));
    step(new Input.FrameReceived(kor.wire(), kor.hello()));
  }

  private List<Effect> step(Input input) {
    return jpn.step(now, input);
  }

  private static TrackId id(long number) {
    return new TrackId(Nation.KOR, number);
  }

  private Report.Header header(TrackId track) {
    return new Report.Header(
        track,
        Channel.EXERCISE,
        now,
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(Party.ALL),
            List.of(),
            now));
  }

  private Report launch(long number, double lat, double lon) {
    return new Report.LaunchReport(
        header(id(number)),
        new LaunchPointEstimate(
            Geodetic.ofDegrees(lat, lon, 0), Covariance.diagonal(1e6, 1e6), now, 2));
  }

  /** A partner's records come, and a second later all is drawn. */
  private List<Effect> hear(Report... reports) {
    List<byte[]> records = new ArrayList<>();
    for (Report r : reports) {
      records.add(codec.encode(r));
    }
    List<Effect> out =
        new ArrayList<>(step(new Input.FrameReceived(kor.wire(), kor.batch(records))));
    now = now.plusSeconds(1.1);
    out.addAll(step(new Input.Tick()));
    return out;
  }

  private void passDays(double days) {
    now = now.plusSeconds(days * DAY_S);
    step(new Input.Tick());
    step(new Input.LinkChanged(kor.wire(), false));
    connect();
  }

  /** What came up to some days ago is deleted. */
  private List<Effect> delete(double daysAgo) {
    return step(
        new Input.RecordsDeleted(
            "agreement 1, retentionDays 30", now.plusSeconds(-daysAgo * DAY_S).nanos(), 7, 3, 9));
  }

  private SortedSet<String> reachable() {
    return Reachable.from(jpn.engine());
  }

  private static boolean has(SortedSet<String> all, String what) {
    return all.stream().anyMatch(s -> s.contains(what));
  }

  private static List<String> pictures(Picture.View view, List<Effect> effects) {
    return Desk.of(Effect.PictureChanged.class, effects).stream()
        .map(Effect.PictureChanged::picture)
        .filter(p -> p.view() == view)
        .map(p -> p.event() + (p.isWithdrawn() ? " withdrawn" : " of " + p.sources()))
        .toList();
  }

  @Test
  void nothingIsLeftOfWhatCameBefore() {
    String lat = Double.toString(StrictMath.toRadians(39.123456));
    hear(launch(770_001, 39.123456, 126.5));
    hear(launch(770_002, 39.2, 126.1));
    UtcTime made = now;
    hear(
        new Report.Recall(
            header(id(770_002)), Optional.empty(), made, Report.RecallReason.MISTAKE));
    hear(launch(770_003, 39.3, 126.2));
    hear(
        new Report.Relabel(
            header(id(770_003)),
            new ConfidentialityLabel(
                "PARALLAX",
                ConfidentialityLabel.Classification.RESTRICTED,
                new TreeSet<>(Party.ALL),
                List.of(),
                now),
            made.plusSeconds(1)));
    hear(launch(770_004, 35.7654321, 135.5));
    hear(
        new Report.Recall(
            header(id(770_005)), Optional.empty(), made, Report.RecallReason.MISTAKE));
    SortedSet<String> before = reachable();
    for (String what : List.of(lat, "770001", "770002", "770003", "770005")) {
      assertTrue(has(before, what), what);
    }
    assertTrue(notUsed().startsWith("scope.launchRegions"));

    passDays(40);
    List<Effect> effects = delete(30);

    assertEquals(1, Desk.notices(Effect.NoticeKind.RECORDS_DELETED, effects).size());
    SortedSet<String> after = reachable();
    for (String what : List.of(lat, "770001", "770002", "770003", "770005", "39.12")) {
      assertFalse(has(after, what), what);
    }
    assertFalse(notUsed().contains("launchRegions"), notUsed());
    assertEquals(
        List.of("KOR-770001 withdrawn", "KOR-770003 withdrawn"),
        pictures(Picture.View.COMBINED, effects));
    assertEquals(1, jpn.engine().health().stream().mapToLong(h -> h.notUsed().total()).sum());
    assertEquals(jpn.engine().health(), jpn.twin().health());
  }

  private String notUsed() {
    return jpn.engine().health().stream()
        .map(LinkHealth::notUsed)
        .filter(n -> n.total() > 0)
        .map(LinkHealth.NotUsed::lastReason)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatCameLaterStays() {
    hear(launch(1, 39.1, 126.5));
    passDays(20);
    hear(launch(2, 39.2, 126.1));
    passDays(20);

    List<Effect> effects = delete(30);

    assertEquals(List.of("KOR-1 withdrawn"), pictures(Picture.View.COMBINED, effects));
    assertTrue(has(reachable(), "KOR-2"));
    assertEquals(List.of(), pictures(Picture.View.COMBINED, delete(30)), "it is done once");
  }

  @Test
  void ofATrackThatWentOnOnlyTheNewestIsLeft() {
    hear(new Report.LaunchReport(header(id(1)), Filed.launchAt(MadeUpFlight.SITE)));
    now = now.plusSeconds(60);
    TrackEstimate e = Filed.estimate(NOW);
    StateVector state =
        new StateVector(
            now, e.state().positionM(), e.state().velocityMps(), e.state().covariance());
    List<Effect> went =
        hear(
            new Report.TrackReport(
                header(id(1)),
                new TrackEstimate(state, e.phase(), e.status(), e.threatClass(), now)));
    assertEquals(List.of(), Desk.notices(Effect.NoticeKind.RECORD_QUARANTINED, went));
    now = now.plusSeconds(2);

    List<Effect> effects = delete(30 / DAY_S);

    Picture p = Desk.of(Effect.PictureChanged.class, effects).getFirst().picture();
    assertEquals(id(1), p.event());
    assertEquals(Optional.empty(), p.launch());
    SortedSet<String> known = reachable();
    assertTrue(
        has(known, "ReportedTrack[id=KOR-1, launch=Optional.empty, estimate=Optional[Track"));
    assertFalse(has(known, "LaunchReport["));
  }

  @Test
  void launchThatWasNamedByADeletedTrackGoesOnByTheNameOfOneThatIsLeft() {
    hear(new Report.LaunchReport(header(id(1)), Filed.launchAt(MadeUpFlight.SITE)));
    jpn.file(now, Filed.allToJapan(1, now.plusSeconds(65)));
    now = now.plusSeconds(66);
    List<Effect> joined = step(new Input.Tick());
    TrackId own = Filed.id(Nation.JPN, 1);
    assertEquals(
        List.of("KOR-1 of " + List.of(own, id(1))), pictures(Picture.View.COMBINED, joined));
    passDays(40);

    List<Effect> effects = delete(30);

    assertEquals(
        List.of(own + " of " + List.of(own), "KOR-1 withdrawn"),
        pictures(Picture.View.COMBINED, effects));
    assertTrue(has(reachable(), own.toString()), "the nation's own stays");
    assertFalse(has(reachable(), "KOR-1"));
    passDays(0.01);
    assertEquals(List.of(), Desk.of(Effect.AlertRaised.class, effects), "nobody is warned again");
    assertTrue(isQuiet(), "and nothing is left to be done");
  }

  private boolean isQuiet() {
    step(new Input.Tick());
    return jpn.engine().wasQuiet();
  }

  @Test
  void nameThatWasKeptOfADeletedTrackIsKeptNoLonger() {
    hear(new Report.LaunchReport(header(id(1)), Filed.launchAt(MadeUpFlight.SITE)));
    jpn.file(now, Filed.allToJapan(1, now.plusSeconds(65)));
    now = now.plusSeconds(66);
    step(new Input.Tick());
    hear(new Report.Recall(header(id(1)), Optional.empty(), now, Report.RecallReason.MISTAKE));
    assertTrue(has(reachable(), "KOR-1"), "the launch keeps its name");
    passDays(40);

    delete(30);
    now = now.plusSeconds(2);
    step(new Input.Tick());

    assertFalse(has(reachable(), "KOR-1"));
  }

  @Test
  void whatWasStampedByAClockThatWasAheadIsForgottenInTheEnd() {
    UtcTime right = now;
    now = now.plusSeconds(3_650 * DAY_S);
    hear(launch(1, 39.1, 126.5));
    step(
        new Input.ClockCorrected(
            now, now.nanos(), right.plusSeconds(5), right.plusSeconds(5).nanos()));
    now = right.plusSeconds(5);

    passDays(1);
    delete(30);
    assertTrue(has(reachable(), "KOR-1"), "it may have come a moment ago");
    passDays(31);
    delete(30);

    assertFalse(has(reachable(), "KOR-1"));
  }

  @Test
  void standingAlertStandsToItsEnd() {
    List<Effect> raised = new ArrayList<>();
    now = MadeUpFlight.LAUNCH.plusSeconds(125);
    for (int i = 0; i < 8; i++) {
      FiledTrack t = Filed.allToJapan(1, now);
      raised.addAll(
          hear(
              new Report.LaunchReport(header(id(1)), t.launch().orElseThrow()),
              new Report.TrackReport(header(id(1)), t.estimate().orElseThrow()),
              new Report.ImpactReport(header(id(1)), t.impact().orElseThrow())));
    }
    assertEquals(1, Desk.of(Effect.AlertRaised.class, raised).size(), raised.toString());

    List<Effect> effects = delete(0);
    assertEquals(List.of(), Desk.of(Effect.AlertRaised.class, effects));
    now = now.plusSeconds(7_200);

    assertEquals(1, Desk.of(Effect.AlertRaised.class, step(new Input.Tick())).size(), "all-clear");
  }

  @Test
  void beforeAnyConfigurationThereIsNothingToForget() {
    Desk empty = new Desk(Nation.JPN, codec);
    assertEquals(1, empty.step(now, new Input.RecordsDeleted("agreement", 1, 0, 0, 1)).size());
  }

  @Test
  void receiptsGoOnAsBefore() {
    hear(launch(1, 39.1, 126.5));
    passDays(40);
    delete(30);
    List<Effect> effects = hear(launch(2, 39.2, 126.1));
    assertEquals(3, Desk.of(Effect.CursorMoved.class, effects).getFirst().nextSeq());
    assertTrue(
        Desk.of(Effect.SendFrame.class, effects).stream()
            .anyMatch(s -> s.frame() instanceof Frame.Ack a && a.cursor().next() == 3));
  }
}
