package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.KOR_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.KOR_REAL;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.SECOND;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.USA_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.ack;
import static parallax.link.fixtures.LinkFixtures.assertRefused;
import static parallax.link.fixtures.LinkFixtures.delivered;
import static parallax.link.fixtures.LinkFixtures.digest;
import static parallax.link.fixtures.LinkFixtures.frames;
import static parallax.link.fixtures.LinkFixtures.inbound;
import static parallax.link.fixtures.LinkFixtures.record;
import static parallax.link.fixtures.LinkFixtures.small;
import static parallax.link.fixtures.LinkFixtures.welcome;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.Faults;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.Channel;
import parallax.signing.SigningKey;

final class InboundStreamTest {
  private static final Frame.Hello HELLO = hello(2, 3);

  private final InboundStream stream = inbound(small());
  private final HashChain chain = new HashChain();

  private static Frame.Hello hello(int oldest, int newest) {
    return new Frame.Hello(oldest, newest, TERMS.stream(), Channel.EXERCISE, digest(9), 1);
  }

  private static Digest hashAfter(long seq) {
    return LinkFixtures.hashAfter(TERMS, seq, 5);
  }

  private static Cursor at(long next) {
    return new Cursor(next, hashAfter(next - 1));
  }

  @BeforeEach
  void greeted() {
    assertEquals(List.of(welcome(TERMS, at(1))), frames(greet()));
  }

  private List<LinkEffect> greet() {
    stream.onConnected(KOR, NOW);
    return hear(HELLO);
  }

  private List<LinkEffect> hear(Frame frame) {
    return stream.onFrame(KOR, frame, NOW);
  }

  private static List<Entry> records(long first, long last) {
    List<Entry> records = new ArrayList<>();
    for (long n = first; n <= last; n++) {
      records.add(new Entry.Whole(record(n, 5)));
    }
    return records;
  }

  private static Frame.Batch batch(
      long first, List<Entry> entries, Digest hash, SigningKey key, LinkTerms signedFor) {
    return Faults.signed(key, signedFor, new Frame.Batch(first, entries, hash, new byte[64], NOW));
  }

  private static Frame.Batch good(long first, long last) {
    return batch(first, records(first, last), hashAfter(last), KOR_EXERCISE, TERMS);
  }

  private static Frame.Ack receipt(long next, long echo) {
    return ack(TERMS, at(next), NOW, echo, false);
  }

  /** After a refusal nothing has changed, and the good batch goes in on the next connection. */
  private void assertUnharmed() {
    assertEquals(List.of(), hear(good(1, 3)), "broken off");
    stream.onDisconnected(KOR, NOW);
    assertEquals(List.of(welcome(TERMS, at(1))), frames(greet()));
    assertEquals(List.of(1L, 2L, 3L), delivered(hear(good(1, 3))));
  }

  @Test
  void deliversInOrderThenAcknowledges() {
    List<LinkEffect> effects = hear(good(1, 3));
    assertEquals(List.of(1L, 2L, 3L), delivered(effects));
    assertEquals(new LinkEffect.Send(KOR, receipt(4, NOW)), effects.get(3));
    assertEquals(at(4), stream.cursor());
    assertEquals(List.of(4L), delivered(hear(good(4, 4))));
  }

  @Test
  void dropsWhatItHoldsAndTakesWhatIsNew() {
    hear(good(1, 3));
    List<LinkEffect> again = hear(good(1, 3));
    assertEquals(List.of(), delivered(again));
    assertEquals(List.of(receipt(4, NOW)), frames(again));
    assertEquals(List.of(4L, 5L), delivered(hear(good(2, 5))));
    assertEquals(List.of(), delivered(hear(good(1, 2))));
    assertEquals(7, stream.health().counts().repeated());
    assertEquals(5, stream.health().counts().records());
  }

  @Test
  void duplicateWithAnotherHashIsRefused() {
    hear(good(1, 3));
    assertRefused(
        ViolationCode.CHAIN_BROKEN, hear(batch(1, records(1, 3), digest(5), KOR_EXERCISE, TERMS)));
    assertEquals(at(4), stream.cursor());
  }

  @Test
  void refusesAGap() {
    assertRefused(ViolationCode.GAP, hear(good(2, 3)));
    assertUnharmed();
  }

  @Test
  void refusesAnotherKey() {
    for (SigningKey key : List.of(KOR_REAL, USA_EXERCISE)) {
      greet();
      assertRefused(
          ViolationCode.BAD_SIGNATURE, hear(batch(1, records(1, 3), hashAfter(3), key, TERMS)));
    }
    assertUnharmed();
  }

  @Test
  void refusesTheRightKeyUsedForAnotherChannelRecipientOriginatorOrLane() {
    for (LinkTerms other :
        List.of(
            LinkFixtures.terms(KOR, JPN, Lane.URGENT, Channel.REAL),
            LinkFixtures.terms(KOR, USA, Lane.URGENT, Channel.EXERCISE),
            LinkFixtures.terms(USA, JPN, Lane.URGENT, Channel.EXERCISE),
            LinkFixtures.BULK_TERMS)) {
      greet();
      assertRefused(
          ViolationCode.BAD_SIGNATURE,
          hear(batch(1, records(1, 3), hashAfter(3), KOR_EXERCISE, other)));
    }
    assertUnharmed();
  }

  @Test
  void refusesChangedAddedRemovedAndSwappedRecords() {
    byte[] flipped = record(2, 5);
    flipped[0] ^= 1;
    List<Entry> changed = records(1, 3);
    changed.set(1, new Entry.Whole(flipped));
    List<Entry> all = records(1, 3);
    List<Entry> swapped = List.of(all.get(1), all.get(0), all.get(2));
    Frame.Batch signed = good(1, 3);
    for (List<Entry> bad : List.of(changed, swapped)) {
      greet();
      assertRefused(
          ViolationCode.CHAIN_BROKEN,
          hear(new Frame.Batch(1, bad, signed.chainHash(), signed.signature(), NOW)));
    }
    for (List<Entry> bad : List.of(records(1, 2), records(1, 4))) {
      greet();
      assertRefused(
          ViolationCode.BAD_SIGNATURE,
          hear(new Frame.Batch(1, bad, signed.chainHash(), signed.signature(), NOW)));
    }
    assertUnharmed();
  }

  @Test
  void refusesAChainThatLeavesOutTheBeginning() {
    Digest hash = chain.start(Channel.EXERCISE, TERMS.stream());
    for (long n = 2; n <= 3; n++) {
      hash = chain.next(hash, n - 1, chain.ofRecord(record(n, 5)));
    }
    greet();
    hear(good(1, 3));
    assertRefused(
        ViolationCode.CHAIN_BROKEN, hear(batch(4, records(4, 5), hash, KOR_EXERCISE, TERMS)));
    assertEquals(3, stream.delivered());
  }

  @Test
  void refusesBatchesAboveItsLimits() {
    assertRefused(ViolationCode.OVERSIZED, hear(good(1, 51)));
    greet();
    byte[] big = new byte[10_001];
    assertRefused(
        ViolationCode.OVERSIZED,
        hear(
            batch(
                1,
                List.of(new Entry.Whole(big)),
                chain.next(hashAfter(0), 1, chain.ofRecord(big)),
                KOR_EXERCISE,
                TERMS)));
    assertUnharmed();
  }

  @Test
  void refusesAHelloThatIsNotForThisStream() {
    record Case(ViolationCode code, Frame.Hello hello) {}
    for (Case c :
        List.of(
            new Case(ViolationCode.WRONG_PARTY, of(USA, JPN, Lane.URGENT, Channel.EXERCISE, 9)),
            new Case(ViolationCode.WRONG_PARTY, of(KOR, USA, Lane.URGENT, Channel.EXERCISE, 9)),
            new Case(ViolationCode.WRONG_PARTY, of(KOR, JPN, Lane.BULK, Channel.EXERCISE, 9)),
            new Case(ViolationCode.WRONG_CHANNEL, of(KOR, JPN, Lane.URGENT, Channel.REAL, 9)),
            new Case(
                ViolationCode.AGREEMENT_DIFFERS, of(KOR, JPN, Lane.URGENT, Channel.EXERCISE, 8)))) {
      stream.onConnected(KOR, NOW);
      assertRefused(c.code(), hear(c.hello()));
    }
    assertUnharmed();
  }

  private static Frame.Hello of(
      parallax.model.Nation from,
      parallax.model.Nation to,
      Lane lane,
      Channel channel,
      int digest) {
    return new Frame.Hello(2, 3, new StreamId(from, to, lane), channel, digest(digest), 1);
  }

  @Test
  void goesByItsVersionWhenThatIsAmongThoseOffered() {
    for (Frame.Hello offer : List.of(hello(2, 3), hello(3, 3), hello(2, 9), hello(0, 7))) {
      stream.onConnected(KOR, NOW);
      assertEquals(List.of(welcome(TERMS, at(1))), frames(hear(offer)));
    }
    for (Frame.Hello offer : List.of(hello(2, 2), hello(1, 2))) {
      stream.onConnected(KOR, NOW);
      assertEquals(2, ((Frame.Welcome) frames(hear(offer)).getFirst()).version());
    }
    for (Frame.Hello offer :
        List.of(hello(1, 1), hello(4, 9), hello(3, 2), hello(3, 1), hello(0, 0), hello(-5, 1))) {
      stream.onConnected(KOR, NOW);
      assertRefused(ViolationCode.VERSION_NOT_SPOKEN, hear(offer));
    }
    assertUnharmed();
  }

  @Test
  void refusesFramesThatDoNotBelongHere() {
    Frame.Gap gap = new Frame.Gap(1, 1, GapReason.RETENTION, digest(1), new byte[64]);
    for (Frame f :
        List.of(
            good(1, 3),
            gap,
            new Frame.Heartbeat(0, NOW),
            receipt(1, 0),
            new Frame.Suspension(true, ""),
            welcome(TERMS, at(1)))) {
      stream.onConnected(KOR, NOW);
      assertRefused(ViolationCode.UNEXPECTED_FRAME, hear(f));
    }
    for (Frame f : List.of(HELLO, receipt(1, 0), welcome(TERMS, at(1)))) {
      greet();
      assertRefused(ViolationCode.UNEXPECTED_FRAME, hear(f));
    }
    greet();
    assertRefused(ViolationCode.MALFORMED_FRAME, stream.onMalformed(KOR, "7 bytes", NOW));
    assertUnharmed();
  }

  @Test
  void answersEveryHeartbeatAndKeepsTheMark() {
    hear(good(1, 3));
    assertEquals(
        List.of(ack(TERMS, at(4), NOW + 9, 123, true)),
        frames(stream.onFrame(KOR, new Frame.Heartbeat(10, 123), NOW + 9)));
    assertEquals(10, stream.highWaterMark());
    assertEquals(7, stream.health().lag());
    assertRefused(ViolationCode.MARK_BEHIND, hear(new Frame.Heartbeat(9, 124)));
    assertEquals(10, stream.highWaterMark());
  }

  @Test
  void silentOriginatorIsStaleThenGivenUp() {
    assertEquals(List.of(), stream.onTick(NOW + 3 * SECOND - 1));
    assertEquals(
        List.of(new LinkEffect.StateChanged(KOR, LinkState.STALE)),
        stream.onTick(NOW + 3 * SECOND));
    stream.onFrame(KOR, good(1, 1), NOW + 5 * SECOND);
    assertEquals(LinkState.UP, stream.state(KOR));
    assertInstanceOf(LinkEffect.Close.class, stream.onTick(NOW + 15 * SECOND).get(0));
    assertEquals(LinkState.DOWN, stream.state(KOR));
    stream.onConnected(KOR, NOW);
    assertTrue(
        stream.onTick(NOW + 10 * SECOND).get(0) instanceof LinkEffect.Close,
        "a partner that connects and says nothing is given up too");
  }

  @Test
  void framesWithoutAConnectionAreDropped() {
    stream.onDisconnected(KOR, NOW);
    assertEquals(List.of(), hear(good(1, 3)));
    assertEquals(List.of(), stream.onFrame(USA, good(1, 3), NOW));
    assertEquals(List.of(), stream.onMalformed(USA, "0 bytes", NOW));
    assertEquals(List.of(), stream.onDisconnected(USA, NOW));
    assertEquals(1, stream.health().paths().size());
    assertEquals(List.of(), stream.onTick(NOW + 100 * SECOND));
    assertEquals(0, stream.delivered());
  }

  @Test
  void goesOnUnderAnotherAgreementOnlyWhileDown() {
    hear(good(1, 3));
    assertThrows(
        IllegalStateException.class,
        () ->
            stream.renew(
                digest(8), LinkFixtures.keys(KOR_EXERCISE), LinkFixtures.JPN_EXERCISE.key()));
    stream.onAllDisconnected(NOW);
    stream.renew(digest(8), LinkFixtures.keys(KOR_EXERCISE), LinkFixtures.JPN_EXERCISE.key());
    stream.onConnected(KOR, NOW);
    assertEquals(
        List.of(welcome(TERMS, at(4))),
        frames(hear(of(KOR, JPN, Lane.URGENT, Channel.EXERCISE, 8))));
  }

  @Test
  void theSameCallsGiveTheSameEffects() {
    InboundStream other = inbound(small());
    other.onConnected(KOR, NOW);
    other.onFrame(KOR, HELLO, NOW);
    for (Frame f : List.of(good(1, 4), new Frame.Heartbeat(6, 5), good(3, 6), good(8, 9))) {
      assertEquals(hear(f).toString(), other.onFrame(KOR, f, NOW).toString());
    }
    assertEquals(stream.health(), other.health());
    assertEquals(stream.cursor(), other.cursor());
  }
}
