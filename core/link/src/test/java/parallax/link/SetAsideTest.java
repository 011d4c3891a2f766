package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.JPN_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.JPN_REAL;
import static parallax.link.fixtures.LinkFixtures.NOW;
import static parallax.link.fixtures.LinkFixtures.REPORT;
import static parallax.link.fixtures.LinkFixtures.TERMS;
import static parallax.link.fixtures.LinkFixtures.USA_EXERCISE;
import static parallax.link.fixtures.LinkFixtures.assertRefused;
import static parallax.link.fixtures.LinkFixtures.small;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.link.Frame.SetAside.Item;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.InvalidValueException;
import parallax.signing.SigningKey;

/** What a recipient does not use is told back to the originator, signed, and is not forgotten. */
final class SetAsideTest {
  private static final Item SECOND = new Item(2, "scope.window: too late");

  private final TwoEnds ends = new TwoEnds(TERMS, small());

  private void fourDelivered() {
    ends.connect(JPN);
    ends.carry();
    for (int i = 0; i < 4; i++) {
      ends.out.enqueue(REPORT, 0);
    }
    ends.flush();
    ends.carry();
  }

  private List<Item> heard() {
    List<Item> all = new ArrayList<>();
    for (LinkEffect.SetAsideByPartner s :
        LinkFixtures.effects(LinkEffect.SetAsideByPartner.class, ends.atOriginator)) {
      all.addAll(s.newest());
    }
    return all;
  }

  private static Frame.SetAside signed(SigningKey key, long total, Item... items) {
    List<Item> newest = List.of(items);
    return new Frame.SetAside(
        total,
        newest,
        key.sign(
            StreamSignatures.setAsideDomain(TERMS.channel()),
            StreamSignatures.setAside(TERMS.stream(), total, newest)));
  }

  @Test
  void originatorHearsWhatIsNotUsedAndBothEndsCountIt() {
    fourDelivered();
    ends.atRecipient(ends.in.setAside(List.of(SECOND)));
    ends.carry();
    assertEquals(List.of(SECOND), heard());
    LinkHealth.NotUsed expected = new LinkHealth.NotUsed(1, 2, "scope.window: too late");
    assertEquals(expected, ends.out.health().notUsed());
    assertEquals(expected, ends.in.health().notUsed());
    assertEquals(List.of(SECOND), ends.out.setAside());
    ends.assertLevel();
  }

  @Test
  void itIsToldBeforeTheWelcomeThatAcknowledgesIt() {
    fourDelivered();
    ends.atRecipient(ends.in.setAside(List.of(SECOND)));
    ends.cut(JPN);
    assertEquals(List.of(), heard());
    ends.sentBack.clear();
    ends.connect(JPN);
    ends.carry();
    assertEquals(List.of(SECOND), heard());
    assertTrue(ends.sentBack.get(0) instanceof Frame.SetAside, ends.sentBack.toString());
    assertTrue(ends.sentBack.get(1) instanceof Frame.Welcome, ends.sentBack.toString());
    ends.assertLevel();
  }

  @Test
  void whatWasHeardBeforeIsNotHeardAgain() {
    fourDelivered();
    ends.atRecipient(ends.in.setAside(List.of(SECOND)));
    ends.carry();
    ends.cut(JPN);
    ends.connect(JPN);
    ends.carry();
    ends.atRecipient(ends.in.setAside(List.of(new Item(4, "malformed"))));
    ends.carry();
    assertEquals(List.of(SECOND, new Item(4, "malformed")), heard());
    assertEquals(2, ends.out.health().notUsed().total());
    ends.assertNoViolation();
  }

  @Test
  void itIsToldOnEveryPath() {
    ends.connect(JPN);
    ends.connect(USA);
    ends.carry();
    ends.out.enqueue(REPORT, 0);
    ends.flush();
    ends.carry();
    ends.sentBack.clear();
    ends.atRecipient(ends.in.setAside(List.of(new Item(1, "no"))));
    assertEquals(2, LinkFixtures.only(Frame.SetAside.class, ends.sentBack).size());
    ends.carry();
    assertEquals(List.of(new Item(1, "no")), heard());
  }

  @Test
  void originatorOfTheVersionBeforeIsNotToldAndGoesOn() {
    InboundStream in = LinkFixtures.inbound(TERMS, small());
    in.onConnected(KOR, NOW);
    Frame.Hello hello =
        new Frame.Hello(2, 2, TERMS.stream(), TERMS.channel(), TERMS.agreementDigest(), 1);
    List<Frame> answers = LinkFixtures.frames(in.onFrame(KOR, hello, NOW));
    assertEquals(2, ((Frame.Welcome) answers.getFirst()).version());
    assertEquals(List.of(), in.setAside(List.of(new Item(1, "no"))));
    assertEquals(1, in.health().notUsed().total());
  }

  @Test
  void onlyTheRecipientsKeyOfTheChannelMaySignIt() {
    for (SigningKey wrong : List.of(JPN_REAL, USA_EXERCISE)) {
      TwoEnds e = new TwoEnds(TERMS, small());
      e.connect(JPN);
      e.carry();
      e.out.enqueue(REPORT, 0);
      e.flush();
      assertRefused(
          ViolationCode.BAD_RECEIPT, e.out.onFrame(JPN, signed(wrong, 1, new Item(1, "no")), NOW));
      assertEquals(0, e.out.health().notUsed().total());
    }
  }

  @Test
  void nobodySetsAsideWhatWasNeverSent() {
    fourDelivered();
    assertRefused(
        ViolationCode.CURSOR_AHEAD,
        ends.out.onFrame(JPN, signed(JPN_EXERCISE, 1, new Item(5, "no")), NOW));
  }

  @Test
  void anOldFrameChangesNothing() {
    fourDelivered();
    ends.out.onFrame(JPN, signed(JPN_EXERCISE, 2, SECOND, new Item(3, "no")), NOW);
    assertEquals(List.of(), ends.out.onFrame(JPN, signed(JPN_EXERCISE, 1, SECOND), NOW));
    assertEquals(2, ends.out.health().notUsed().total());
  }

  @Test
  void theNewestAreKeptAndTheTotalCountsAll() {
    ends.connect(JPN);
    ends.carry();
    for (int i = 0; i < 100; i++) {
      ends.out.enqueue(REPORT, 0);
    }
    ends.flush();
    ends.pass(LinkFixtures.SECOND);
    List<Item> all = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      all.add(new Item(i, "no"));
    }
    ends.atRecipient(ends.in.setAside(all));
    ends.carry();
    assertEquals(100, ends.out.health().notUsed().total());
    assertEquals(all.subList(100 - Frame.SetAside.MOST, 100), ends.out.setAside());
    ends.assertNoViolation();
  }

  @Test
  void numbersThatDoNotRiseAndEmptyListsAreNoFrame() {
    byte[] none = {};
    assertThrows(InvalidValueException.class, () -> new Frame.SetAside(1, List.of(), none));
    assertThrows(
        InvalidValueException.class, () -> new Frame.SetAside(2, List.of(SECOND, SECOND), none));
    assertThrows(InvalidValueException.class, () -> new Frame.SetAside(0, List.of(SECOND), none));
    assertThrows(InvalidValueException.class, () -> new Item(0, "no"));
  }
}
