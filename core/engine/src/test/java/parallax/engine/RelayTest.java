package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.link.StreamId;
import parallax.link.ViolationCode;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.warning.Alert;
import parallax.warning.AlertAction;

/** KOR and JPN tell each other by way of USA. */
class RelayTest {
  private static final StreamId URGENT = new StreamId(KOR, JPN, Lane.URGENT);
  private static final String NO_RELAYS =
      Party.AGREEMENT.replace("onwardRelease:\n  through: [USA]", "onwardRelease: none");

  private final Allies allies = new Allies();

  private void byWayOfUsa() {
    allies.start().join(KOR, USA).join(USA, JPN).relay(KOR, USA, JPN).pass(2);
  }

  private List<Frame.Batch> batches(Nation from, Nation to, StreamId stream) {
    return allies.sent(from, to).stream()
        .filter(s -> s.wire().stream().equals(stream))
        .map(Allies.Sent::frame)
        .filter(Frame.Batch.class::isInstance)
        .map(Frame.Batch.class::cast)
        .toList();
  }

  private static void fly(Allies allies, int seconds) {
    for (int i = 0; i < seconds; i++) {
      allies.file(KOR, Filed.all(1, allies.now()));
      allies.pass(1);
    }
  }

  /** Each once, in order, and all of what was numbered. */
  private void requireAllTaken(Nation from, Nation to) {
    for (Lane lane : Lane.values()) {
      StreamId stream = new StreamId(from, to, lane);
      long next = 1;
      for (Effect.RecordsTaken t : allies.of(to, Effect.RecordsTaken.class)) {
        if (t.stream().equals(stream)) {
          assertEquals(next, t.firstSeq(), stream.toString());
          next += t.count();
        }
      }
      long numbered =
          allies.numbered(from, to).stream().filter(o -> o.stream().equals(stream)).count();
      assertTrue(numbered > 0, stream.toString());
      assertEquals(numbered, next - 1, stream.toString());
    }
    for (Nation n : Party.ALL) {
      assertEquals(List.of(), allies.notices(n, Effect.NoticeKind.RECORD_QUARANTINED));
      assertTrue(
          allies.notices(n, Effect.NoticeKind.LINK_VIOLATION).stream()
              .allMatch(v -> v.contains("RELAY_INTERRUPTED")),
          allies.notices(n, Effect.NoticeKind.LINK_VIOLATION).toString());
    }
  }

  @Test
  void recordsArriveWithTheirSignatureNumbersAndLabels() {
    byWayOfUsa();
    fly(allies, 5);

    requireAllTaken(KOR, JPN);
    for (Lane lane : Lane.values()) {
      StreamId stream = new StreamId(KOR, JPN, lane);
      assertFalse(batches(KOR, USA, stream).isEmpty());
      assertEquals(batches(KOR, USA, stream), batches(USA, JPN, stream), "to the last bit");
    }
    assertEquals(
        List.of(Filed.id(KOR, 1)), allies.pictures(JPN, Picture.View.COMBINED).get(0).sources());
    List<Effect.Relayed> relayed = allies.of(USA, Effect.Relayed.class);
    assertEquals(
        1,
        relayed.stream().filter(r -> r.stream().equals(URGENT)).findFirst().orElseThrow().from());
    assertTrue(
        allies.of(USA, Effect.RecordsTaken.class).stream()
            .noneMatch(t -> t.stream().recipient().equals(JPN)),
        "the relay takes in nothing that is not for it");
    assertTrue(
        allies.desk(KOR).engine().health().stream()
            .filter(h -> h.stream().originator().equals(KOR) && h.stream().recipient().equals(JPN))
            .allMatch(h -> h.acknowledged() == h.highWaterMark()),
        "receipts come back the same way");
  }

  private static Order relabel(Nation... to) {
    return new Order.Relabel(
        Filed.id(KOR, 1),
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(List.of(to)),
            List.of(),
            new UtcTime(0)));
  }

  @Test
  void changeOfLabelReachesTheCopyBehindARelay() {
    byWayOfUsa();
    fly(allies, 5);
    allies.order(KOR, relabel(KOR, USA));
    allies.pass(2);
    assertEquals(List.of(), allies.pictures(JPN, Picture.View.COMBINED));
    assertEquals(1, allies.pictures(USA, Picture.View.COMBINED).size());

    allies.order(KOR, relabel(JPN, KOR));
    allies.pass(2);
    assertEquals(
        "UNCLASSIFIED//REL TO JPN, KOR",
        allies.pictures(JPN, Picture.View.COMBINED).get(0).label().orElseThrow().banner());
    assertEquals(List.of(), allies.pictures(USA, Picture.View.COMBINED));
    requireAllTaken(KOR, JPN);
  }

  @Test
  void recordsGoBothWays() {
    byWayOfUsa();
    for (int i = 0; i < 3; i++) {
      allies.file(KOR, Filed.all(1, allies.now()));
      allies.file(JPN, Filed.all(1, allies.now()));
      allies.pass(1);
    }
    requireAllTaken(KOR, JPN);
    requireAllTaken(JPN, KOR);
  }

  @Test
  void withoutTheRelayInTheAgreementNothingPasses() {
    for (Nation n : Party.ALL) {
      allies.configure(n, Party.withAgreement(allies.configuration(n), NO_RELAYS));
    }
    byWayOfUsa();
    fly(allies, 3);

    assertEquals(0, allies.taken(KOR, JPN, Lane.URGENT));
    assertEquals(List.of(), batches(KOR, USA, URGENT));
    assertTrue(allies.sent(USA, JPN).stream().noneMatch(s -> s.wire().stream().equals(URGENT)));
    assertTrue(allies.notices(USA, Effect.NoticeKind.LINK_VIOLATION).get(0).contains("not agreed"));
    assertTrue(allies.taken(KOR, USA, Lane.URGENT) > 0, "USA itself is told");
  }

  @Test
  void relayThatIsNotAgreedByTheRecipientBringsNothing() {
    allies.start().join(KOR, USA).join(USA, JPN).pass(2);
    Wire byUsa = new Wire(new Nation("AUS"), URGENT);
    List<Effect> effects = allies.step(JPN, new Input.LinkChanged(byUsa, true));
    assertEquals(1, Desk.of(Effect.CloseLink.class, effects).size());
  }

  @Test
  void cuttingEitherPathLosesNothing() {
    allies.start().joinAll().relay(KOR, USA, JPN).pass(2);
    fly(allies, 4);
    allies.cut(KOR, JPN);
    fly(allies, 4);
    allies.mend(KOR, JPN);
    fly(allies, 4);
    allies.cut(USA, JPN);
    fly(allies, 4);
    allies.mend(USA, JPN);
    allies.cut(KOR, USA);
    fly(allies, 4);
    allies.mend(KOR, USA);
    fly(allies, 4);
    requireAllTaken(KOR, JPN);
    requireAllTaken(KOR, USA);
  }

  @Test
  void recordByTwoPathsEntersOnceAndTheSecondIsCounted() {
    allies.start().joinAll().relay(KOR, USA, JPN).pass(2);
    fly(allies, 4);

    requireAllTaken(KOR, JPN);
    assertFalse(batches(KOR, JPN, URGENT).isEmpty());
    assertEquals(batches(KOR, JPN, URGENT).size(), batches(USA, JPN, URGENT).size());
    LinkHealth urgent =
        allies.desk(JPN).engine().health().stream()
            .filter(h -> h.stream().equals(URGENT))
            .findFirst()
            .orElseThrow();
    assertEquals(urgent.counts().records(), urgent.counts().repeated());
    assertEquals(List.of(), batches(KOR, USA, URGENT.on(Lane.BULK)), "bulk goes straight");
  }

  @Test
  void evidenceByTwoPathsIsOfOneOriginator() {
    allies.start().joinAll().relay(KOR, USA, JPN).pass(125);
    for (int i = 0; i < 4; i++) {
      allies.file(KOR, Filed.allToJapan(1, allies.now()));
      allies.pass(1);
    }
    Alert alert =
        allies.of(JPN, Effect.AlertRaised.class).stream()
            .map(Effect.AlertRaised::action)
            .map(AlertAction::alert)
            .findFirst()
            .orElseThrow();
    assertEquals(new TreeSet<>(List.of(KOR)), alert.evidence().originators());
    assertEquals(List.of(Filed.id(KOR, 1)), alert.evidence().tracks());
  }

  @Test
  void suspensionHoldsOnTheWayRoundToo() {
    allies.start().joinAll().relay(KOR, USA, JPN).pass(2);
    allies.order(KOR, new Order.Suspend(JPN, Order.Direction.SEND, "maintenance"));
    fly(allies, 4);
    assertEquals(List.of(), batches(KOR, JPN, URGENT));
    assertEquals(List.of(), batches(KOR, USA, URGENT));
    assertTrue(allies.taken(KOR, USA, Lane.URGENT) > 0);
  }

  /** USA's engine alone, between an originator that signs anything and a recipient. */
  private final Desk usa = allies.desk(USA);

  private final SignedStream kor =
      new SignedStream(
          KOR, JPN, Lane.URGENT, Channel.EXERCISE, Party.streamKey(KOR, Channel.EXERCISE));
  private static final Wire FROM_KOR = new Wire(KOR, URGENT);
  private static final Wire TO_JPN = new Wire(JPN, URGENT);
  private static final UtcTime NOW = MadeUpFlight.LAUNCH.plusSeconds(60);

  private void greet() {
    usa.step(NOW, new Input.Configured(Party.configuration(USA)));
    List<Effect> effects = usa.step(NOW, new Input.LinkChanged(FROM_KOR, true));
    assertEquals(List.of(new Effect.DialLink(TO_JPN)), effects);
    usa.step(NOW, new Input.FrameReceived(FROM_KOR, kor.hello()));
    effects = usa.step(NOW, new Input.LinkChanged(TO_JPN, true));
    assertEquals(List.of(new Effect.SendFrame(TO_JPN, kor.hello())), effects);
  }

  private static Report.Header header(Nation originator, Channel channel, Nation... to) {
    return new Report.Header(
        Filed.id(originator, 1),
        channel,
        NOW,
        new ConfidentialityLabel(
            "PARALLAX", Classification.UNCLASSIFIED, new TreeSet<>(List.of(to)), List.of(), NOW));
  }

  private static Report launch(Report.Header header) {
    return new Report.LaunchReport(header, Filed.launchAt(MadeUpFlight.SITE));
  }

  private List<Effect> relay(Report report) {
    return relay(allies.codec.encode(report));
  }

  private List<Effect> relay(byte[] record) {
    return usa.step(NOW, new Input.FrameReceived(FROM_KOR, kor.batch(List.of(record))));
  }

  private static void stopped(List<Effect> effects) {
    List<Effect.SendFrame> sent = Desk.of(Effect.SendFrame.class, effects);
    assertEquals(1, sent.size(), effects.toString());
    assertEquals(FROM_KOR, sent.get(0).wire());
    assertEquals(ViolationCode.RELAY_NOT_AGREED, ((Frame.Refusal) sent.get(0).frame()).code());
    assertEquals(2, Desk.of(Effect.CloseLink.class, effects).size(), "both sides");
  }

  @Test
  void passesWhatIsForTheRecipient() {
    greet();
    List<Effect> effects = relay(launch(header(KOR, Channel.EXERCISE, KOR, JPN)));
    assertEquals(TO_JPN, Desk.of(Effect.SendFrame.class, effects).get(0).wire());
    assertEquals(List.of(new Effect.Relayed(URGENT, 1, 1)), Desk.of(Effect.Relayed.class, effects));
  }

  @Test
  void stopsWhatIsNotForTheRecipient() {
    List<Report> forbidden = new ArrayList<>();
    forbidden.add(launch(header(KOR, Channel.EXERCISE, KOR, USA)));
    forbidden.add(launch(header(USA, Channel.EXERCISE, KOR, JPN, USA)));
    forbidden.add(launch(header(KOR, Channel.REAL, KOR, JPN)));
    forbidden.add(
        new Report.Correction(
            header(KOR, Channel.EXERCISE, KOR, JPN),
            launch(header(KOR, Channel.EXERCISE, KOR, USA))));
    for (Report r : forbidden) {
      RelayTest one = new RelayTest();
      one.greet();
      stopped(one.relay(r));
    }
    greet();
    stopped(relay(new byte[] {1, 2, 3}));
  }

  @Test
  void stopsWhatTheOriginatorHasNotSigned() {
    greet();
    SignedStream forged = new SignedStream(KOR, JPN, Lane.URGENT, Channel.EXERCISE, Party.key(99));
    List<Effect> effects =
        usa.step(
            NOW,
            new Input.FrameReceived(
                FROM_KOR,
                forged.batch(
                    List.of(
                        allies.codec.encode(launch(header(KOR, Channel.EXERCISE, KOR, JPN)))))));
    List<Effect.SendFrame> sent = Desk.of(Effect.SendFrame.class, effects);
    assertEquals(ViolationCode.BAD_SIGNATURE, ((Frame.Refusal) sent.get(0).frame()).code());
    assertTrue(sent.stream().noneMatch(s -> s.wire().equals(TO_JPN)));
  }

  @Test
  void nobodyRelaysForItself() {
    byWayOfUsa();
    Wire strange = new Wire(JPN, new StreamId(USA, KOR, Lane.URGENT));
    List<Effect> effects = allies.step(USA, new Input.LinkChanged(strange, true));
    assertEquals(1, Desk.of(Effect.CloseLink.class, effects).size(), "JPN is no relay");
  }
}
