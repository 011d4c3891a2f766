package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.audit.AuditTrail;
import parallax.audit.Checkpoint;
import parallax.audit.EntrySalt;
import parallax.audit.HeadLog;
import parallax.audit.LogEntry;
import parallax.audit.LogReader;
import parallax.audit.LogWriter;
import parallax.audit.MerkleHasher;
import parallax.credentials.NationKeys;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.host.LogDirectory;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.wire.ProtoReportCodec;

/** {@code parallax audit}, as it is typed, on a node's directory and on copies. */
class AuditCommandTest {
  private static final String ORIGIN = "parallax/KOR/TEST/20260101T000000.000Z";
  private static final UtcTime START = new UtcTime(1_681_338_180_000_000_000L);
  private static final int RELEASES = 150;

  @TempDir Path folder;
  private Path node = Path.of("");
  private Path pub = Path.of("");
  private SigningKey key = SigningKey.fromSeed(new byte[32]);

  private static Typed done(Object... args) {
    Typed ran = Typed.run(args);
    assertEquals(0, ran.code(), ran.err());
    return ran;
  }

  private static Typed bad(Object... args) {
    Typed ran = Typed.run(args);
    assertEquals(1, ran.code(), ran.out() + ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
    return ran;
  }

  @Test
  void ordersAreAllThatPeopleHaveOrderedWhateverItIsAbout() throws Exception {
    Path log = folder.resolve("orders");
    LogWriter writer = LogWriter.begin(new LogDirectory(log), ORIGIN);
    EntrySalt salt = new EntrySalt(new byte[EntrySalt.SECRET_LENGTH]);
    AuditTrail trail = new AuditTrail(Nation.KOR, Channel.TEST, new ProtoReportCodec());
    TrackId track = new TrackId(Nation.KOR, 1);
    List<Order> orders =
        List.of(
            new Order.Suspend(Nation.JPN, Order.Direction.BOTH, "exercise"),
            new Order.Resume(Nation.JPN, Order.Backfill.NONE, Optional.empty()),
            new Order.PutPolicy("name: p"),
            new Order.RevertPolicy(),
            new Order.RevokeKey(Nation.JPN, key.key()),
            new Order.Decide(12, Order.Answer.REFUSE),
            new Order.Recall(track, Optional.empty(), Report.RecallReason.MISTAKE));
    long input = 0;
    for (Order o : orders) {
      Input.Stamped in = new Input.Stamped(START, START.nanos(), new Input.Ordered("Kim", o));
      List<Effect> effects = List.of(new Effect.OrderAnswered("Kim", o, true, "done"));
      for (LogEntry e : trail.entries(++input, in, effects)) {
        writer.append(e.bytes(salt.of(writer.size())));
      }
    }
    writer.checkpoint(key);
    String out = done("audit", "search", log, "--key", pub, "--kind", "order").out();
    assertEquals(orders.size(), out.lines().count(), out);
    for (String action : List.of("suspend", "resume", "putpolicy", "revokekey", "decide")) {
      assertTrue(out.contains("action=" + action), out);
    }
    String policies = done("audit", "search", log, "--key", pub, "--kind", "policy").out();
    assertEquals(2, policies.lines().count(), policies);
  }

  private static byte[] record(int n) {
    return ("report " + n).getBytes(StandardCharsets.US_ASCII);
  }

  private static String sha256(byte[] bytes) {
    return new MerkleHasher().plain(bytes).toString();
  }

  @BeforeEach
  void keepsALog() throws Exception {
    node = folder.resolve("kor");
    Files.createDirectories(node.resolve("keys"));
    key = NationKeys.ownLogSeed(node.resolve("keys"), Nation.KOR, Channel.TEST);
    pub = NationKeys.logKey(node.resolve("keys"), Channel.TEST);
    write(node.resolve("log"), RELEASES, RELEASES);
  }

  /** A decision and a release to JPN each second; from one on, another story. */
  private void write(Path root, int releases, int fork) throws Exception {
    LogWriter writer = LogWriter.begin(new LogDirectory(root), ORIGIN);
    EntrySalt salt = new EntrySalt(new byte[EntrySalt.SECRET_LENGTH]);
    AuditTrail trail = new AuditTrail(Nation.KOR, Channel.TEST, new ProtoReportCodec());
    for (int i = 0; i < releases; i++) {
      UtcTime now = START.plusSeconds(i);
      List<Effect> effects =
          List.of(
              new Effect.DecisionRecorded(
                  now,
                  Nation.JPN,
                  new TrackId(Nation.KOR, 1 + i / 100),
                  Report.DataClass.FLIGHT_PATH,
                  true,
                  i < fork ? "flight paths" : "other rule",
                  "scope",
                  ""),
              new Effect.OutboxAppended(
                  new StreamId(Nation.KOR, Nation.JPN, Lane.BULK), i + 1, record(i)));
      for (LogEntry e :
          trail.entries(i + 1, new Input.Stamped(now, now.nanos(), new Input.Flush()), effects)) {
        writer.append(e.bytes(salt.of(writer.size())));
      }
    }
    writer.checkpoint(key);
  }

  @Test
  void verifiesANodeAndACopyOfItsLog() throws Exception {
    Typed ran = done("audit", "verify", node);
    assertTrue(ran.out().startsWith("good: " + ORIGIN + ", 300 entries, root "), ran.out());
    done("audit", "verify", node.resolve("log"), "--key", pub);
    Typed without = Typed.run("audit", "verify", node.resolve("log"));
    assertEquals(2, without.code());
    assertTrue(without.err().contains("--key"), without.err());
  }

  @Test
  void oneLineNamesWhatWasChanged() throws Exception {
    Path bundle = node.resolve("log/tile/entries/000");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[100] ^= 1;
    Files.write(bundle, bytes);
    String said = bad("audit", "verify", node).err();
    assertTrue(said.startsWith("BAD: tile/entries/000: hash of entry 0 is "), said);
    assertTrue(said.contains("expected"), said);
    Files.delete(bundle);
    assertTrue(
        bad("audit", "verify", node).err().contains("tile/entries/000: the file is missing"));
    assertEquals(1, Typed.run("audit", "search", node).code());
  }

  @Test
  void aReceiptConvincesWithThePublicKeyAlone() throws Exception {
    Path receipt = folder.resolve("r.tlog-proof");
    done("audit", "prove", node, "--record", sha256(record(20)), "--out", receipt);
    Path record = folder.resolve("record");
    Files.write(record, record(20));
    Typed ran = done("audit", "verify-receipt", receipt, "--key", pub, "--record", record);
    assertTrue(ran.out().contains("record=" + sha256(record(20))), ran.out());
    assertTrue(ran.out().contains("good: entry 41 of " + ORIGIN), ran.out());
    Files.write(record, record(21));
    bad("audit", "verify-receipt", receipt, "--key", pub, "--record", record);

    String printed = done("audit", "prove", node, "--entry", "41").out();
    assertEquals(Files.readString(receipt), printed);
    byte[] changed = Files.readAllBytes(receipt);
    changed[60] ^= 1;
    Files.write(receipt, changed);
    assertTrue(bad("audit", "verify-receipt", receipt, "--key", pub).err().startsWith("BAD: "));
  }

  @Test
  void anotherNationsOrChannelsKeyIsNotTaken() throws Exception {
    Path receipt = folder.resolve("r.tlog-proof");
    done("audit", "prove", node, "--entry", "0", "--out", receipt);
    Path keys = folder.resolve("other");
    Files.createDirectories(keys);
    NationKeys.ownLogSeed(keys, Nation.JPN, Channel.TEST);
    NationKeys.ownLogSeed(keys, Nation.KOR, Channel.REAL);
    for (Path k :
        List.of(NationKeys.logKey(keys, Channel.TEST), NationKeys.logKey(keys, Channel.REAL))) {
      Typed ran = Typed.run("audit", "verify-receipt", receipt, "--key", k);
      assertEquals(2, ran.code());
      assertTrue(ran.err().contains("log-TEST key of KOR"), ran.err());
    }
    Path forged = folder.resolve("forged");
    Files.createDirectories(forged);
    NationKeys.ownLogSeed(forged, Nation.KOR, Channel.TEST);
    bad("audit", "verify-receipt", receipt, "--key", NationKeys.logKey(forged, Channel.TEST));
  }

  @Test
  void provesOnlyWhatIsThereAndAsksWhenThereAreSeveral() throws Exception {
    assertEquals(2, Typed.run("audit", "prove", node, "--entry", "300").code());
    assertEquals(2, Typed.run("audit", "prove", node, "--record", "abc").code());
    assertEquals(2, Typed.run("audit", "prove", node, "--record", sha256(record(999))).code());
    assertEquals(2, Typed.run("audit", "prove", node).code());
  }

  @Test
  void searchesByKindPartnerTrackAndTime() throws Exception {
    assertEquals(150, done("audit", "search", node, "--kind", "release").out().lines().count());
    String none = bad("audit", "search", node, "--partner", "USA").err();
    assertEquals("none of the 300 entries of the log is so", none.strip());
    for (String track : List.of("KOR2", "KOR-", "2", "KOR-x")) {
      Typed mistyped = Typed.bad(2, "audit", "search", node, "--track", track);
      assertTrue(mistyped.err().contains("--track is '" + track + "'"), mistyped.err());
    }
    assertEquals(100, done("audit", "search", node, "--track", "KOR-2").out().lines().count());
    Typed ran =
        done(
            "audit",
            "search",
            node,
            "--kind",
            "decision",
            "--from",
            START.plusSeconds(10),
            "--to",
            START.plusSeconds(12));
    assertEquals(3, ran.out().lines().count(), ran.out());
    assertTrue(ran.out().contains("rule=\"flight paths\""), ran.out());
    Typed wrong = Typed.run("audit", "search", node, "--kind", "realease");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("release"), wrong.err());
    Typed unverified = done("audit", "search", node.resolve("log"), "--kind", "release");
    assertTrue(unverified.err().contains("NOT VERIFIED"), unverified.err());
    assertEquals(150, unverified.out().lines().count());
  }

  @Test
  void jsonIsOneObjectALineWithTheEntrysNumber() throws Exception {
    List<String> lines =
        done("audit", "search", node, "--kind", "release", "--json").out().lines().toList();
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertEquals(1, first.get("entry").asInt());
    assertEquals(sha256(record(0)), first.get("record").asText());
    assertEquals("KOR>JPN/BULK", first.get("stream").asText());
  }

  @Test
  void twoPartnersWhoWereShownTwoLogsFindOut() throws Exception {
    Path jpn = folder.resolve("shown to jpn");
    Path usa = folder.resolve("shown to usa");
    write(jpn, 100, 100);
    write(usa, 140, 60);
    assertTrue(
        done("audit", "compare", jpn, node, "--key", pub).out().contains("first 200 of 300"));
    done("audit", "compare", jpn.resolve(Checkpoint.PATH), node);
    Path proof = folder.resolve("fork");
    Typed ran = Typed.run("audit", "compare", jpn, usa, "--key", pub, "--out", proof);
    assertEquals(1, ran.code());
    assertTrue(ran.err().contains("FORK") && ran.err().contains("differs is 120"), ran.err());
    Typed proven = done("audit", "verify-fork", proof, "--key", pub);
    assertTrue(proven.out().contains("at 200 and at 280 entries"), proven.out());
    byte[] changed = Files.readAllBytes(proof);
    changed[200] ^= 2;
    Files.write(proof, changed);
    bad("audit", "verify-fork", proof, "--key", pub);
    Typed cannot =
        bad(
            "audit",
            "compare",
            jpn.resolve(Checkpoint.PATH),
            usa.resolve(Checkpoint.PATH),
            "--key",
            pub);
    assertTrue(cannot.err().startsWith("cannot tell"), cannot.err());
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertEquals(2, Typed.run("audit", "verify", folder.resolve("nowhere")).code());
    assertEquals(2, Typed.run("audit", "verify", folder).code());
    assertEquals(2, Typed.run("audit", "compare", node, folder).code());
    assertEquals(2, Typed.run("audit", "verify-receipt", folder.resolve("x"), "--key", pub).code());
  }

  private static final String HEADS = "parallax/KOR/TEST/heads/20260101T000000.000Z";

  /** What a partner keeps of a head log: at 60 and the newest. */
  private Path held(String by, int fork, int newest) throws Exception {
    Path held = folder.resolve(by).resolve("held").resolve("KOR");
    Path log = held.resolve("20260101T000000.000Z");
    Files.createDirectories(log);
    Files.writeString(held.resolve("current"), "20260101T000000.000Z");
    MemoryHeads heads = new MemoryHeads(folder.resolve(by + ".heads"), key);
    Files.write(log.resolve("at-60"), heads.to(60, fork));
    Files.write(log.resolve("checkpoint"), heads.to(newest, fork));
    return held;
  }

  /** A head log in the making. */
  private static final class MemoryHeads {
    private final LogWriter writer;
    private final SigningKey key;

    MemoryHeads(Path root, SigningKey key) {
      writer = LogWriter.begin(new LogDirectory(root), HEADS);
      this.key = key;
    }

    byte[] to(int size, int fork) throws Exception {
      while (writer.size() < size) {
        writer.append(new byte[] {(byte) writer.size(), (byte) (writer.size() < fork ? 0 : 1)});
      }
      return writer.checkpoint(key).bytes();
    }
  }

  @Test
  void comparesWhatTwoPartnersHoldOfAThird() throws Exception {
    Path jpn = held("jpn", 999, 71);
    Path usa = held("usa", 999, 77);
    Typed same = done("audit", "compare", jpn, usa, "--key", pub);
    assertTrue(same.out().startsWith("good: the same at 1 sizes"), same.out());
    Path shownAnother = held("aus", 50, 75);
    Path proof = folder.resolve("fork");
    Typed forked = Typed.run("audit", "compare", jpn, shownAnother, "--key", pub, "--out", proof);
    assertEquals(1, forked.code());
    assertTrue(forked.err().startsWith("FORK: " + HEADS), forked.err());
    done("audit", "verify-fork", proof, "--key", pub);
    Files.delete(usa.resolve("20260101T000000.000Z").resolve("at-60"));
    assertTrue(bad("audit", "compare", jpn, usa, "--key", pub).err().startsWith("cannot tell"));
  }

  @Test
  void listsWhatIsHeldOfPartners() throws Exception {
    Path kor = held("jpn", 999, 71);
    Typed listed = done("audit", "checkpoints", folder.resolve("jpn"));
    assertEquals(2, listed.out().lines().count(), listed.out());
    assertTrue(listed.out().contains("71 entries of " + HEADS), listed.out());
    Files.createDirectories(kor.resolve("evidence"));
    Files.writeString(kor.resolve("evidence").resolve("001-FORK"), "x");
    Typed evidence = Typed.run("audit", "checkpoints", folder.resolve("jpn"));
    assertEquals(1, evidence.code());
    assertTrue(evidence.out().contains("EVIDENCE"), evidence.out());
  }

  @Test
  void aRewrittenLogIsNotTheOneThatItsHeadsSpeakOf() throws Exception {
    byte[] begun =
        AuditTrail.begun(Nation.KOR, Channel.TEST, HEADS, START, "test", 1)
            .bytes(new EntrySalt(new byte[EntrySalt.SECRET_LENGTH]).of(0));
    LogDirectory heads = new LogDirectory(node.resolve("heads"));
    LogWriter first = LogWriter.begin(heads, HEADS);
    first.append(begun);
    first.checkpoint(key);
    HeadLog log =
        new HeadLog(
            heads, new EntrySalt(new byte[EntrySalt.SECRET_LENGTH]), Nation.KOR, Channel.TEST, key);
    log.add(LogReader.checkpoint(new LogDirectory(node.resolve("log"))).checkpoint(), START);
    log.sign();
    Typed good = done("audit", "verify", node);
    assertTrue(good.out().contains("1 of them speak of this log"), good.out());
    new LogDirectory(node.resolve("log")).delete("");
    write(node.resolve("log"), RELEASES, RELEASES - 10);
    Typed rewritten = bad("audit", "verify", node);
    assertTrue(rewritten.err().contains("as entry 1 of the head log says"), rewritten.err());
  }
}
