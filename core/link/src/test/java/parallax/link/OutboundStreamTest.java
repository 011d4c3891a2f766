package parallax.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.REPORT;
import static parallax.link.fixtures.LinkFixtures.SECOND;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.ack;
import static parallax.link.fixtures.LinkFixtures.assertRefused;
import static parallax.link.fixtures.LinkFixtures.digest;
import static parallax.link.fixtures.LinkFixtures.frames;
import static parallax.link.fixtures.LinkFixtures.outbound;
import static parallax.link.fixtures.LinkFixtures.small;
import static parallax.link.fixtures.LinkFixtures.violations;
import static parallax.link.fixtures.LinkFixtures.welcome;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.release.fixtures.ReleaseFixtures;

final class OutboundStreamTest {
  private final OutboundStream stream = outbound(small());

  private void enqueue(int count) {
    for (int i = 0; i < count; i++) {
      stream.enqueue(REPORT, 0);
    }
  }

  private static Digest hashAfter(long seq) {
    return LinkFixtures.hashAfter(TERMS, seq, 20);
  }

  private static Cursor at(long next) {
    return new Cursor(next, hashAfter(next - 1));
  }

  private List<LinkEffect> hear(Frame frame) {
    return stream.onFrame(JPN, frame, NOW);
  }

  private List<LinkEffect> greet(long next) {
    stream.onConnected(JPN, NOW);
    return hear(welcome(TERMS, at(next)));
  }

  @Test
  void numbersFromOneWithoutHoles() {
    assertEquals(1, stream.enqueue(REPORT, 0));
    assertEquals(2, stream.enqueue(REPORT, 0));
    assertEquals(2, stream.highWaterMark());
    assertArrayEquals(LinkFixtures.record(2, 20), stream.record(2));
    assertEquals(at(3), stream.cursor());
    assertThrows(InvalidValueException.class, () -> stream.record(3));
    assertThrows(InvalidValueException.class, () -> stream.record(0));
  }

  @Test
  void sendsNothingBeforeTheWelcome() {
    enqueue(3);
    assertEquals(List.of(), stream.flush(NOW));
    List<Frame> hello = frames(stream.onConnected(JPN, NOW));
    assertEquals(
        List.of(
            new Frame.Hello(2, 3, TERMS.stream(), Channel.EXERCISE, TERMS.agreementDigest(), NOW)),
        hello);
    assertEquals(List.of(), stream.flush(NOW));
    assertEquals(List.of(), stream.onTick(NOW + SECOND));
  }

  @Test
  void batchesKeepWithinTheirLimitsAndTheWindow() {
    enqueue(100);
    List<Frame> sent = frames(greet(1));
    assertEquals(new Frame.Heartbeat(100, NOW), sent.get(0));
    long bytes = 0;
    long next = 1;
    for (Frame f : sent.subList(1, sent.size())) {
      Frame.Batch batch = assertInstanceOf(Frame.Batch.class, f);
      assertEquals(next, batch.firstSeq());
      assertTrue(batch.entries().size() <= 7);
      assertEquals(hashAfter(batch.lastSeq()), batch.chainHash());
      next = batch.lastSeq() + 1;
      long size = 0;
      for (Entry e : batch.entries()) {
        size += assertInstanceOf(Entry.Whole.class, e).bytes().length;
      }
      assertTrue(size <= 200);
      assertTrue(bytes < 600, "window");
      bytes += size;
    }
    assertTrue(bytes >= 600, "the window is used");
    assertEquals(List.of(), stream.flush(NOW));
    List<Frame> more = frames(stream.onFrame(JPN, ack(TERMS, at(next), 1, NOW, false), NOW + 5));
    assertEquals(next, assertInstanceOf(Frame.Batch.class, more.get(0)).firstSeq());
    assertEquals(next - 1, stream.acknowledged());
  }

  @Test
  void goesOnAtTheReceiversCursorAfterABreak() {
    enqueue(10);
    greet(1);
    hear(ack(TERMS, at(4), 1, NOW, false));
    stream.onDisconnected(JPN, NOW);
    assertEquals(LinkState.DOWN, stream.state(JPN));
    List<Frame> sent = frames(greet(6));
    assertEquals(6, assertInstanceOf(Frame.Batch.class, sent.get(1)).firstSeq());
    assertEquals(5, stream.acknowledged());
    assertEquals(5, stream.health().counts().repeated(), "6 to 10");
  }

  @Test
  void refusesAWelcomeThatDoesNotFitItsChain() {
    enqueue(5);
    greet(1);
    stream.onConnected(JPN, NOW);
    assertRefused(ViolationCode.CURSOR_AHEAD, hear(welcome(TERMS, new Cursor(7, hashAfter(5)))));
    stream.onConnected(JPN, NOW);
    assertRefused(ViolationCode.CHAIN_DISAGREES, hear(welcome(TERMS, new Cursor(3, digest(1)))));
    stream.onConnected(JPN, NOW);
    assertRefused(ViolationCode.CHAIN_DISAGREES, hear(welcome(TERMS, new Cursor(1, digest(1)))));
    greet(4);
    stream.onConnected(JPN, NOW);
    assertRefused(ViolationCode.CURSOR_BEHIND, hear(welcome(TERMS, at(3))));
    assertEquals(4, stream.health().counts().violations());
    assertFalse(frames(greet(4)).isEmpty(), "a good Welcome goes on");
  }

  @Test
  void refusesAWelcomeToWhatWasNeverSent() {
    enqueue(5);
    stream.onConnected(JPN, NOW);
    assertRefused(ViolationCode.CURSOR_AHEAD, hear(welcome(TERMS, at(3))));
  }

  @Test
  void refusesAWelcomeOfAnotherVersion() {
    for (int version : List.of(1, 4)) {
      stream.onConnected(JPN, NOW);
      assertRefused(
          ViolationCode.VERSION_NOT_SPOKEN,
          hear(
              new Frame.Welcome(
                  version, at(1), LinkFixtures.receipt(LinkFixtures.JPN_EXERCISE, TERMS, at(1)))));
    }
  }

  @Test
  void refusesAnAckOfWhatWasNotSent() {
    enqueue(100);
    greet(1);
    assertRefused(ViolationCode.CURSOR_AHEAD, hear(ack(TERMS, at(101), 1, NOW, false)));
    assertEquals(0, stream.acknowledged());
    assertEquals(List.of(), hear(ack(TERMS, at(2), 1, NOW, false)), "broken off");
  }

  @Test
  void oldAckChangesNothing() {
    enqueue(5);
    greet(1);
    hear(ack(TERMS, at(5), 1, NOW, false));
    assertEquals(List.of(), hear(ack(TERMS, at(2), 1, NOW, false)));
    assertEquals(4, stream.acknowledged());
  }

  @Test
  void refusesFramesThatDoNotBelongHere() {
    Frame hello =
        new Frame.Hello(2, 2, TERMS.stream(), Channel.EXERCISE, TERMS.agreementDigest(), 1);
    Frame batch =
        new Frame.Batch(1, List.of(new Entry.Whole(new byte[1])), digest(1), new byte[64], NOW);
    Frame gap = new Frame.Gap(1, 1, GapReason.RETENTION, digest(1), new byte[64]);
    Frame heartbeat = new Frame.Heartbeat(0, NOW);
    for (Frame f : List.of(ack(TERMS, at(1), 1, 0, false), hello, batch, gap, heartbeat)) {
      stream.onConnected(JPN, NOW);
      assertRefused(ViolationCode.UNEXPECTED_FRAME, hear(f));
    }
    for (Frame f : List.of(welcome(TERMS, at(1)), hello, batch, gap, heartbeat)) {
      greet(1);
      assertRefused(ViolationCode.UNEXPECTED_FRAME, hear(f));
    }
    greet(1);
    assertRefused(ViolationCode.MALFORMED_FRAME, stream.onMalformed(JPN, "0 bytes", NOW));
  }

  @Test
  void refusalOfThePartnerIsShownAndStays() {
    greet(1);
    List<LinkEffect> effects = hear(new Frame.Refusal(ViolationCode.GAP, "evil\n\u001b[31m日本"));
    assertEquals(List.of(ViolationCode.REFUSED_BY_PARTNER), violations(effects));
    assertEquals(
        new LinkEffect.Violation(JPN, ViolationCode.REFUSED_BY_PARTNER, "GAP: evil??[31m日本"),
        effects.get(0));
    assertEquals(LinkState.REFUSED, stream.state(JPN));
    stream.onDisconnected(JPN, NOW);
    assertEquals(LinkState.REFUSED, stream.state(JPN));
  }

  private OptionalLong roundTripNs() {
    return path().roundTripNs();
  }

  private LinkHealth.PathHealth path() {
    return stream.health().paths().values().iterator().next();
  }

  @Test
  void heartsBeatEverySecondAndMeasureTheRoundTrip() {
    greet(1);
    assertEquals(List.of(), stream.onTick(NOW + SECOND - 1));
    long t = NOW + SECOND;
    assertEquals(List.of(new Frame.Heartbeat(0, t)), frames(stream.onTick(t)));
    stream.onFrame(JPN, ack(TERMS, at(1), NOW + 5 * SECOND, t, true), t + 400);
    assertEquals(OptionalLong.of(400), roundTripNs());
    assertEquals(OptionalLong.of(4 * SECOND - 200), path().clockOffsetNs());
    for (long nonsense : new long[] {Long.MIN_VALUE, -1, 0, 1, t + 2 * SECOND, Long.MAX_VALUE}) {
      stream.onFrame(JPN, ack(TERMS, at(1), NOW, nonsense, true), t + SECOND);
      assertEquals(OptionalLong.of(400), roundTripNs(), "nonsense is not measured: " + nonsense);
    }
    stream.onFrame(JPN, ack(TERMS, at(1), NOW, t, false), t + SECOND);
    assertEquals(OptionalLong.of(400), roundTripNs(), "only heartbeats are measured");
  }

  @Test
  void whatAHeartbeatsAnswerLacksIsSentAgain() {
    enqueue(5);
    greet(1);
    long t = NOW + SECOND;
    stream.onTick(t);
    List<Frame> again = frames(stream.onFrame(JPN, ack(TERMS, at(4), NOW, t, true), t + 9));
    assertEquals(3, stream.acknowledged());
    assertEquals(4, assertInstanceOf(Frame.Batch.class, again.get(0)).firstSeq());
    assertEquals(2, stream.health().counts().repeated());
    assertRefused(ViolationCode.CURSOR_AHEAD, hear(ack(TERMS, at(7), NOW, 0, true)));
  }

  @Test
  void oneHeartbeatsAnswerSendsAgainOnce() {
    enqueue(5);
    greet(1);
    long t = NOW + SECOND;
    stream.onTick(t);
    assertEquals(1, frames(stream.onFrame(JPN, ack(TERMS, at(4), NOW, t, true), t + 9)).size());
    assertEquals(
        List.of(),
        stream.onFrame(JPN, ack(TERMS, at(4), NOW, t, true), t + 10),
        "an answer played again asks for nothing");
  }

  @Test
  void silentPartnerIsStaleThenGivenUp() {
    greet(1);
    stream.onTick(NOW + 3 * SECOND - 1);
    assertEquals(LinkState.UP, stream.state(JPN));
    assertTrue(
        stream
            .onTick(NOW + 3 * SECOND)
            .contains(new LinkEffect.StateChanged(JPN, LinkState.STALE)));
    stream.onFrame(JPN, ack(TERMS, at(1), NOW, 0, true), NOW + 4 * SECOND);
    assertEquals(LinkState.UP, stream.state(JPN));
    assertEquals(OptionalLong.of(NOW + 4 * SECOND), path().lastHeardNs());
    List<LinkEffect> effects = stream.onTick(NOW + 14 * SECOND);
    assertInstanceOf(LinkEffect.Close.class, effects.get(0));
    assertEquals(LinkState.DOWN, stream.state(JPN));
  }

  @Test
  void clockSteppedBackOnlyDelaysTheVerdict() {
    greet(1);
    long back = NOW - 3600 * SECOND;
    assertEquals(1, frames(stream.onTick(back)).size(), "a heartbeat is due at once");
    assertEquals(LinkState.UP, stream.state(JPN));
    stream.onTick(back + 3 * SECOND);
    assertEquals(LinkState.STALE, stream.state(JPN));
  }

  @Test
  void takesOnlyWhatWasReleasedToThisPartnerOnThisChannelByThisNation() {
    assertThrows(
        InvalidValueException.class,
        () ->
            stream.enqueue(
                ReleaseFixtures.released(ReleaseFixtures.launchReport(KOR, 1, 30), USA), 0));
    assertThrows(
        InvalidValueException.class,
        () ->
            stream.enqueue(
                ReleaseFixtures.released(ReleaseFixtures.launchReport(USA, 1, 30), JPN), 0));
    OutboundStream real =
        outbound(LinkFixtures.terms(KOR, JPN, Lane.URGENT, Channel.REAL), small());
    assertThrows(InvalidValueException.class, () -> real.enqueue(REPORT, 0));
    assertEquals(0, real.highWaterMark());
    assertEquals(0, stream.highWaterMark());
  }

  @Test
  void refusesARecordNoPartnerWouldAccept() {
    OutboundStream big =
        new OutboundStream(
            TERMS,
            Keyring.of(LinkFixtures.KOR_EXERCISE),
            LinkFixtures.KOR_EXERCISE.key(),
            LinkFixtures.keys(LinkFixtures.JPN_EXERCISE),
            report -> new byte[10_001],
            small());
    assertThrows(InvalidValueException.class, () -> big.enqueue(REPORT, 0));
    assertEquals(0, big.highWaterMark());
  }

  @Test
  void keepsItsRecordsWhileItsRingGrowsAndTurns() {
    OutboundStream big = outbound(LinkConfig.standard());
    big.onConnected(JPN, NOW);
    big.onFrame(JPN, welcome(TERMS, at(1)), NOW);
    long acknowledged = 0;
    for (int n = 1; n <= 6_000; n++) {
      big.enqueue(REPORT, 0);
      if (n % 900 == 0) {
        big.flush(NOW);
        acknowledged = n - 700L;
        assertEquals(
            List.of(),
            violations(big.onFrame(JPN, ack(TERMS, at(acknowledged + 1), 0, 0, false), NOW)));
      }
    }
    for (long n = acknowledged + 1; n <= 6_000; n++) {
      assertArrayEquals(LinkFixtures.record(n, 20), big.record(n));
    }
    assertEquals(hashAfter(6_000), big.cursor().chainHash());
  }

  @Test
  void goesOnUnderAnotherAgreementOnlyWhileDown() {
    enqueue(3);
    greet(1);
    assertThrows(
        IllegalStateException.class,
        () ->
            stream.renew(
                digest(8),
                LinkFixtures.KOR_EXERCISE.key(),
                LinkFixtures.keys(LinkFixtures.JPN_EXERCISE)));
    stream.onAllDisconnected(NOW);
    stream.renew(
        digest(8), LinkFixtures.KOR_EXERCISE.key(), LinkFixtures.keys(LinkFixtures.JPN_EXERCISE));
    assertEquals(
        digest(8),
        assertInstanceOf(Frame.Hello.class, frames(stream.onConnected(JPN, NOW)).get(0))
            .agreementDigest());
    assertFalse(frames(hear(welcome(TERMS, at(2)))).isEmpty());
  }

  @Test
  void neighboursNeverConnectedLeaveNoTrace() {
    assertEquals(List.of(), stream.onDisconnected(USA, NOW));
    assertEquals(List.of(), stream.onFrame(USA, welcome(TERMS, at(1)), NOW));
    assertEquals(List.of(), stream.onMalformed(USA, "0 bytes", NOW));
    assertTrue(stream.health().paths().isEmpty());
  }
}
