package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.BULK_TERMS;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.REPORT;
import static parallax.link.fixtures.LinkFixtures.SECOND;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.assertRefused;
import static parallax.link.fixtures.LinkFixtures.only;
import static parallax.link.fixtures.LinkFixtures.small;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.model.Nation;

final class PathsTest {
  private static void enqueue(TwoEnds ends, int count) {
    for (int i = 0; i < count; i++) {
      ends.out.enqueue(REPORT, 0);
    }
    ends.flush();
  }

  private static TwoEnds up(LinkTerms terms) {
    TwoEnds ends = new TwoEnds(terms, small());
    ends.connect(USA);
    ends.connect(JPN);
    ends.carry();
    return ends;
  }

  private static List<Long> range(long from, long to) {
    List<Long> out = new ArrayList<>();
    for (long n = from; n <= to; n++) {
      out.add(n);
    }
    return out;
  }

  private static List<Frame.Batch> under(TwoEnds ends, Nation line) {
    return only(Frame.Batch.class, ends.under(line));
  }

  @Test
  void urgentGoesOnEveryPathAndIsDeliveredOnce() {
    TwoEnds ends = up(TERMS);
    enqueue(ends, 5);
    assertEquals(1, under(ends, JPN).size());
    assertEquals(1, under(ends, USA).size());
    ends.carry();
    ends.assertLevel();
    assertEquals(range(1, 5), ends.delivered());
    assertEquals(5, ends.in.health().counts().repeated());
    assertEquals(5, ends.out.health().counts().repeated());
  }

  @Test
  void cuttingEitherPathLosesNothing() {
    for (Nation cut : List.of(JPN, USA)) {
      for (Lane lane : Lane.values()) {
        TwoEnds ends = up(lane == Lane.URGENT ? TERMS : BULK_TERMS);
        enqueue(ends, 5);
        ends.cut(cut);
        enqueue(ends, 5);
        ends.carry();
        ends.assertLevel();
        assertEquals(range(1, 10), ends.delivered(), lane + " without " + cut);
      }
    }
  }

  @Test
  void bulkGoesOnTheDirectPathAndMovesToTheOtherWhenThatIsSilent() {
    TwoEnds ends = up(BULK_TERMS);
    enqueue(ends, 5);
    assertEquals(1, under(ends, JPN).size());
    assertEquals(0, under(ends, USA).size());
    // Nothing comes over the direct path any more, in either direction.
    for (int i = 0; i < 16; i++) {
      ends.now += SECOND / 4;
      ends.atOriginator(ends.out.onTick(ends.now));
      while (ends.carryThere(USA) || ends.carryBack(USA)) {}
    }
    assertEquals(LinkState.STALE, ends.out.state(JPN));
    assertEquals(range(1, 5), ends.delivered());
    // What was under way on the direct path comes late: no violation, nothing twice.
    ends.carry();
    assertEquals(LinkState.UP, ends.out.state(JPN));
    enqueue(ends, 3);
    assertEquals(1, under(ends, JPN).size(), "back on the direct path");
    ends.carry();
    ends.assertLevel();
    assertEquals(range(1, 8), ends.delivered());
  }

  @Test
  void lateReceiptsByTheSlowerPathAreNoViolation() {
    TwoEnds ends = up(TERMS);
    for (int i = 0; i < 6; i++) {
      enqueue(ends, 4);
      ends.carryAllThere(USA);
      ends.carryAllThere(JPN);
      while (ends.carryBack(JPN)) {}
    }
    assertEquals(24, ends.out.acknowledged());
    ends.carry();
    ends.assertLevel();
  }

  @Test
  void aPathThatJoinsLateBeginsWhereThePartnerStands() {
    TwoEnds ends = new TwoEnds(TERMS, small());
    ends.connect(JPN);
    ends.carry();
    enqueue(ends, 12);
    ends.carryAllThere(JPN);
    ends.connect(USA);
    ends.carry();
    ends.assertLevel();
    assertEquals(range(1, 12), ends.delivered());
  }

  @Test
  void aStalledPathHoldsUpNeitherTheOtherNorItself() {
    TwoEnds ends = up(TERMS);
    for (int i = 0; i < 200; i++) {
      enqueue(ends, 5);
      while (ends.carryThere(JPN) || ends.carryBack(JPN)) {}
    }
    assertEquals(range(1, 1_000), ends.delivered());
    long bytes = 0;
    for (Frame.Batch b : under(ends, USA)) {
      for (Entry e : b.entries()) {
        bytes += ((Entry.Whole) e).bytes().length;
      }
    }
    assertTrue(bytes < 600 + 200, "under way on the stalled path: " + bytes);
    ends.carry();
    ends.assertLevel();
    enqueue(ends, 1);
    assertEquals(1, under(ends, USA).size(), "it takes part again");
  }

  @Test
  void whatOnePathLostIsSentAgainOnThatPath() {
    TwoEnds ends = up(TERMS);
    enqueue(ends, 5);
    ends.lose(USA);
    ends.lose(JPN);
    ends.pass(2 * SECOND);
    ends.assertLevel();
    assertEquals(range(1, 5), ends.delivered());
  }

  @Test
  void aPathIsRefusedAlone() {
    TwoEnds ends = up(TERMS);
    List<LinkEffect> effects = ends.in.onMalformed(USA, "7 bytes", NOW);
    assertRefused(ViolationCode.MALFORMED_FRAME, effects);
    enqueue(ends, 3);
    ends.carry();
    assertEquals(range(1, 3), ends.delivered());
    assertEquals(LinkState.UP, ends.in.state(KOR));
    assertEquals(LinkState.UP, ends.in.health().state());
  }

  @Test
  void theSameCallsGiveTheSameState() {
    TwoEnds one = up(TERMS);
    TwoEnds two = up(TERMS);
    for (TwoEnds ends : List.of(one, two)) {
      enqueue(ends, 20);
      ends.carryAllThere(USA);
      ends.cut(USA);
      ends.pass(5 * SECOND);
    }
    assertEquals(one.out.health(), two.out.health());
    assertEquals(one.in.health(), two.in.health());
    assertEquals(one.sentThere, two.sentThere);
    assertEquals(one.sentBack, two.sentBack);
  }

  @Test
  void aClockThatStepsBackLosesNothing() {
    TwoEnds ends = up(TERMS);
    enqueue(ends, 5);
    ends.carry();
    ends.now -= 7_200 * SECOND;
    enqueue(ends, 5);
    ends.pass(30 * SECOND);
    ends.assertLevel();
    assertEquals(range(1, 10), ends.delivered());
    assertEquals(LinkState.UP, ends.out.state(JPN));
    assertEquals(LinkState.UP, ends.in.state(KOR));
    ends.lose(JPN);
    ends.now -= 60 * SECOND;
    ends.cut(JPN);
    ends.connect(JPN);
    enqueue(ends, 5);
    ends.carry();
    ends.assertLevel();
  }
}
