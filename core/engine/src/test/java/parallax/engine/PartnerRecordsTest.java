package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.StreamId;
import parallax.link.ViolationCode;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** What a partner's correctly signed stream may and may not bring into the picture. */
class PartnerRecordsTest {
  private static final UtcTime NOW = MadeUpFlight.LAUNCH.plusSeconds(60);
  private static final MadeUpFlight FLIGHT = new MadeUpFlight();

  private final ListedCodec codec = new ListedCodec();
  private final Desk jpn = desk(Channel.EXERCISE);
  private final SignedStream kor = stream(Channel.EXERCISE);

  private Desk desk(Channel channel) {
    Desk desk = new Desk(Nation.JPN, channel, codec, LinkConfig.standard());
    desk.step(
        NOW,
        new Input.Configured(
            Party.configuration(
                Nation.JPN,
                channel,
                Party.signed(Party.AGREEMENT, channel),
                MadeUpFlight.sensors(Nation.JPN))));
    return desk;
  }

  private static SignedStream stream(Channel channel) {
    return new SignedStream(
        Nation.KOR, Nation.JPN, Lane.URGENT, channel, Party.streamKey(Nation.KOR, channel));
  }

  private static List<Effect> greet(Desk desk, SignedStream stream) {
    desk.step(NOW, new Input.LinkChanged(stream.wire(), true));
    return hear(desk, stream.wire(), stream.hello());
  }

  /** What follows from a frame and the tick after it. */
  private static List<Effect> hear(Desk desk, Wire wire, Frame frame) {
    List<Effect> effects = new ArrayList<>(desk.step(NOW, new Input.FrameReceived(wire, frame)));
    effects.addAll(desk.step(NOW, new Input.Tick()));
    return effects;
  }

  private static Report.Header header(Nation originator, long number, Channel channel) {
    return new Report.Header(
        new TrackId(originator, number),
        channel,
        NOW,
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(Party.ALL),
            List.of(),
            NOW));
  }

  private static Report launch(Nation originator, long number, Geodetic place) {
    return new Report.LaunchReport(header(originator, number, Channel.EXERCISE), launchAt(place));
  }

  private static LaunchPointEstimate launchAt(Geodetic place) {
    return new LaunchPointEstimate(place, Covariance.diagonal(1e6, 1e6), MadeUpFlight.LAUNCH, 2);
  }

  private static List<Picture> combined(List<Effect> effects) {
    return Desk.of(Effect.PictureChanged.class, effects).stream()
        .map(Effect.PictureChanged::picture)
        .filter(p -> p.view() == Picture.View.COMBINED)
        .toList();
  }

  @Test
  void closesTheStreamOfANationThatIsNoParty() {
    Nation aus = new Nation("AUS");
    Wire stranger = new Wire(aus, new StreamId(aus, Nation.JPN, Lane.URGENT));

    List<Effect> connected = jpn.step(NOW, new Input.LinkChanged(stranger, true));
    List<Effect> heard = hear(jpn, stranger, kor.hello());
    List<Effect> garbage = jpn.step(NOW, new Input.FrameRefused(stranger, "garbage"));

    for (List<Effect> effects : List.of(connected, heard, garbage)) {
      assertEquals(1, Desk.of(Effect.CloseLink.class, effects).size());
      assertTrue(Desk.of(Effect.SendFrame.class, effects).isEmpty());
      assertEquals(1, Desk.notices(Effect.NoticeKind.LINK_VIOLATION, effects).size());
    }
  }

  @Test
  void quarantinesBadRecordsAndTakesTheValidOneThatFollows() {
    greet(jpn, kor);
    Frame.Batch batch =
        kor.batch(
            List.of(
                codec.encode(launch(Nation.KOR, 1, Geodetic.ofDegrees(35.0, 135.0, 0))),
                codec.encode(launch(Nation.USA, 2, MadeUpFlight.SITE)),
                codec.encode(launch(Nation.JPN, 3, MadeUpFlight.SITE)),
                new byte[] {1, 2, 3},
                codec.encode(launch(Nation.KOR, 4, MadeUpFlight.SITE))));

    List<Effect> effects = hear(jpn, kor.wire(), batch);

    List<String> set = Desk.notices(Effect.NoticeKind.RECORD_QUARANTINED, effects);
    assertEquals(4, set.size(), set.toString());
    assertTrue(set.get(0).startsWith("record 1 of KOR: scope.launchRegions"), set.get(0));
    assertTrue(set.get(1).startsWith("record 2 of KOR: onwardRelease"), set.get(1));
    assertTrue(set.get(2).startsWith("record 3 of KOR: onwardRelease"), set.get(2));
    assertTrue(set.get(3).startsWith("record 4 of KOR: record is 3 bytes"), set.get(3));
    assertEquals(1, combined(effects).size(), effects.toString());
    assertEquals(List.of(new TrackId(Nation.KOR, 4)), combined(effects).get(0).sources());
    Effect.RecordsTaken taken = Desk.of(Effect.RecordsTaken.class, effects).get(0);
    assertEquals(1, taken.firstSeq());
    assertEquals(5, taken.count());
    assertEquals(6, Desk.of(Effect.CursorMoved.class, effects).get(0).nextSeq());
  }

  @Test
  void recordsTakenTwiceEnterThePictureOnce() {
    greet(jpn, kor);
    Frame.Batch batch = kor.batch(List.of(codec.encode(launch(Nation.KOR, 1, MadeUpFlight.SITE))));
    hear(jpn, kor.wire(), batch);

    List<Effect> again = hear(jpn, kor.wire(), batch);

    assertTrue(Desk.of(Effect.RecordsTaken.class, again).isEmpty());
    assertTrue(Desk.of(Effect.CursorMoved.class, again).isEmpty());
    assertTrue(combined(again).isEmpty());
    assertEquals(
        2,
        Desk.of(Effect.SendFrame.class, again).stream()
            .map(Effect.SendFrame::frame)
            .filter(Frame.Ack.class::isInstance)
            .map(f -> ((Frame.Ack) f).cursor().next())
            .findFirst()
            .orElseThrow());
  }

  @Test
  void exerciseRecordsNeverEnterTheRealPicture() {
    Desk real = desk(Channel.REAL);
    SignedStream stream = stream(Channel.REAL);
    greet(real, stream);

    List<Effect> effects =
        hear(
            real,
            stream.wire(),
            stream.batch(List.of(codec.encode(launch(Nation.KOR, 1, MadeUpFlight.SITE)))));

    assertTrue(combined(effects).isEmpty());
    List<String> set = Desk.notices(Effect.NoticeKind.RECORD_QUARANTINED, effects);
    assertEquals(1, set.size());
    assertTrue(set.get(0).contains("channels"), set.get(0));
  }

  @Test
  void exerciseStreamsDoNotConnectToRealNodes() {
    Desk real = desk(Channel.REAL);

    List<Effect> effects = greet(real, kor);

    assertEquals(ViolationCode.WRONG_CHANNEL, refusal(effects));
  }

  @Test
  void batchesSignedForExerciseDoNotVerifyAsReal() {
    Desk real = desk(Channel.REAL);
    greet(real, stream(Channel.REAL));
    SignedStream wrongKey =
        new SignedStream(
            Nation.KOR,
            Nation.JPN,
            Lane.URGENT,
            Channel.REAL,
            Party.streamKey(Nation.KOR, Channel.EXERCISE));

    List<Effect> effects =
        hear(
            real,
            wrongKey.wire(),
            wrongKey.batch(List.of(codec.encode(launch(Nation.KOR, 1, MadeUpFlight.SITE)))));

    assertEquals(ViolationCode.BAD_SIGNATURE, refusal(effects));
    assertTrue(combined(effects).isEmpty());
    assertTrue(Desk.of(Effect.CursorMoved.class, effects).isEmpty());
  }

  private static ViolationCode refusal(List<Effect> effects) {
    assertEquals(1, Desk.of(Effect.CloseLink.class, effects).size());
    return Desk.of(Effect.SendFrame.class, effects).stream()
        .map(Effect.SendFrame::frame)
        .filter(Frame.Refusal.class::isInstance)
        .map(f -> ((Frame.Refusal) f).code())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void extremeButWellFormedRecordsNeverStopTheEngine() {
    greet(jpn, kor);
    StreamId fromUsa = new StreamId(Nation.USA, Nation.JPN, Lane.BULK);
    jpn.step(NOW, new Input.LinkChanged(new Wire(Nation.USA, fromUsa), true));
    for (var p : FLIGHT.plots(Nation.JPN, 1).subList(0, 60)) {
      jpn.plot(NOW, p);
    }
    SplittableRandom random = new SplittableRandom(11);
    int taken = 0;
    for (int i = 1; i <= 60; i++) {
      Report.Header h = header(Nation.KOR, 1 + i / 3, Channel.EXERCISE);
      Report launch =
          new Report.LaunchReport(
              h,
              new LaunchPointEstimate(
                  MadeUpFlight.SITE,
                  Covariance.diagonal(any(random, -300, 8), any(random, -300, 8)),
                  MadeUpFlight.LAUNCH,
                  any(random, -300, 7)));
      Report track = new Report.TrackReport(h, extremeEstimate(random));
      Report impact =
          new Report.ImpactReport(
              h,
              new ImpactPointPrediction.Predicted(
                  NOW,
                  Geodetic.ofDegrees(random.nextDouble(-90, 90), random.nextDouble(-180, 180), 0),
                  Covariance.diagonal(any(random, -300, 300), any(random, -300, 300)),
                  new UtcTime(random.nextLong(7_200_000_000_000_000_000L)),
                  any(random, -300, 7)));
      List<Effect> effects =
          hear(
              jpn,
              kor.wire(),
              kor.batch(List.of(codec.encode(launch), codec.encode(track), codec.encode(impact))));
      taken += combined(effects).size();
      UtcTime later = NOW.plusSeconds(2 * i);
      List<Effect> drawn = jpn.step(later, new Input.Tick());
      taken += combined(drawn).size();
      for (Effect.NoticeRaised n : Desk.of(Effect.NoticeRaised.class, drawn)) {
        assertFalse(n.kind() == Effect.NoticeKind.INTERNAL_FAULT, n.detail());
      }
    }
    assertFalse(taken == 0, "some were extreme enough to be drawn");
  }

  private static double any(SplittableRandom random, int from, int to) {
    return StrictMath.pow(10, random.nextInt(from, to));
  }

  private static <E> E one(E[] values, SplittableRandom random) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private static TrackEstimate extremeEstimate(SplittableRandom random) {
    double[] variances = new double[6];
    for (int i = 0; i < 6; i++) {
      variances[i] = any(random, -300, 300);
    }
    Vector3 place =
        random.nextBoolean()
            ? FLIGHT.positionAt(60)
            : Wgs84.toEcef(Geodetic.ofDegrees(39, 126, random.nextDouble(1, 1e8)));
    Vector3 velocity =
        new Vector3(
            random.nextDouble(-11_000, 11_000),
            random.nextDouble(-11_000, 11_000),
            random.nextDouble(-11_000, 11_000));
    return new TrackEstimate(
        new StateVector(
            NOW,
            place,
            random.nextInt(5) == 0 ? new Vector3(0, 0, 0) : velocity,
            Covariance.diagonal(variances)),
        one(FlightPhase.values(), random),
        one(TrackStatus.values(), random),
        one(ThreatClass.values(), random),
        NOW);
  }
}
