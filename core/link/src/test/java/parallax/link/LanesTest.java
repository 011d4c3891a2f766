package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.BULK_TERMS;
import static parallax.link.fixtures.LinkFixtures.JPN_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.KOR_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.REPORT;
import static parallax.link.fixtures.LinkFixtures.SECOND;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.delivered;
import static parallax.link.fixtures.LinkFixtures.frames;
import static parallax.link.fixtures.LinkFixtures.inbound;
import static parallax.link.fixtures.LinkFixtures.keys;
import static parallax.link.fixtures.LinkFixtures.ofTrack;
import static parallax.link.fixtures.LinkFixtures.only;
import static parallax.link.fixtures.LinkFixtures.small;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.InvalidValueException;

final class LanesTest {
  private final Outgoing out =
      new Outgoing(
          TERMS,
          Keyring.of(KOR_EXERCISE),
          KOR_EXERCISE.key(),
          keys(JPN_EXERCISE),
          new LinkFixtures.CountingEncoder(20),
          small());
  private final InboundStream urgent = inbound(TERMS, small());
  private final InboundStream bulk = inbound(BULK_TERMS, small());
  private final List<String> told = new ArrayList<>();

  private InboundStream in(Lane lane) {
    return lane == Lane.URGENT ? urgent : bulk;
  }

  private static List<Frame> of(Lane lane, List<Outgoing.OfLane> lanes) {
    List<Frame> out = new ArrayList<>();
    for (Outgoing.OfLane l : lanes) {
      if (l.lane() == lane) {
        out.addAll(frames(l.effects()));
      }
    }
    return out;
  }

  /** Greets on a lane; what else is sent then is returned. */
  private List<Frame> greet(Lane lane) {
    in(lane).onConnected(KOR, NOW);
    Frame hello = frames(out.on(lane).onConnected(JPN, NOW)).get(0);
    Frame welcome = frames(in(lane).onFrame(KOR, hello, NOW)).get(0);
    return of(lane, out.onFrame(lane, JPN, welcome, NOW));
  }

  /** Carries frames to the recipient of a lane and returns its receipts. */
  private List<Frame> carry(Lane lane, List<Frame> frames) {
    List<Frame> receipts = new ArrayList<>();
    for (Frame f : frames) {
      List<LinkEffect> effects = in(lane).onFrame(KOR, f, NOW);
      delivered(effects).forEach(n -> told.add(lane + " " + n));
      receipts.addAll(frames(effects));
    }
    return receipts;
  }

  @Test
  void eachLaneHasItsNumbersAndChain() {
    assertEquals(1, out.enqueue(REPORT, Lane.URGENT).seq());
    assertEquals(1, out.enqueue(ofTrack(1), Lane.BULK).seq());
    assertEquals(2, out.enqueue(REPORT, Lane.URGENT).seq());
    assertEquals(BULK_TERMS.stream(), out.enqueue(ofTrack(1), Lane.BULK).stream());
    assertFalse(
        out.on(Lane.URGENT).cursor().chainHash().equals(out.on(Lane.BULK).cursor().chainHash()));
  }

  @Test
  void noTrackIsToldBeforeItsLaunch() {
    List<Frame> onBulk = new ArrayList<>(greet(Lane.BULK));
    out.enqueue(REPORT, Lane.URGENT);
    out.enqueue(ofTrack(1), Lane.BULK);
    onBulk.addAll(of(Lane.BULK, out.flush(NOW)));
    onBulk.addAll(of(Lane.BULK, out.onTick(NOW)));
    List<Frame> onUrgent = greet(Lane.URGENT);
    onBulk.addAll(of(Lane.BULK, out.flush(NOW)));
    carry(Lane.BULK, onBulk);
    assertEquals(List.of(), told);
    List<Frame> receipts = carry(Lane.URGENT, onUrgent);
    assertEquals(List.of("URGENT 1"), told);
    List<Frame> released = new ArrayList<>();
    for (Frame r : receipts) {
      released.addAll(of(Lane.BULK, out.onFrame(Lane.URGENT, JPN, r, NOW)));
    }
    carry(Lane.BULK, released);
    assertEquals(List.of("URGENT 1", "BULK 1"), told);
  }

  @Test
  void bulkReleasedBeforeAnUrgentReportDoesNotWaitForIt() {
    out.enqueue(ofTrack(1), Lane.BULK);
    out.enqueue(REPORT, Lane.URGENT);
    out.enqueue(ofTrack(1), Lane.BULK);
    carry(Lane.BULK, greet(Lane.BULK));
    assertEquals(List.of("BULK 1"), told);
  }

  @Test
  void bulkNeverGoesAheadWhateverCallSendsFirst() {
    out.enqueue(REPORT, Lane.URGENT);
    out.enqueue(ofTrack(1), Lane.BULK);
    in(Lane.BULK).onConnected(KOR, NOW);
    Frame hello = frames(out.on(Lane.BULK).onConnected(JPN, NOW)).get(0);
    Frame welcome = frames(in(Lane.BULK).onFrame(KOR, hello, NOW)).get(0);
    List<LinkEffect> effects = new ArrayList<>(out.on(Lane.BULK).onFrame(JPN, welcome, NOW));
    effects.addAll(out.on(Lane.BULK).resume(0, NOW));
    effects.addAll(out.on(Lane.BULK).onTick(NOW + SECOND));
    carry(Lane.BULK, frames(effects));
    assertEquals(List.of(), told);
  }

  @Test
  void urgentIsSentWhileTheBulkWindowIsFull() {
    greet(Lane.URGENT);
    greet(Lane.BULK);
    for (int i = 0; i < 200; i++) {
      out.enqueue(ofTrack(1 + i % 12), Lane.BULK);
    }
    List<Frame> full = of(Lane.BULK, out.flush(NOW));
    assertTrue(only(Frame.Batch.class, full).size() > 1);
    assertEquals(List.of(), of(Lane.BULK, out.flush(NOW)), "the window is full");
    out.enqueue(REPORT, Lane.URGENT);
    carry(Lane.URGENT, of(Lane.URGENT, out.flush(NOW)));
    assertEquals(List.of("URGENT 1"), told);
  }

  @Test
  void bulkGoesOnOnceTheUrgentReceiptsHaveCome() {
    List<Frame> onUrgent = new ArrayList<>(greet(Lane.URGENT));
    List<Frame> onBulk = new ArrayList<>(greet(Lane.BULK));
    for (int i = 0; i < 30; i++) {
      out.enqueue(i % 3 == 0 ? REPORT : ofTrack(1), i % 3 == 0 ? Lane.URGENT : Lane.BULK);
    }
    for (int round = 0; round < 40; round++) {
      List<Outgoing.OfLane> lanes = out.flush(NOW);
      onUrgent.addAll(of(Lane.URGENT, lanes));
      onBulk.addAll(of(Lane.BULK, lanes));
      for (Lane lane : List.of(Lane.BULK, Lane.URGENT)) {
        List<Frame> sent = lane == Lane.BULK ? onBulk : onUrgent;
        List<Frame> receipts = carry(lane, sent);
        sent.clear();
        for (Frame r : receipts) {
          List<Outgoing.OfLane> more = out.onFrame(lane, JPN, r, NOW);
          onUrgent.addAll(of(Lane.URGENT, more));
          onBulk.addAll(of(Lane.BULK, more));
        }
      }
    }
    assertEquals(30, told.size());
    for (int urgentNumber = 1; urgentNumber <= 10; urgentNumber++) {
      assertTrue(
          told.indexOf("URGENT " + urgentNumber) < told.indexOf("BULK " + (2 * urgentNumber - 1)),
          () -> "order: " + told);
    }
  }

  @Test
  void theLaneOfAStreamIsPartOfItsName() {
    assertEquals(TERMS.stream(), StreamId.parse("KOR>JPN/URGENT"));
    assertEquals("KOR>JPN/BULK", BULK_TERMS.stream().toString());
    for (String bad :
        List.of("", "KOR>JPN", "KOR/JPN>BULK", "KOR>KOR/BULK", "KOR>JPN/bulk", "KOR>JPN/")) {
      assertThrows(InvalidValueException.class, () -> StreamId.parse(bad));
    }
  }
}
