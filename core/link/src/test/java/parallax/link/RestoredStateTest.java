package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.JPN_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.KOR_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.KOR_NEXT;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.SECOND;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.InvalidValueException;

/** What a stream that is made anew still knows, where worlds full of faults seldom show it. */
final class RestoredStateTest {
  private static final LinkConfig SMALL = LinkFixtures.small();

  private static OutboundStream anew(OutboundStream o) {
    return OutboundStream.restored(
        o.state(),
        new Keyring(List.of(KOR_EXERCISE, KOR_NEXT)),
        new LinkFixtures.CountingEncoder(20),
        SMALL,
        Verifier.PLAIN);
  }

  private static InboundStream anew(InboundStream i) {
    return InboundStream.restored(
        i.state(),
        new Keyring(List.of(JPN_EXERCISE, LinkFixtures.JPN_NEXT)),
        SMALL,
        Verifier.PLAIN);
  }

  private static RelayStream anew(RelayStream r) {
    return RelayStream.restored(r.state(), b -> Optional.empty(), Verifier.PLAIN);
  }

  private static void enqueue(OutboundStream o, int count) {
    for (int i = 0; i < count; i++) {
      o.enqueue(LinkFixtures.REPORT, 0);
    }
  }

  private static TwoEnds level(int records) {
    TwoEnds ends = new TwoEnds(TERMS, SMALL);
    ends.connect(JPN);
    enqueue(ends.out, records);
    ends.carry();
    ends.flush();
    ends.carry();
    ends.assertLevel();
    return ends;
  }

  @Test
  void aWelcomeBehindWhatWasAcknowledgedBeforeIsRefused() {
    OutboundStream out = level(5).out;
    out.onDisconnected(JPN, NOW);
    out.onConnected(JPN, NOW);

    LinkFixtures.assertRefused(
        ViolationCode.CURSOR_BEHIND,
        anew(out)
            .onFrame(
                JPN,
                LinkFixtures.welcome(TERMS, new Cursor(3, LinkFixtures.hashAfter(TERMS, 2, 20))),
                NOW));
  }

  @Test
  void whatAnAnsweredHeartbeatShowsToBeLostIsSentAgain() {
    TwoEnds ends = level(1);
    enqueue(ends.out, 3);
    ends.flush();
    ends.lose(JPN);
    ends.now += 2 * SECOND;
    ends.atOriginator(ends.out.onTick(ends.now));
    TwoEnds after = new TwoEnds(anew(ends.out), ends.in);
    after.now = ends.now;
    after.there.putAll(ends.there);
    after.back.putAll(ends.back);
    after.carry();

    after.assertLevel();
    assertEquals(List.of(2L, 3L, 4L), after.delivered());
  }

  @Test
  void aMarkBehindTheLastOfTheConnectionIsRefused() {
    InboundStream in = level(5).in;
    in.onFrame(KOR, new Frame.Heartbeat(9, NOW), NOW);

    LinkFixtures.assertRefused(
        ViolationCode.MARK_BEHIND, anew(in).onFrame(KOR, new Frame.Heartbeat(8, NOW), NOW));
    assertEquals(9, anew(in).highWaterMark());
  }

  @Test
  void aRevokedKeyStaysRevoked() {
    OutboundStream out = LinkFixtures.outbound(SMALL);
    InboundStream in = LinkFixtures.inbound(SMALL);
    out.distrust(KOR_NEXT.key());
    in.distrust(KOR_NEXT.key());
    OutboundStream outAnew = anew(out);
    InboundStream inAnew = anew(in);
    outAnew.announced(KOR_NEXT.key());
    inAnew.announced(KOR_NEXT.key());

    assertEquals(LinkFixtures.keys(JPN_EXERCISE), outAnew.trusted());
    assertEquals(LinkFixtures.keys(KOR_EXERCISE), inAnew.trusted());
  }

  @Test
  void theOldestOfManyAnnouncedKeysAreForgottenInTheirOrder() {
    OutboundStream never = LinkFixtures.outbound(SMALL);
    OutboundStream often = LinkFixtures.outbound(SMALL);
    for (int i = 100; i < 130; i++) {
      never.announced(LinkFixtures.key(i).key());
      often.announced(LinkFixtures.key(i).key());
      often = anew(often);
    }

    assertEquals(never.trusted(), often.trusted());
    assertEquals(never.state(), often.state());
  }

  @Test
  void aKeyThatWasAnnouncedReplacesTheOtherOnceItIsUsed() {
    TwoEnds ends = level(3);
    ends.out.rotate(KOR_NEXT.key());
    ends.flush();
    ends.carry();
    TwoEnds after = new TwoEnds(anew(ends.out), anew(ends.in));
    after.there.putAll(ends.there);
    after.back.putAll(ends.back);
    after.out.adopt(
        5,
        LinkFixtures.record(5, 20),
        0,
        OutboxState.Subject.of(LinkFixtures.REPORT.value()),
        LinkFixtures.REPORT.value().header().createdAt());
    after.flush();
    after.carry();

    after.assertLevel();
    assertEquals(LinkFixtures.keys(KOR_NEXT), after.in.trusted());
  }

  @Test
  void receiptsGoOnToBeSignedWithTheKeyThatWasChosen() {
    InboundStream in = level(3).in;
    in.signReceiptsWith(LinkFixtures.JPN_NEXT.key());
    List<Frame> answer =
        LinkFixtures.frames(anew(in).onFrame(KOR, new Frame.Heartbeat(3, NOW), NOW));

    Frame.Ack ack = LinkFixtures.only(Frame.Ack.class, answer).getFirst();
    assertTrue(
        LinkFixtures.JPN_NEXT
            .key()
            .verify(
                StreamSignatures.receiptDomain(TERMS.channel()),
                StreamSignatures.receipt(TERMS.stream(), ack.cursor()),
                ack.signature()));
  }

  @Test
  void connectionsThatWereForgottenStayForgotten() {
    TwoEnds ends = new TwoEnds(TERMS, SMALL);
    ends.connect(JPN);
    ends.carry();
    enqueue(ends.out, 6);
    ends.flush();
    ends.carryAllThere(JPN);
    ends.in.onAllDisconnected(NOW);
    OutboundStream replay = LinkFixtures.outbound(SMALL);
    enqueue(replay, 6);
    replay.forgetConnections();
    TwoEnds after = new TwoEnds(anew(replay), ends.in);
    after.connect(JPN);
    after.carry();

    after.assertLevel();
  }

  @Test
  void aStreamIsResumedUpToTheMomentItWouldHaveBeen() {
    OutboundStream out = LinkFixtures.outbound(SMALL);
    enqueue(out, 4);
    var made = LinkFixtures.REPORT.value().header().createdAt();

    assertEquals(0, anew(out).lastMadeBefore(made));
    assertEquals(4, anew(out).lastMadeBefore(made.plusSeconds(1)));
  }

  @Test
  void whatThePartnerWasToldToBeLostIsStillKnown() {
    LinkConfig tight = LinkFixtures.config(100_000, 5, 100_000);
    for (boolean told : new boolean[] {false, true}) {
      TwoEnds ends = new TwoEnds(LinkFixtures.outbound(tight), LinkFixtures.inbound(SMALL));
      enqueue(ends.out, 12);
      if (told) {
        ends.connect(JPN);
        assertTrue(ends.carryThere(JPN) && ends.carryBack(JPN)); // greeted; the gap is under way
        assertEquals(1, ends.sent(Frame.Gap.class).size());
      }
      OutboundStream after = anew(ends.out);
      List<LinkEffect> known =
          after.adoptReceipt(new Cursor(8, LinkFixtures.hashAfter(TERMS, 7, 20)));

      assertEquals(
          told ? List.of(new LinkEffect.Gap(1, 7, GapReason.RETENTION)) : List.of(), known);
    }
  }

  @Test
  void aRelayGoesOnWhereItStood() {
    RelayStream relay =
        new RelayStream(TERMS, LinkFixtures.keys(KOR_EXERCISE, KOR_NEXT), r -> Optional.empty());
    Frame.Hello hello =
        new Frame.Hello(2, 3, TERMS.stream(), TERMS.channel(), TERMS.agreementDigest(), 9);
    relay.distrust(KOR_NEXT.key());
    relay.onConnected(KOR);
    relay.onFrame(KOR, hello);
    relay = anew(relay);
    assertEquals(List.of(new LinkEffect.Send(JPN, hello)), relay.onConnected(JPN));
    relay = anew(relay);
    assertTrue(relay.isThrough());
    relay.onConnected(KOR);
    relay = anew(relay);
    assertEquals(List.of(), relay.onDisconnected(JPN), "it was closed here");
    relay.announced(KOR_NEXT.key());
    assertEquals(LinkFixtures.keys(KOR_EXERCISE), relay.state().originatorKeys().trusted());
    relay.onFrame(KOR, new Frame.Welcome(3, new Cursor(1, LinkFixtures.digest(1)), new byte[64]));
    assertEquals(1, anew(relay).violations());
  }

  @Test
  void aRelayGoesOnToCountWhatItPasses() {
    TwoEnds ends = new TwoEnds(TERMS, SMALL);
    ends.connect(JPN);
    ends.carry();
    enqueue(ends.out, 3);
    ends.flush();
    RelayStream relay =
        new RelayStream(TERMS, LinkFixtures.keys(KOR_EXERCISE), r -> Optional.empty());
    relay.onConnected(KOR);
    relay.onConnected(JPN);
    relay.onFrame(KOR, ends.sent(Frame.Batch.class).getFirst());

    assertEquals(3, anew(relay).passed());
  }

  @Test
  void aStateThatWasTakenNeverChanges() {
    OutboundStream out = LinkFixtures.outbound(LinkFixtures.BULK_TERMS, SMALL);
    for (int i = 0; i < 600; i++) {
      out.enqueue(LinkFixtures.ofTrack(1 + i % 3), 0);
    }
    OutboundState taken = out.state();
    List<OutboxState.Held> copy = List.copyOf(taken.outbox().held());
    assertThrows(UnsupportedOperationException.class, () -> taken.outbox().held().removeFirst());
    for (int i = 0; i < 600; i++) {
      out.enqueue(LinkFixtures.ofTrack(1 + i % 3), 0);
    }
    out.adoptReceipt(new Cursor(900, LinkFixtures.digest(1)));
    out.resume(1_000, NOW);

    assertEquals(copy, taken.outbox().held());
    assertEquals(600, taken.outbox().last());
  }

  @Test
  void aStateWithAHoleIsRefused() {
    OutboundStream out = LinkFixtures.outbound(TERMS, LinkFixtures.config(100_000, 5, 100_000));
    enqueue(out, 12);
    OutboxState s = out.state().outbox();
    assertEquals(7, s.base());

    assertThrows(
        InvalidValueException.class,
        () -> new OutboxState(1, s.acknowledgedHash(), 7, s.baseHash(), 0, s.held(), s.missing()));
    assertThrows(
        InvalidValueException.class,
        () -> new OutboxState(0, s.acknowledgedHash(), 7, s.baseHash(), 0, s.held(), List.of()));
  }

  @Test
  void pathsAreTakenInOrderWhateverTheirOrderInTheStream() {
    OutboundStream out = LinkFixtures.outbound(TERMS, SMALL);
    out.onConnected(USA, NOW);
    out.onConnected(JPN, NOW);
    OutboundState.Passing p = out.state().passing();

    assertEquals(JPN, p.paths().getFirst().path().peer());
    assertThrows(
        InvalidValueException.class,
        () -> new OutboundState.Passing(p.paths().reversed(), 0, 0, 0, 0, LinkHealth.Counts.NONE));
  }
}
