package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.audit.CheckpointJudge.Judgement;
import parallax.audit.CheckpointJudge.Verdict;
import parallax.link.Digest;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.wire.CheckpointCodec;
import parallax.wire.CheckpointCodec.Offer;
import parallax.wire.CheckpointCodec.Question;

/** A nation shows its head log to partners, who hold it to what it has shown. */
class CheckpointExchangeTest {
  private static final String NAME = "parallax/KOR/TEST/heads/20260101T000000.000Z";
  private static final String OTHER = "parallax/KOR/TEST/heads/20260102T000000.000Z";
  private static final EntrySalt SALT = new EntrySalt(new byte[EntrySalt.SECRET_LENGTH]);
  private static final NoteKey VERIFIES = new NoteKey(NAME, NoteKey.Use.NOTE, Logs.KEY.key());
  private static final CheckpointJudge JUDGE =
      new CheckpointJudge(Nation.KOR, Channel.TEST, Logs.KEY.key());

  /** A nation that shows heads of an audit log of so many entries a period, from a place on. */
  private static final class Shower {
    private final MemoryLog files = new MemoryLog();
    private final EntrySalt salt;
    private HeadLog heads;
    private long entries;

    Shower(String name, EntrySalt salt) {
      this.salt = salt;
      try {
        LogWriter writer = LogWriter.begin(files, name);
        writer.append(
            AuditTrail.begun(Nation.KOR, Channel.TEST, name, new UtcTime(0), "test", 1)
                .bytes(salt.of(0)));
        writer.checkpoint(Logs.KEY);
        heads = resumed();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private HeadLog resumed() throws IOException {
      return new HeadLog(files, salt, Nation.KOR, Channel.TEST, Logs.KEY);
    }

    void restart() throws IOException {
      heads = resumed();
    }

    /** Grows the head log to a size; the audit log by so many entries with each. */
    Shower to(long size, int entriesEach) throws IOException {
      while (heads.size() < size) {
        entries += entriesEach;
        heads.add(
            new Checkpoint(Logs.ORIGIN, entries, Logs.digest((int) entries)),
            new UtcTime(60_000_000_000L * heads.size()));
        heads.sign();
      }
      return this;
    }

    Offer show(Question q) throws IOException {
      return CheckpointOffers.of(files, Logs.KEY, q);
    }
  }

  /** A partner who keeps what it believes. */
  private static final class Partner {
    private Optional<Checkpoint.Signed> held = Optional.empty();
    private final List<Checkpoint.Signed> all = new ArrayList<>();

    Question question() {
      return held.map(h -> new Question(h.checkpoint().origin(), h.checkpoint().size()))
          .orElse(new Question("", 0));
    }

    Judgement sees(Offer offer) {
      Judgement j =
          JUDGE.judge(held, List.of(), CheckpointCodec.decodeOffer(CheckpointCodec.encode(offer)));
      if (j.verdict().replacesHeld()) {
        held = j.shown();
        all.add(j.shown().orElseThrow());
      }
      return j;
    }

    Judgement asks(Shower shower) throws IOException {
      return sees(shower.show(CheckpointCodec.decodeQuestion(CheckpointCodec.encode(question()))));
    }
  }

  @Test
  void anHonestLogIsBelievedAtEverySizeAndAcrossRestarts() throws Exception {
    Shower kor = new Shower(NAME, SALT);
    Partner jpn = new Partner();
    assertEquals(Verdict.FIRST, jpn.asks(kor).verdict());
    for (long size = 2; size < 150; size++) {
      assertEquals(Verdict.SAME, jpn.asks(kor).verdict());
      kor.to(size, 3);
      assertEquals(Verdict.GROWN, jpn.asks(kor).verdict(), "at " + size);
      if (size % 40 == 0) {
        kor.restart();
      }
    }
  }

  @Test
  void whoeverWasAwayIsShownTheSizesThatAllAreShown() throws Exception {
    Shower kor = new Shower(NAME, SALT).to(7, 1);
    Partner jpn = new Partner();
    Partner usa = new Partner();
    jpn.asks(kor);
    kor.to(31, 1);
    usa.asks(kor);
    kor.to(200, 1);
    for (Partner p : List.of(jpn, usa)) {
      Judgement j = p.asks(kor);
      while (j.verdict() == Verdict.GROWN) {
        j = p.asks(kor);
      }
    }
    List<Long> sizes = usa.all.stream().map(s -> s.checkpoint().size()).toList();
    assertEquals(List.of(31L, 60L, 120L, 180L, 200L), sizes);
    assertEquals(sizes.subList(1, 5), sizesAbove(jpn, 31));
    for (int i = 1; i < 4; i++) {
      assertEquals(usa.all.get(i), jpn.all.get(i), "the same bytes for both");
    }
  }

  private static List<Long> sizesAbove(Partner p, long size) {
    return p.all.stream().map(s -> s.checkpoint().size()).filter(n -> n > size).toList();
  }

  @Test
  void aNationThatRewritesItsPastIsCaughtAndProvenToOthers() throws Exception {
    for (long held : new long[] {2, 8, 13, 60, 64}) {
      for (long now : new long[] {held, held + 1, held + 9}) {
        Partner jpn = new Partner();
        jpn.asks(new Shower(NAME, SALT).to(held, 1));
        Shower rewritten = new Shower(NAME, SALT).to(now, 2);
        Judgement j = jpn.asks(rewritten);
        assertEquals(Verdict.FORK, j.verdict(), held + " " + now);
        ForkProof.parse(j.evidence()).verify(VERIFIES);
        assertEquals(held, jpn.held.orElseThrow().checkpoint().size(), "not accepted");
      }
    }
  }

  @Test
  void aRewriterThatHidesTheOldRootProvesNothing() throws Exception {
    Partner jpn = new Partner();
    jpn.asks(new Shower(NAME, SALT).to(8, 1));
    Offer offer = new Shower(NAME, SALT).to(13, 2).show(jpn.question());
    Digest held = jpn.held.orElseThrow().checkpoint().root();
    for (Offer o :
        List.of(
            new Offer(offer.checkpoint(), Optional.of(held), offer.proof()),
            new Offer(offer.checkpoint(), Optional.empty(), offer.proof()),
            new Offer(offer.checkpoint(), Optional.of(held), List.of()))) {
      Judgement j = jpn.sees(o);
      assertEquals(Verdict.NOT_CONTINUED, j.verdict());
      assertTrue(j.detail().contains("does not prove that this continues 8 entries"), j.detail());
      assertTrue(j.evidence().length > 0);
    }
    assertEquals(8, jpn.held.orElseThrow().checkpoint().size());
  }

  @Test
  void aLogThatShrankOrBeganAnewIsSaid() throws Exception {
    Shower kor = new Shower(NAME, SALT).to(9, 1);
    Partner jpn = new Partner();
    Offer early = kor.show(new Question("", 0));
    kor.to(20, 1);
    jpn.asks(kor);
    assertEquals(Verdict.WENT_BACK, jpn.sees(early).verdict());
    assertEquals(20, jpn.held.orElseThrow().checkpoint().size());
    assertEquals(Verdict.WENT_BACK, jpn.asks(new Shower(NAME, SALT).to(5, 1)).verdict());
    Judgement begun = jpn.asks(new Shower(OTHER, SALT).to(3, 1));
    assertEquals(Verdict.NEW_LOG, begun.verdict());
    assertTrue(begun.detail().contains("goes on no longer with 20 entries"), begun.detail());
    assertEquals(
        Verdict.WENT_BACK, JUDGE.judge(jpn.held, List.of(NAME), early).verdict(), "left before");
  }

  @Test
  void aForkShownToTwoPartnersShowsOnceTheyCompareWhatTheyHold() throws Exception {
    Partner jpn = new Partner();
    Partner usa = new Partner();
    Shower forJpn = new Shower(NAME, SALT).to(50, 1).to(70, 1);
    Shower forUsa = new Shower(NAME, SALT).to(50, 1).to(75, 2);
    jpn.asks(new Shower(NAME, SALT).to(50, 1));
    usa.asks(new Shower(NAME, SALT).to(50, 1));
    for (int i = 0; i < 2; i++) {
      assertEquals(Verdict.GROWN, jpn.asks(forJpn).verdict());
      assertEquals(Verdict.GROWN, usa.asks(forUsa).verdict());
    }
    LogComparison.Forked f =
        assertInstanceOf(
            LogComparison.Forked.class,
            LogComparison.of(
                new LogComparison.View(jpn.all.get(1), Optional.empty()),
                new LogComparison.View(usa.all.get(1), Optional.empty())));
    f.proof().verify(VERIFIES);
    assertEquals(60, f.proof().smaller().checkpoint().size());
  }

  private static void refused(Offer offer, String why) {
    Partner jpn = new Partner();
    Judgement j = jpn.sees(offer);
    assertEquals(Verdict.REFUSED, j.verdict());
    assertTrue(j.detail().contains(why), j.detail());
    assertTrue(jpn.held.isEmpty());
  }

  private static Offer signed(String origin, long size, SigningKey key) {
    return new Offer(
        new Checkpoint(origin, size, Logs.digest(1)).sign(key).bytes(),
        Optional.empty(),
        List.of());
  }

  @Test
  void whatIsNoCheckpointOfThePartnerIsRefusedWithItsReason() throws Exception {
    refused(signed(NAME, 5, Logs.key(2)), "expected the log's own");
    refused(
        signed("parallax/USA/TEST/heads/20260101T000000.000Z", 5, Logs.KEY),
        "expected parallax/KOR/TEST/heads/");
    refused(
        signed("parallax/KOR/REAL/heads/20260101T000000.000Z", 5, Logs.KEY),
        "expected parallax/KOR/TEST/heads/");
    refused(signed(NAME + "/../../x", 5, Logs.KEY), "when it began");
    refused(signed(Logs.ORIGIN, 5, Logs.KEY), "when it began");
    refused(signed(NAME, 0, Logs.KEY), "size of the checkpoint is 0");
    refused(signed(NAME, Long.MAX_VALUE, Logs.KEY), "size of the checkpoint");
    refused(
        new Offer("no note".getBytes(StandardCharsets.US_ASCII), Optional.empty(), List.of()),
        "note");
    byte[] flipped = new Shower(NAME, SALT).to(5, 1).show(new Question("", 0)).checkpoint();
    flipped[flipped.length - 10] ^= 1;
    refused(new Offer(flipped, Optional.empty(), List.of()), "signature");
    assertThrows(
        InvalidValueException.class, () -> CheckpointCodec.decodeQuestion(new byte[] {1, 2, 3}));
    for (Question none : List.of(new Question("", -1), new Question("x".repeat(201), 0))) {
      assertThrows(
          InvalidValueException.class,
          () -> CheckpointCodec.decodeQuestion(CheckpointCodec.encode(none)));
    }
    assertThrows(
        InvalidValueException.class, () -> CheckpointCodec.decodeOffer(new byte[] {1, 2, 3}));
    assertThrows(
        InvalidValueException.class,
        () ->
            CheckpointCodec.decodeOffer(
                CheckpointCodec.encode(
                    new Offer(
                        flipped, Optional.empty(), Collections.nCopies(65, Logs.digest(1))))));
  }

  /** What a partner sees, each hash and signature by the order in which it first appeared. */
  private static final class View {
    private final NavigableMap<String, Integer> names = new TreeMap<>();
    private final StringBuilder seen = new StringBuilder();

    private int name(String opaque) {
      return names.computeIfAbsent(opaque, o -> names.size());
    }

    void sees(Offer o) {
      Checkpoint.Signed s = Checkpoint.Signed.parse(o.checkpoint());
      Checkpoint c = s.checkpoint();
      String text = new String(o.checkpoint(), StandardCharsets.UTF_8);
      seen.append(c.origin()).append(' ').append(c.size()).append(' ').append(text.length());
      seen.append(' ').append(name(c.root().toString())).append(' ').append(name(text));
      o.rootThen().ifPresent(r -> seen.append(" then ").append(name(r.toString())));
      o.proof().forEach(p -> seen.append(' ').append(name(p.toString())));
      seen.append('\n');
    }
  }

  /** All that a partner is shown while the audit log grows by so many entries each period. */
  private static View world(EntrySalt salt, int entriesEach) throws Exception {
    View view = new View();
    Shower kor = new Shower(NAME, salt);
    Partner usa = new Partner();
    for (long size = 2; size < 200; size += 1 + size % 7) {
      kor.to(size, entriesEach);
      Offer offer = kor.show(usa.question());
      view.sees(offer);
      usa.sees(offer);
      kor.restart();
    }
    return view;
  }

  /**
   * In one world nothing happens, in others the nation logs hundreds of entries a minute of which
   * the partner must not know. All that is shown is the same, but for the names of hashes and
   * signatures; and those are of secrets that the partner has not: with another secret the same
   * world gives others, none of which it has seen.
   */
  @Test
  void aPartnerCannotTellABusyNationFromAQuietOne() throws Exception {
    View quiet = world(SALT, 0);
    assertTrue(quiet.seen.toString().lines().count() > 40);
    assertEquals(quiet.seen.toString(), world(SALT, 1).seen.toString());
    assertEquals(quiet.seen.toString(), world(SALT, 731).seen.toString());
    byte[] secret = new byte[EntrySalt.SECRET_LENGTH];
    secret[0] = 1;
    View salted = world(new EntrySalt(secret), 0);
    assertEquals(quiet.seen.toString(), salted.seen.toString());
    assertTrue(salted.names.keySet().stream().noneMatch(quiet.names::containsKey));
  }

  @Test
  void theHeadsConvictANationThatRewritesItsAuditLog() throws Exception {
    MemoryLog log = Logs.of(700);
    MemoryLog heads = headsOf(log, 700);
    LogReader shown = new LogReader(heads, LogReader.checkpoint(heads).checkpoint().size());
    assertEquals(700, HeadLog.requireHeadsOf(new LogReader(log, 700), Logs.ORIGIN, shown));
    DamagedLogException changed =
        assertThrows(
            DamagedLogException.class,
            () ->
                HeadLog.requireHeadsOf(
                    new LogReader(Logs.forked(700, 333), 700), Logs.ORIGIN, shown));
    assertTrue(
        String.valueOf(changed.getMessage()).contains("root at 334 entries"), changed.getMessage());
    DamagedLogException cut =
        assertThrows(
            DamagedLogException.class,
            () -> HeadLog.requireHeadsOf(new LogReader(Logs.of(600), 600), Logs.ORIGIN, shown));
    assertTrue(String.valueOf(cut.getMessage()).contains("601 or more"), cut.getMessage());
  }

  private static MemoryLog headsOf(MemoryLog log, int size) throws Exception {
    Shower kor = new Shower(NAME, SALT);
    LogReader reader = new LogReader(log, size);
    for (int i = 1; i <= size; i++) {
      kor.heads.add(new Checkpoint(Logs.ORIGIN, i, new Proofs().root(i, reader)), new UtcTime(i));
    }
    kor.heads.sign();
    return kor.files;
  }

  @Test
  void aHeadLogWhoseFilesWereChangedIsNotContinued() throws Exception {
    Shower kor = new Shower(NAME, SALT).to(20, 1);
    byte[] bundle = kor.files.file("tile/entries/000.p/20");
    bundle[bundle.length - 5] ^= 1;
    DamagedLogException e = assertThrows(DamagedLogException.class, kor::restart);
    assertTrue(String.valueOf(e.getMessage()).contains("root that the entries give"));
  }
}
