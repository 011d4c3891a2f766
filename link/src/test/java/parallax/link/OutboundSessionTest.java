package parallax.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.LinkFixtures.REPORT;
import static parallax.link.LinkFixtures.SECOND;
import static parallax.link.LinkFixtures.TERMS;
import static parallax.link.LinkFixtures.assertRefused;
import static parallax.link.LinkFixtures.digest;
import static parallax.link.LinkFixtures.frames;
import static parallax.link.LinkFixtures.outbound;
import static parallax.link.LinkFixtures.small;
import static parallax.link.LinkFixtures.violations;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.fixtures.ReleaseFixtures;

final class OutboundSessionTest {
  private static final long NOW = 1_700_000_000L * SECOND;
  private final OutboundSession session = outbound(small());
  private final HashChain chain = new HashChain();

  private void enqueue(int count) {
    for (int i = 0; i < count; i++) {
      session.enqueue(REPORT);
    }
  }

  private Digest hashAfter(long seq) {
    Digest hash = chain.start(TERMS);
    for (long n = 1; n <= seq; n++) {
      hash = chain.next(hash, n, LinkFixtures.record(n, 20));
    }
    return hash;
  }

  private List<LinkEffect> greet(long nextSeq) {
    session.onConnected(NOW);
    return session.onFrame(new Frame.Welcome(nextSeq, hashAfter(nextSeq - 1)), NOW);
  }

  @Test
  void numbersFromOneWithoutHoles() {
    assertEquals(1, session.enqueue(REPORT));
    assertEquals(2, session.enqueue(REPORT));
    assertEquals(2, session.highWaterMark());
    assertArrayEquals(LinkFixtures.record(2, 20), session.record(2));
    assertEquals(new Cursor(3, hashAfter(2)), session.cursor());
    assertThrows(InvalidValueException.class, () -> session.record(3));
    assertThrows(InvalidValueException.class, () -> session.record(0));
  }

  @Test
  void sendsNothingBeforeTheWelcome() {
    enqueue(3);
    assertEquals(List.of(), session.flush(NOW));
    List<Frame> hello = frames(session.onConnected(NOW));
    assertInstanceOf(Frame.Hello.class, hello.get(0));
    assertEquals(1, hello.size());
    assertEquals(List.of(), session.flush(NOW));
    assertEquals(List.of(), session.onTick(NOW + SECOND));
  }

  @Test
  void batchesKeepWithinTheirLimitsAndTheWindow() {
    enqueue(100);
    List<Frame> sent = frames(greet(1));
    assertEquals(new Frame.Heartbeat(100, NOW, 0), sent.get(0));
    long bytes = 0;
    long next = 1;
    for (Frame f : sent.subList(1, sent.size())) {
      Frame.Batch batch = assertInstanceOf(Frame.Batch.class, f);
      assertEquals(next, batch.firstSeq());
      assertTrue(batch.records().size() <= 7);
      assertEquals(hashAfter(batch.lastSeq()), batch.chainHash());
      next = batch.lastSeq() + 1;
      long size = 0;
      for (byte[] r : batch.records()) {
        size += r.length;
      }
      assertTrue(size <= 200);
      assertTrue(bytes < 600, "window");
      bytes += size;
    }
    assertEquals(List.of(), session.flush(NOW));
    List<Frame> more = frames(session.onFrame(new Frame.Ack(next, NOW), NOW + 5));
    assertEquals(next, assertInstanceOf(Frame.Batch.class, more.get(0)).firstSeq());
    assertEquals(next - 1, session.acknowledged());
  }

  @Test
  void goesOnAtTheReceiversCursorAfterABreak() {
    enqueue(10);
    greet(1);
    session.onFrame(new Frame.Ack(4, NOW), NOW);
    session.onDisconnected(NOW);
    assertEquals(LinkState.DOWN, session.state());
    List<Frame> sent = frames(greet(6));
    assertEquals(6, assertInstanceOf(Frame.Batch.class, sent.get(1)).firstSeq());
    assertEquals(5, session.acknowledged());
    assertTrue(session.health().counts().repeated() > 0);
  }

  @Test
  void refusesAWelcomeThatDoesNotFitItsChain() {
    enqueue(5);
    session.onConnected(NOW);
    assertRefused(
        ViolationCode.CURSOR_AHEAD, session.onFrame(new Frame.Welcome(7, hashAfter(5)), NOW));
    session.onConnected(NOW);
    assertRefused(
        ViolationCode.CHAIN_DISAGREES, session.onFrame(new Frame.Welcome(3, digest(1)), NOW));
    session.onConnected(NOW);
    assertRefused(
        ViolationCode.CHAIN_DISAGREES, session.onFrame(new Frame.Welcome(1, digest(1)), NOW));
    greet(4);
    session.onConnected(NOW);
    assertRefused(
        ViolationCode.CURSOR_BEHIND, session.onFrame(new Frame.Welcome(3, hashAfter(2)), NOW));
    assertEquals(4, session.health().counts().violations());
    assertFalse(frames(greet(4)).isEmpty(), "a good Welcome goes on");
  }

  @Test
  void refusesAnAckOfWhatWasNotSent() {
    enqueue(100);
    greet(1);
    assertRefused(ViolationCode.CURSOR_AHEAD, session.onFrame(new Frame.Ack(101, NOW), NOW));
    assertEquals(0, session.acknowledged());
    assertEquals(List.of(), session.onFrame(new Frame.Ack(2, NOW), NOW), "broken off");
  }

  @Test
  void oldAckChangesNothing() {
    enqueue(5);
    greet(1);
    session.onFrame(new Frame.Ack(5, NOW), NOW);
    assertEquals(List.of(), session.onFrame(new Frame.Ack(2, NOW), NOW));
    assertEquals(4, session.acknowledged());
  }

  @Test
  void refusesFramesThatDoNotBelongHere() {
    Frame[] before = {new Frame.Ack(1, 0), new Frame.Heartbeat(0, NOW, 0)};
    for (Frame f : before) {
      session.onConnected(NOW);
      assertRefused(ViolationCode.UNEXPECTED_FRAME, session.onFrame(f, NOW));
    }
    Frame[] never = {
      new Frame.Welcome(1, hashAfter(0)),
      new Frame.Hello(1, Nation.JPN, Nation.KOR, Channel.EXERCISE, digest(9), 1),
      new Frame.Batch(1, List.of(new byte[1]), digest(1), new byte[64], NOW)
    };
    for (Frame f : never) {
      greet(1);
      assertRefused(ViolationCode.UNEXPECTED_FRAME, session.onFrame(f, NOW));
    }
    greet(1);
    assertRefused(ViolationCode.MALFORMED_FRAME, session.onMalformed("0 bytes", NOW));
  }

  @Test
  void refusalOfThePartnerIsShownAndStays() {
    greet(1);
    List<LinkEffect> effects =
        session.onFrame(new Frame.Refusal(ViolationCode.GAP, "evil\n\u001b[31m日本"), NOW);
    assertEquals(List.of(ViolationCode.REFUSED_BY_PARTNER), violations(effects));
    assertEquals(
        new LinkEffect.Violation(ViolationCode.REFUSED_BY_PARTNER, "GAP: evil??[31m??"),
        effects.get(0));
    assertEquals(LinkState.REFUSED, session.state());
    session.onDisconnected(NOW);
    assertEquals(LinkState.REFUSED, session.state());
  }

  @Test
  void heartsBeatEverySecondAndMeasureTheRoundTrip() {
    greet(1);
    assertEquals(List.of(), session.onTick(NOW + SECOND - 1));
    assertEquals(
        List.of(new Frame.Heartbeat(0, NOW + SECOND, 0)), frames(session.onTick(NOW + SECOND)));
    session.onFrame(new Frame.Heartbeat(0, NOW + 5 * SECOND, NOW + SECOND), NOW + SECOND + 400);
    assertEquals(OptionalLong.of(400), session.health().roundTripNs());
    assertEquals(OptionalLong.of(4 * SECOND - 200), session.health().clockOffsetNs());
    session.onFrame(new Frame.Heartbeat(0, NOW, Long.MIN_VALUE), NOW + 2 * SECOND);
    session.onFrame(new Frame.Heartbeat(0, NOW, Long.MAX_VALUE), NOW + 2 * SECOND);
    assertEquals(OptionalLong.of(400), session.health().roundTripNs(), "nonsense is not measured");
  }

  @Test
  void whatAHeartbeatsAnswerLacksIsSentAgain() {
    enqueue(5);
    greet(1);
    session.onTick(NOW + SECOND);
    List<Frame> again =
        frames(session.onFrame(new Frame.Heartbeat(3, NOW, NOW + SECOND), NOW + SECOND + 9));
    assertEquals(3, session.acknowledged());
    assertEquals(4, assertInstanceOf(Frame.Batch.class, again.get(0)).firstSeq());
    assertRefused(ViolationCode.CURSOR_AHEAD, session.onFrame(new Frame.Heartbeat(6, NOW, 0), NOW));
  }

  @Test
  void silentPartnerIsStaleThenGivenUp() {
    greet(1);
    session.onTick(NOW + 3 * SECOND - 1);
    assertEquals(LinkState.UP, session.state());
    assertTrue(
        session.onTick(NOW + 3 * SECOND).contains(new LinkEffect.StateChanged(LinkState.STALE)));
    session.onFrame(new Frame.Heartbeat(0, NOW, 0), NOW + 4 * SECOND);
    assertEquals(LinkState.UP, session.state());
    assertEquals(OptionalLong.of(NOW + 4 * SECOND), session.health().lastHeardNs());
    List<LinkEffect> effects = session.onTick(NOW + 14 * SECOND);
    assertInstanceOf(LinkEffect.Close.class, effects.get(0));
    assertEquals(LinkState.DOWN, session.state());
  }

  @Test
  void clockSteppedBackOnlyDelaysTheVerdict() {
    greet(1);
    long back = NOW - 3600 * SECOND;
    assertEquals(1, frames(session.onTick(back)).size(), "a heartbeat is due at once");
    assertEquals(LinkState.UP, session.state());
    session.onTick(back + 3 * SECOND);
    assertEquals(LinkState.STALE, session.state());
  }

  @Test
  void fullOutboxTakesNothingAndSaysSo() {
    while (session.hasRoom()) {
      session.enqueue(REPORT);
    }
    Cursor before = session.cursor();
    assertThrows(OutboxFullException.class, () -> session.enqueue(REPORT));
    assertEquals(before, session.cursor());
    greet(before.next());
    assertTrue(session.hasRoom());
    session.enqueue(REPORT);
    assertEquals(before.next(), session.highWaterMark());
  }

  @Test
  void takesOnlyWhatWasReleasedToThisPartnerOnThisChannelByThisNation() {
    assertThrows(
        InvalidValueException.class,
        () ->
            session.enqueue(
                ReleaseFixtures.released(
                    ReleaseFixtures.launchReport(Nation.KOR, 1, 30), Nation.USA)));
    assertThrows(
        InvalidValueException.class,
        () ->
            session.enqueue(
                ReleaseFixtures.released(
                    ReleaseFixtures.launchReport(Nation.USA, 1, 30), Nation.JPN)));
    OutboundSession real =
        new OutboundSession(
            LinkFixtures.terms(Nation.KOR, Nation.JPN, Channel.REAL),
            LinkFixtures.KOR_REAL,
            new LinkFixtures.CountingEncoder(0),
            small());
    assertThrows(InvalidValueException.class, () -> real.enqueue(REPORT));
    assertEquals(0, real.highWaterMark());
    assertEquals(0, session.highWaterMark());
  }

  @Test
  void outboxKeepsItsRecordsWhileItsRingGrowsAndTurns() {
    OutboundSession big = outbound(LinkConfig.standard());
    long acknowledged = 0;
    for (int n = 1; n <= 6_000; n++) {
      big.enqueue(REPORT);
      if (n % 900 == 0) {
        acknowledged = n - 700L;
        Cursor at = new Cursor(acknowledged + 1, hashAfter(acknowledged));
        big.onConnected(NOW);
        assertEquals(
            List.of(), violations(big.onFrame(new Frame.Welcome(at.next(), at.chainHash()), NOW)));
      }
    }
    for (long n = acknowledged + 1; n <= 6_000; n++) {
      assertArrayEquals(LinkFixtures.record(n, 20), big.record(n));
    }
    assertEquals(hashAfter(6_000), big.cursor().chainHash());
  }
}
