package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.Order;
import parallax.engine.ReportCodec;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.GapReason;
import parallax.link.HashChain;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.StreamSignatures;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.SignedAgreement;
import parallax.signing.SigningKey;
import parallax.wire.InputCodec;

/** What the log of Korea's node says of what happens to it. */
class AuditTrailTest {
  private static final StreamId OUT = new StreamId(Nation.KOR, Nation.JPN, Lane.URGENT);
  private static final StreamId IN = new StreamId(Nation.JPN, Nation.KOR, Lane.URGENT);
  private static final TrackId TRACK = new TrackId(Nation.KOR, 7);
  private static final UtcTime NOW = new UtcTime(1_681_338_191_000_000_000L);
  private static final SigningKey JPN = Logs.key(20);
  private static final SigningKey JPN_NEXT = Logs.key(21);
  private static final byte[] RECORD = "a report".getBytes(StandardCharsets.US_ASCII);

  /** Knows no report: records stay without track. */
  private static final class NoCodec implements ReportCodec {
    @Override
    public Report decode(byte[] record) {
      throw new InvalidValueException("record", "unknown", "none in this test");
    }

    @Override
    public byte[] encode(Report report) {
      throw new AssertionError("nothing is encoded here");
    }
  }

  private AuditTrail trail = new AuditTrail(Nation.KOR, Channel.TEST, new NoCodec());
  private long position;
  private long wallNs = 1_000_000_000L;

  private List<LogEntry> take(Input input, Effect... effects) {
    AuditTrail again = new AuditTrail(Nation.KOR, Channel.TEST, new NoCodec());
    AuditState state = new AuditState(position, "o", 7, Logs.digest(1), trail.remembered());
    again.recall(AuditState.parse(state.toBytes()).trail());
    Input.Stamped in = new Input.Stamped(NOW, wallNs, input);
    List<LogEntry> entries = trail.entries(++position, in, List.of(effects));
    assertEquals(words(entries), words(again.entries(position, in, List.of(effects))));
    trail = again; // every test goes on with what was remembered
    return entries;
  }

  private static List<String> words(List<LogEntry> entries) {
    return entries.stream().map(e -> new String(e.bytes(""), StandardCharsets.UTF_8)).toList();
  }

  @Test
  void theStateComesBackAsItWentAndAnotherFormatIsRefused() {
    configure();
    AuditState state = new AuditState(9, "parallax/KOR", 300, Logs.digest(2), trail.remembered());
    assertEquals(state, AuditState.parse(state.toBytes()));
    byte[] later =
        new String(state.toBytes(), StandardCharsets.UTF_8)
            .replace("\"format\":\"1\"", "\"format\":\"2\"")
            .getBytes(StandardCharsets.UTF_8);
    InvalidValueException e =
        org.junit.jupiter.api.Assertions.assertThrows(
            InvalidValueException.class, () -> AuditState.parse(later));
    assertTrue(String.valueOf(e.getMessage()).contains("format"), e.getMessage());
  }

  private static LogEntry one(List<LogEntry> entries) {
    assertEquals(1, entries.size(), entries.toString());
    return entries.get(0);
  }

  private static String sha256(byte[] bytes) {
    return new MerkleHasher().plain(bytes).toString();
  }

  private static Effect decided(boolean released) {
    return new Effect.DecisionRecorded(
        NOW,
        Nation.JPN,
        TRACK,
        Report.DataClass.IMPACT_POINT,
        released,
        "a national rule",
        "scope.window",
        released ? "" : "a national reason");
  }

  private static NodeConfiguration configuration(String agreement, String policy, SigningKey jpn) {
    TreeMap<Nation, parallax.signing.VerificationKey> link = new TreeMap<>();
    link.put(Nation.JPN, jpn.key());
    return new NodeConfiguration(
        Nation.KOR,
        Channel.TEST,
        new SignedAgreement(
            agreement.getBytes(StandardCharsets.UTF_8), "agreement.yaml", List.of()),
        new TreeMap<>(),
        Logs.key(30).key(),
        link,
        policy,
        List.of());
  }

  private void configure() {
    take(new Input.Configured(configuration("a", "p", JPN)));
  }

  private static Input ack(SigningKey by, long next) {
    Cursor cursor = new Cursor(next, Logs.digest((int) next));
    byte[] signature =
        by.sign(
            StreamSignatures.receiptDomain(Channel.TEST), StreamSignatures.receipt(OUT, cursor));
    return new Input.FrameReceived(
        new Wire(Nation.JPN, OUT), new Frame.Ack(cursor, signature, 1, 1, false));
  }

  private static Input.FrameReceived batch(long first, Entry... entries) {
    return new Input.FrameReceived(
        new Wire(Nation.JPN, IN),
        new Frame.Batch(first, List.of(entries), Logs.digest(1), new byte[64], 1));
  }

  @Test
  void aReleaseSaysWhatThePartnerKnowsAndTheDecisionWhatItDoesNot() {
    List<LogEntry> entries =
        take(new Input.Flush(), decided(true), new Effect.OutboxAppended(OUT, 3, RECORD));
    assertEquals(List.of("decision", "release"), entries.stream().map(LogEntry::kind).toList());
    LogEntry release = entries.get(1);
    assertEquals("KOR>JPN/URGENT", release.text("stream").orElseThrow());
    assertEquals(3, release.number("seq").orElseThrow());
    assertEquals(sha256(RECORD), release.record().orElseThrow());
    assertEquals("KOR-7", release.text("track").orElseThrow());
    assertFalse(release.toString().contains("national"), release.toString());
    assertTrue(entries.get(0).toString().contains("a national rule"));
    assertEquals(NOW, release.time());
    assertEquals(1, release.number("input").orElseThrow());
    assertEquals("TEST", release.text("channel").orElseThrow());
  }

  @Test
  void whatIsWithheldIsLoggedWithItsReason() {
    LogEntry e = one(take(new Input.Flush(), decided(false)));
    assertEquals("decision", e.kind());
    assertEquals("a national reason", e.text("reason").orElseThrow());
    assertEquals(false, e.fields().get("released"));
  }

  @Test
  void everyRecordTakenInIsNamedByItsHash() {
    byte[] second = {1, 2};
    List<LogEntry> entries =
        take(
            batch(4, new Entry.Whole(RECORD), new Entry.Whole(second)),
            new Effect.CursorMoved(IN, 6, new byte[32]),
            new Effect.RecordsTaken(IN, 4, 2, 9));
    assertEquals(2, entries.size());
    assertEquals(sha256(RECORD), entries.get(0).record().orElseThrow());
    assertEquals(5, entries.get(1).number("seq").orElseThrow());
    assertEquals(sha256(second), entries.get(1).record().orElseThrow());
    assertEquals("JPN", entries.get(1).text("partner").orElseThrow());
  }

  @Test
  void aReceiptIsKeptWithItsSignatureAtMostOnceASecondAndOnlyIfGood() {
    configure();
    take(
        new Input.Flush(),
        new Effect.OutboxAppended(OUT, 1, RECORD),
        new Effect.OutboxAppended(OUT, 2, RECORD),
        new Effect.OutboxAppended(OUT, 3, RECORD));
    LogEntry first = one(take(ack(JPN, 2)));
    assertEquals("receipt", first.kind());
    assertEquals(2, first.number("holdsBefore").orElseThrow());
    assertEquals(128, first.text("signature").orElseThrow().length());
    assertEquals(List.of(), take(ack(JPN, 2)), "says nothing new");
    assertEquals(List.of(), take(ack(JPN, 3)), "within the same second");
    assertEquals(List.of(), take(ack(JPN, 9)), "of what was never released");
    wallNs += 1_000_000_000L;
    LogEntry later = one(take(new Input.Flush()));
    assertEquals(3, later.number("holdsBefore").orElseThrow());
    wallNs += 1_000_000_000L;
    assertEquals(List.of(), take(ack(JPN_NEXT, 4)), "signed with a key that is not JPN's");
    assertEquals(4, one(take(ack(JPN, 4))).number("holdsBefore").orElseThrow());
  }

  @Test
  void receiptsUnderAKeyThatThePartnerAnnouncedOrTheOperatorTrustsCount() {
    configure();
    take(new Input.Flush(), new Effect.OutboxAppended(OUT, 1, RECORD));
    take(batch(1, new Entry.NewKey(JPN_NEXT.key())));
    assertEquals(List.of(), take(ack(JPN_NEXT, 2)), "the batch was not taken in");
    take(batch(1, new Entry.NewKey(JPN_NEXT.key())), new Effect.CursorMoved(IN, 2, new byte[32]));
    assertEquals("receipt", one(take(ack(JPN_NEXT, 2))).kind());

    Order revoke = new Order.RevokeKey(Nation.JPN, JPN_NEXT.key());
    take(
        new Input.Ordered("op", revoke),
        new Effect.OrderAnswered("op", revoke, true, "done"),
        new Effect.OutboxAppended(OUT, 2, RECORD));
    wallNs += 1_000_000_000L;
    assertEquals(List.of(), take(ack(JPN_NEXT, 3)));
  }

  @Test
  void aStartNamesWhatIsInForceAndWhatChanged() {
    List<LogEntry> first = take(new Input.Configured(configuration("a", "p", JPN)));
    assertEquals(
        List.of("start", "agreement", "policy", "key", "key"),
        first.stream().map(LogEntry::kind).toList());
    assertEquals(sha256(new byte[] {'a'}), first.get(1).record().orElseThrow());
    List<LogEntry> same = take(new Input.Configured(configuration("a", "p", JPN)));
    assertEquals("start", one(same).kind());
    List<LogEntry> changed = take(new Input.Configured(configuration("b", "q", JPN_NEXT)));
    assertEquals(
        List.of("start", "agreement", "policy", "key"),
        changed.stream().map(LogEntry::kind).toList());
    assertEquals(JPN_NEXT.key().toHex(), changed.get(3).text("key").orElseThrow());
  }

  @Test
  void ordersNameWhoGaveThemAndTheirInput() {
    Order recall = new Order.Recall(TRACK, Optional.empty(), Report.RecallReason.MISTAKE);
    Order suspend = new Order.Suspend(Nation.JPN, Order.Direction.BOTH, "doubts");
    Order rotate = new Order.RotateKey(Logs.key(31).key());
    List<LogEntry> entries = new ArrayList<>();
    for (Order o : List.of(recall, suspend, rotate)) {
      Input in = new Input.Ordered("operator Kim", o);
      LogEntry e = one(take(in, new Effect.OrderAnswered("operator Kim", o, true, "so it is")));
      assertEquals("operator Kim", e.text("by").orElseThrow());
      assertEquals(
          sha256(InputCodec.encode(new Input.Stamped(NOW, wallNs, in))), e.record().orElseThrow());
      entries.add(e);
    }
    assertEquals(
        List.of("order", "suspension", "key"), entries.stream().map(LogEntry::kind).toList());
    assertEquals("KOR-7", entries.get(0).text("track").orElseThrow());
    assertEquals("JPN", entries.get(1).text("partner").orElseThrow());
    assertEquals("rotatekey", entries.get(2).text("action").orElseThrow());
  }

  @Test
  void whatTheReleaseDeskDecidesNamesWhatWasHeldWhoAnsweredAndHow() {
    Order release = new Order.Decide(12, Order.Answer.RELEASE);
    List<LogEntry> entries =
        take(
            new Input.Ordered("officer Kim", release),
            decided(true),
            new Effect.OutboxAppended(OUT, 3, RECORD),
            new Effect.OrderAnswered("officer Kim", release, true, "12 is released"));
    assertEquals(
        List.of("decision", "release", "release_desk"),
        entries.stream().map(LogEntry::kind).toList());
    LogEntry e = entries.get(2);
    assertEquals("decide", e.text("action").orElseThrow());
    assertEquals(12, e.number("held").orElseThrow());
    assertEquals("RELEASE", e.text("answer").orElseThrow());
    assertEquals(entries.get(0).text("partner"), e.text("partner"));
    assertEquals(entries.get(0).text("track"), e.text("track"));
    assertEquals("officer Kim", e.text("by").orElseThrow());
    assertEquals(true, e.fields().get("done"));
    Order refuse = new Order.Decide(13, Order.Answer.REFUSE);
    LogEntry refused =
        one(
            take(
                new Input.Ordered("officer Kim", refuse),
                new Effect.OrderAnswered("officer Kim", refuse, false, "nothing is held as 13")));
    assertEquals("REFUSE", refused.text("answer").orElseThrow());
    assertEquals(false, refused.fields().get("done"));
  }

  @Test
  void aPolicyPutInForceByOrderIsNamedByItsHashAndWhoOrderedIt() {
    Order put = new Order.PutPolicy("name: p");
    LogEntry e =
        one(
            take(
                new Input.Ordered("officer Kim", put),
                new Effect.OrderAnswered("officer Kim", put, true, "in force from ...")));
    assertEquals("policy", e.kind());
    assertEquals("putpolicy", e.text("action").orElseThrow());
    assertEquals(
        sha256("name: p".getBytes(StandardCharsets.UTF_8)), e.text("policy").orElseThrow());
    assertEquals("officer Kim", e.text("by").orElseThrow());
    Order back = new Order.RevertPolicy();
    LogEntry reverted =
        one(
            take(
                new Input.Ordered("officer Kim", back),
                new Effect.OrderAnswered("officer Kim", back, true, "in force from ...")));
    assertEquals("policy", reverted.kind());
    assertEquals("revertpolicy", reverted.text("action").orElseThrow());
  }

  @Test
  void theOtherKindsAreToldApart() {
    List<LogEntry> entries =
        take(
            new Input.Flush(),
            new Effect.GapRecorded(IN, 3, 5, GapReason.RETENTION),
            new Effect.RecordFolded(IN, 7, 9),
            new Effect.Relayed(new StreamId(Nation.USA, Nation.JPN, Lane.BULK), 1, 2),
            new Effect.NoticeApplied(Nation.JPN, TRACK, 4),
            new Effect.NoticeRaised(Effect.NoticeKind.RECORD_QUARANTINED, "out of scope"),
            new Effect.NoticeRaised(Effect.NoticeKind.SUSPENSION, "by the partner"),
            new Effect.NoticeRaised(Effect.NoticeKind.KEY, "another"),
            new Effect.NoticeRaised(Effect.NoticeKind.LINK_VIOLATION, "a lie"),
            new Effect.CursorMoved(IN, 4, new byte[32]),
            new Effect.PlotsAcknowledged("feed", 3));
    assertEquals(
        List.of("gap", "folded", "relayed", "applied", "quarantine", "suspension", "key", "notice"),
        entries.stream().map(LogEntry::kind).toList());
  }

  @Test
  void aCheckpointOfAPartnerHasOneEntryWithItsVerdict() {
    LogEntry e =
        one(
            take(
                new Input.CheckpointJudged(
                    Nation.JPN, "FORK", false, "parallax/JPN/TEST/heads/1", 60, "two roots", "ab"),
                new Effect.NoticeRaised(Effect.NoticeKind.PARTNER_LOG, "log of JPN: FORK")));
    assertEquals("checkpoint", e.kind());
    assertEquals("FORK", e.text("verdict").orElseThrow());
    assertEquals(60, e.number("size").orElseThrow());
    assertEquals("ab", e.record().orElseThrow());
  }

  @Test
  void aDeletionHasOneEntryWithItsClause() {
    LogEntry e =
        one(
            take(
                new Input.RecordsDeleted("agreement 3, retentionDays 30", 1_000, 77, 5, 9),
                new Effect.NoticeRaised(Effect.NoticeKind.RECORDS_DELETED, "5 records")));
    assertEquals("deleted", e.kind());
    assertEquals(5, e.number("records").orElseThrow());
    assertEquals(77, e.number("through").orElseThrow());
    assertEquals("agreement 3, retentionDays 30", e.text("clause").orElseThrow());
    assertEquals("1970-01-01T00:00:00.000001Z", e.text("until").orElseThrow());
  }

  @Test
  void aTickWithoutEffectsChangesNothing() {
    configure();
    take(new Input.Flush(), new Effect.OutboxAppended(OUT, 1, RECORD));
    take(ack(JPN, 2));
    take(new Input.Flush(), new Effect.OutboxAppended(OUT, 2, RECORD));
    take(ack(JPN, 3));
    wallNs += 2_000_000_000L;
    assertEquals(List.of(), take(new Input.Tick()), "it may never become durable");
    assertEquals("receipt", one(take(new Input.Flush())).kind());
  }

  @Test
  void aFaultOfOursIsToldAndTheLogGoesOn() {
    LogEntry e = one(take(new Input.Flush(), new Effect.RecordsTaken(IN, 4, 2, 9)));
    assertEquals("INTERNAL_FAULT", e.text("notice").orElseThrow());
    assertEquals("decision", one(take(new Input.Flush(), decided(false))).kind());
  }

  @Test
  void aFaultOfOursInOneEntryKeepsOutNoOther() {
    List<LogEntry> entries =
        take(
            new Input.Flush(),
            decided(false),
            new Effect.RecordsTaken(IN, 4, 2, 9),
            new Effect.NoticeApplied(Nation.KOR, TRACK, 3),
            decided(false));
    assertEquals(
        List.of("decision", "notice", "applied", "decision"),
        entries.stream().map(LogEntry::kind).toList());
    String detail = entries.get(1).text("detail").orElseThrow();
    assertTrue(detail.contains("records taken"), detail);
  }

  @Test
  void textsOfOthersAreCutAndCleaned() {
    LogEntry e =
        one(
            take(
                new Input.Flush(),
                new Effect.NoticeRaised(
                    Effect.NoticeKind.PLOT_REFUSED, "\ud800" + "x".repeat(100_000))));
    byte[] bytes = e.bytes("0");
    assertTrue(bytes.length < EntryBundle.LONGEST);
    assertEquals("?", LogEntry.parse(bytes).text("detail").orElseThrow().substring(0, 1));
  }

  /** The chain hash that a receipt signs covers the records that the releases name. */
  @Test
  void aReceiptsChainFollowsFromTheReleasedRecords() {
    HashChain chain = new HashChain();
    Digest h = chain.start(Channel.TEST, OUT);
    LogEntry release = one(take(new Input.Flush(), new Effect.OutboxAppended(OUT, 1, RECORD)));
    Digest record = Digest.of(java.util.HexFormat.of().parseHex(release.record().orElseThrow()));
    assertEquals(chain.next(h, 1, chain.ofRecord(RECORD)), chain.next(h, 1, record));
  }
}
