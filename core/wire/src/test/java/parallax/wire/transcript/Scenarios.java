package parallax.wire.transcript;

import static parallax.link.Lane.BULK;
import static parallax.link.Lane.URGENT;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;
import static parallax.wire.transcript.Setting.AGREEMENT;
import static parallax.wire.transcript.Setting.JPN_NEXT;
import static parallax.wire.transcript.Setting.KOR_NEXT;
import static parallax.wire.transcript.Setting.USA_KEY;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.HashChain;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.StreamId;
import parallax.link.StreamSignatures;
import parallax.model.Channel;
import parallax.model.Report;
import parallax.release.fixtures.ReleaseFixtures;

/** What the transcripts are of. */
final class Scenarios {
  private static final LinkConfig STANDARD = LinkConfig.standard();

  private Scenarios() {}

  /** The text of each, by the name of its file. */
  static SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    all.put("1-first-connection.txt", firstConnection());
    all.put("2-break-and-resume.txt", breakAndResume());
    all.put("3-two-lanes.txt", twoLanes());
    all.put("4-congestion.txt", congestion());
    all.put("5-retention-gap.txt", retentionGap());
    all.put("6-suspension.txt", suspension());
    all.put("7-change-of-key.txt", changeOfKey());
    all.put("8-relay.txt", relay());
    all.put("9-refusals.txt", refusals());
    all.put("10-set-aside.txt", setAside());
    return all;
  }

  private static Report launch(World w, long track) {
    return ReleaseFixtures.launchReport(KOR, track, w.sinceLaunch());
  }

  private static Report track(World w, long track) {
    return ReleaseFixtures.trackReport(KOR, track, w.sinceLaunch());
  }

  private static Report impact(World w, long track) {
    return ReleaseFixtures.impactReport(KOR, track, w.sinceLaunch());
  }

  private static String firstConnection() {
    Setting setting = Setting.standard(URGENT);
    Transcript t =
        setting.transcript(
            "Transcript 1: first connection",
            """
            KOR has a launch to tell before JPN was ever connected. It greets, JPN wants number 1, and
            each number is acknowledged with a signed receipt. A second later a heartbeat goes out: its
            answer gives the round trip and how far JPN's clock is ahead, true to within half of it.
            """);
    World w = setting.world(t);
    w.enqueue(URGENT, launch(w, 1));
    w.connect(KOR, JPN, URGENT);
    w.until(500);
    w.enqueue(URGENT, impact(w, 1));
    w.flush();
    w.until(1_200);
    return t.toString();
  }

  private static String breakAndResume() {
    Setting setting = Setting.standard(URGENT);
    Transcript t =
        setting.transcript(
            "Transcript 2: break and resume",
            """
            Number 2 arrives but its receipt is lost when the line breaks, number 3 is lost itself, and
            number 4 is made while there is no line. On the next connection JPN says how far it holds the
            stream; KOR takes that for a receipt and goes on from there. The chain goes on as if nothing
            had been.
            """);
    World w = setting.world(t);
    w.connect(KOR, JPN, URGENT);
    w.enqueue(URGENT, launch(w, 1));
    w.until(200);
    w.enqueue(URGENT, impact(w, 1));
    w.flush();
    w.until(215);
    w.enqueue(URGENT, launch(w, 2));
    w.flush();
    w.until(230);
    w.cut(KOR, JPN, URGENT);
    w.until(300);
    w.enqueue(URGENT, impact(w, 2));
    w.until(400);
    w.connect(KOR, JPN, URGENT);
    w.until(600);
    return t.toString();
  }

  private static String twoLanes() {
    Setting setting = Setting.standard(URGENT, BULK);
    Transcript t =
        setting.transcript(
            "Transcript 3: two lanes, launch before track",
            """
            Launch and track of one missile are released at the same moment. The launch leaves on the
            urgent lane at once; the track waits on the bulk lane until JPN's receipt for the launch is
            there. A later track, with nothing urgent before it, does not wait. Each lane has a chain of
            its own.
            """);
    World w = setting.world(t);
    w.connect(KOR, JPN, URGENT);
    w.connect(KOR, JPN, BULK);
    w.until(200);
    w.enqueue(URGENT, launch(w, 1));
    w.enqueue(BULK, track(w, 1));
    w.flush();
    w.until(400);
    w.enqueue(BULK, track(w, 1));
    w.flush();
    w.until(500);
    return t.toString();
  }

  private static String congestion() {
    Setting setting =
        Setting.limited(
            "those of the standard, but bulk is congested above 1,000 bytes",
            config(STANDARD.retainedRecords(), 1_000),
            BULK);
    Transcript t =
        setting.transcript(
            "Transcript 4: congestion, folded entries",
            """
            Five flight paths of two tracks wait on the bulk lane, more than 1,000 bytes. Of each track
            only the newest is sent; the others are folded: their digests keep the chain whole, and the
            signature covers which numbers were folded into which. Afterwards nothing waits and nothing
            is folded.
            """);
    World w = setting.world(t);
    for (int i = 0; i < 5; i++) {
      w.until(100L * i);
      w.enqueue(BULK, track(w, 1 + i % 2));
    }
    w.until(500);
    w.connect(KOR, JPN, BULK);
    w.until(700);
    w.enqueue(BULK, track(w, 1));
    w.flush();
    w.until(800);
    return t.toString();
  }

  private static String retentionGap() {
    Setting setting =
        Setting.limited(
            "those of the standard, but only 3 entries are kept",
            config(3, STANDARD.foldAboveBytes()),
            URGENT);
    Transcript t =
        setting.transcript(
            "Transcript 5: gap by retention",
            """
            KOR keeps three numbers. While the line is down it makes six and gives up the oldest three:
            2 to 4. When JPN next wants number 2, it is told the gap, signed, before anything that
            follows; the chain leads over it, though JPN never saw what stood there. Both record it, KOR
            when JPN's receipt has passed it.
            """);
    World w = setting.world(t);
    w.connect(KOR, JPN, URGENT);
    w.enqueue(URGENT, launch(w, 1));
    w.until(200);
    w.cut(KOR, JPN, URGENT);
    for (int i = 0; i < 3; i++) {
      w.until(300 + 100L * i);
      w.enqueue(URGENT, launch(w, 2 + i));
      w.enqueue(URGENT, impact(w, 2 + i));
    }
    w.until(600);
    w.connect(KOR, JPN, URGENT);
    w.until(800);
    return t.toString();
  }

  private static String suspension() {
    Setting setting = Setting.standard(URGENT);
    Transcript t =
        setting.transcript(
            "Transcript 6: suspension announced, resumed without backfill",
            """
            KOR suspends JPN while number 2 is on its way: the connection is cut, so that nothing leaves
            from a buffer. On the next connection JPN is told, and hears heartbeats only. When KOR resumes
            it tells nothing of before: number 2 becomes a gap by suspension, number 3 is the first new.
            """);
    World w = setting.world(t);
    w.connect(KOR, JPN, URGENT);
    w.enqueue(URGENT, launch(w, 1));
    w.until(200);
    w.enqueue(URGENT, impact(w, 1));
    w.flush();
    w.until(210);
    w.say(KOR, URGENT + "  suspends the stream, announced: exercise over");
    w.atOriginator(URGENT, w.out.on(URGENT).suspend(true, "exercise over", w.clock()));
    w.until(300);
    w.connect(KOR, JPN, URGENT);
    w.until(1_000);
    w.say(KOR, URGENT + "  resumes, telling nothing of before");
    w.atOriginator(URGENT, w.out.on(URGENT).resume(2, w.clock()));
    w.until(1_100);
    w.enqueue(URGENT, launch(w, 2));
    w.flush();
    w.until(1_200);
    return t.toString();
  }

  private static String changeOfKey() {
    Setting setting = Setting.standard(URGENT);
    Transcript t =
        setting.transcript(
            "Transcript 7: change of key",
            """
            Number 3 is KOR's next key. The batch that ends there is signed with the old key, what follows
            with the new one, without a pause for a receipt. Later KOR holds JPN's own change of key, which
            came on the stream the other way (not shown): from then on JPN signs its receipts with its next
            key.
            """);
    World w = setting.world(t);
    w.connect(KOR, JPN, URGENT);
    w.enqueue(URGENT, launch(w, 1));
    w.until(200);
    w.enqueue(URGENT, impact(w, 1));
    w.rotate(URGENT, KOR_NEXT.key());
    w.enqueue(URGENT, launch(w, 2));
    w.flush();
    w.until(400);
    w.say(KOR, URGENT + "  trusts JPN's next key for receipts too");
    w.out.on(URGENT).trust(JPN_NEXT.key());
    w.say(JPN, URGENT + "  signs receipts with its next key from here on");
    w.in(URGENT).signReceiptsWith(JPN_NEXT.key());
    w.enqueue(URGENT, impact(w, 2));
    w.flush();
    w.until(500);
    return t.toString();
  }

  private static String relay() {
    Setting setting = Setting.standard(URGENT);
    Transcript t =
        setting.transcript(
            "Transcript 8: relay through USA while the direct path is cut",
            """
            The direct path breaks while number 2 is on its way. KOR connects to USA; USA dials JPN and
            passes the Hello on. Frames pass as they are, so JPN verifies KOR's signature and KOR verifies
            JPN's receipt; USA adds none. When the direct path is back, number 3 goes on both: the second
            copy is dropped and acknowledged all the same.
            """);
    World w = setting.world(t);
    w.connect(KOR, JPN, URGENT);
    w.enqueue(URGENT, launch(w, 1));
    w.until(200);
    w.enqueue(URGENT, impact(w, 1));
    w.flush();
    w.until(210);
    w.cut(KOR, JPN, URGENT);
    w.until(300);
    w.connect(KOR, USA, URGENT);
    w.until(1_100);
    w.connect(KOR, JPN, URGENT);
    w.until(1_200);
    w.enqueue(URGENT, launch(w, 2));
    w.flush();
    w.until(1_600);
    return t.toString();
  }

  private static String setAside() {
    Setting setting = Setting.standard(URGENT);
    Transcript t =
        setting.transcript(
            "Transcript 10: a record that the recipient sets aside",
            """
            JPN takes number 2 in, but the agreement does not let it use it. It says so, signed, before
            the receipt that covers the number. After a break it says so again before the Welcome; KOR has
            heard it before and books nothing twice.
            """);
    World w = setting.world(t);
    w.willSetAside(2, "scope.window: it is ahead of this node's clock");
    w.connect(KOR, JPN, URGENT);
    w.enqueue(URGENT, launch(w, 1));
    w.until(200);
    w.enqueue(URGENT, impact(w, 1));
    w.flush();
    w.until(400);
    w.cut(KOR, JPN, URGENT);
    w.until(500);
    w.connect(KOR, JPN, URGENT);
    w.until(700);
    return t.toString();
  }

  private static String refusals() {
    Setting setting = Setting.standard(URGENT, BULK);
    Transcript t =
        setting.transcript(
            "Transcript 9: refusals",
            """
            Each part begins anew at 0.0 with nothing told. Whatever is refused changes nothing: no record
            of it is used and the cursor stays. A frame changed on the way, or made by somebody else, says
            so below its fields.
            """);
    part(t, "Part a: wrong channel", setting.from(Channel.REAL, AGREEMENT), "", f -> f);
    part(
        t,
        "Part b: wrong agreement",
        setting.from(Channel.EXERCISE, "agreement of last year"),
        "",
        f -> f);
    part(
        t,
        "Part c: version not spoken",
        setting,
        "speaks version 1 only",
        f ->
            f instanceof Frame.Hello h
                ? new Frame.Hello(1, 1, h.stream(), h.channel(), h.agreementDigest(), h.sessionId())
                : f);
    part(
        t,
        "Part d: batch forged by a holder of another key",
        setting,
        "signature by the key of USA",
        f -> f instanceof Frame.Batch b ? signedByUsa(b, b.entries()) : f);
    part(
        t,
        "Part e: record altered, everything else as KOR signed it",
        setting,
        "record altered in its last byte",
        f ->
            f instanceof Frame.Batch b
                ? new Frame.Batch(
                    b.firstSeq(), altered(b), b.chainHash(), b.signature(), b.sentAtNs())
                : f);
    part(
        t,
        "Part f: record taken out and its digest passed on, as if it were folded",
        setting,
        "record taken out",
        f ->
            f instanceof Frame.Batch b
                ? new Frame.Batch(
                    b.firstSeq(), withoutContents(b), b.chainHash(), b.signature(), b.sentAtNs())
                : f,
        BULK);
    part(
        t,
        "Part g: forged receipt",
        setting,
        "signature by the key of USA",
        f -> f instanceof Frame.Ack a && !a.answersHeartbeat() ? receiptByUsa(a) : f);
    return t.toString();
  }

  private static void part(
      Transcript t, String title, Setting s, String deed, UnaryOperator<Frame> change) {
    part(t, title, s, deed, change, URGENT);
  }

  /** A first connection with one report to tell, and what somebody does to it. */
  private static void part(
      Transcript t, String title, Setting s, String deed, UnaryOperator<Frame> change, Lane lane) {
    t.heading(title, "");
    Setting setting = new Setting(List.of(lane), s.config(), "", s.channel(), s.agreement());
    World w = setting.world(t);
    w.hostile(deed, change);
    if (s.channel() == Channel.EXERCISE) {
      w.enqueue(lane, lane == URGENT ? launch(w, 1) : track(w, 1));
    }
    w.connect(KOR, JPN, lane);
    w.until(300);
  }

  private static StreamId stream(Lane lane) {
    return new StreamId(KOR, JPN, lane);
  }

  private static Frame signedByUsa(Frame.Batch b, List<Entry> entries) {
    byte[] signature =
        USA_KEY.sign(
            StreamSignatures.batchDomain(Channel.EXERCISE),
            StreamSignatures.batch(stream(URGENT), b.firstSeq(), entries, b.chainHash()));
    return new Frame.Batch(b.firstSeq(), entries, b.chainHash(), signature, b.sentAtNs());
  }

  private static Frame receiptByUsa(Frame.Ack a) {
    byte[] signature =
        USA_KEY.sign(
            StreamSignatures.receiptDomain(Channel.EXERCISE),
            StreamSignatures.receipt(stream(URGENT), a.cursor()));
    return new Frame.Ack(
        a.cursor(), signature, a.sentAtNs(), a.echoSentAtNs(), a.answersHeartbeat());
  }

  /** The record of a launch ends with how well its time is known. */
  private static List<Entry> altered(Frame.Batch b) {
    List<Entry> entries = new ArrayList<>();
    for (Entry e : b.entries()) {
      if (e instanceof Entry.Whole r) {
        byte[] bytes = r.bytes().clone();
        bytes[bytes.length - 1] ^= 1;
        entries.add(new Entry.Whole(bytes));
      }
    }
    return entries;
  }

  private static List<Entry> withoutContents(Frame.Batch b) {
    List<Entry> entries = new ArrayList<>();
    for (Entry e : b.entries()) {
      entries.add(new Entry.Folded(new HashChain().of(Channel.EXERCISE, e), b.lastSeq() + 1));
    }
    return entries;
  }

  private static LinkConfig config(long retainedRecords, long foldAboveBytes) {
    return new LinkConfig(
        STANDARD.heartbeatNs(),
        STANDARD.staleNs(),
        STANDARD.silentNs(),
        STANDARD.batchRecords(),
        STANDARD.batchBytes(),
        STANDARD.inFlightBytes(),
        STANDARD.retainedBytes(),
        retainedRecords,
        foldAboveBytes,
        STANDARD.acceptedRecords(),
        STANDARD.acceptedBytes());
  }
}
