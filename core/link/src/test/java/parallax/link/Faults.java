package parallax.link;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import parallax.signing.SigningKey;

/** What a hostile line or partner makes of a frame. */
final class Faults {
  private static final List<SigningKey> WRONG_KEYS =
      List.of(LinkFixtures.KOR_REAL, LinkFixtures.USA_EXERCISE);

  private Faults() {}

  /** The frame with one field or bit changed. */
  static Frame corrupt(Frame frame, SplittableRandom random) {
    return switch (frame) {
      case Frame.Hello h ->
          new Frame.Hello(
              h.oldestVersion() + 2,
              h.newestVersion() + 2,
              h.stream(),
              h.channel(),
              h.agreementDigest(),
              h.sessionId());
      case Frame.Welcome w ->
          new Frame.Welcome(w.version(), corrupt(w.cursor(), random), w.signature());
      case Frame.Batch b -> corrupt(b, random);
      case Frame.Gap g -> corrupt(g, random);
      case Frame.Ack a ->
          new Frame.Ack(
              corrupt(a.cursor(), random),
              a.signature(),
              a.sentAtNs(),
              a.echoSentAtNs(),
              a.answersHeartbeat());
      case Frame.SetAside s -> new Frame.SetAside(s.total() + 1, s.newest(), s.signature());
      case Frame.Heartbeat h -> new Frame.Heartbeat(0, h.sentAtNs() ^ 0x55);
      case Frame.Suspension s -> new Frame.Suspension(s.suspended(), s.reason() + "?");
      case Frame.Refusal r -> new Frame.Refusal(ViolationCode.ofWire(999), r.detail());
    };
  }

  private static Cursor corrupt(Cursor c, SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Cursor(c.next() + 1, c.chainHash());
      case 1 -> new Cursor(c.next() + 1_000_000, c.chainHash());
      default -> new Cursor(c.next(), flip(c.chainHash(), random));
    };
  }

  private static Frame corrupt(Frame.Gap g, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Frame.Gap(g.from(), g.to() + 1, g.reason(), g.chainHash(), g.signature());
      case 1 -> new Frame.Gap(g.from() + 1, g.to() + 1, g.reason(), g.chainHash(), g.signature());
      case 2 -> new Frame.Gap(g.from(), g.to(), GapReason.UNKNOWN, g.chainHash(), g.signature());
      default ->
          new Frame.Gap(g.from(), g.to(), g.reason(), flip(g.chainHash(), random), g.signature());
    };
  }

  private static Frame corrupt(Frame.Batch b, SplittableRandom random) {
    List<Entry> entries = new ArrayList<>(b.entries());
    long first = b.firstSeq();
    Digest hash = b.chainHash();
    byte[] signature = b.signature();
    switch (random.nextInt(7)) {
      case 0 -> {
        int i = random.nextInt(entries.size());
        entries.set(
            i,
            entries.get(i) instanceof Entry.Whole w
                ? new Entry.Whole(flip(w.bytes(), random))
                : new Entry.Whole(new byte[3]));
      }
      case 1 -> hash = flip(hash, random);
      case 2 -> signature = flip(signature, random);
      case 3 -> {
        first += 1 + random.nextInt(20);
        entries.removeIf(e -> e instanceof Entry.Folded);
      }
      case 4 -> first = Math.max(1, first - 1 - random.nextInt(20));
      case 5 -> entries.add(new Entry.Whole(new byte[] {1}));
      default -> entries.remove(entries.size() - 1);
    }
    if (entries.isEmpty()) {
      entries.add(new Entry.Whole(new byte[0]));
    }
    return new Frame.Batch(first, entries, hash, signature, b.sentAtNs());
  }

  /** A batch whose chain is right, signed with a key that is not. */
  static Frame forge(LinkTerms terms, Frame.Batch b, SplittableRandom random) {
    return signed(WRONG_KEYS.get(random.nextInt(WRONG_KEYS.size())), terms, b);
  }

  /** The batch with a signature of its own, by any key. */
  static Frame.Batch signed(SigningKey key, LinkTerms terms, Frame.Batch b) {
    return new Frame.Batch(
        b.firstSeq(),
        b.entries(),
        b.chainHash(),
        key.sign(
            StreamSignatures.batchDomain(terms.channel()),
            StreamSignatures.batch(terms.stream(), b.firstSeq(), b.entries(), b.chainHash())),
        b.sentAtNs());
  }

  private static Digest flip(Digest digest, SplittableRandom random) {
    return Digest.of(flip(digest.bytes(), random));
  }

  private static byte[] flip(byte[] bytes, SplittableRandom random) {
    byte[] changed = bytes.clone();
    if (changed.length == 0) {
      return new byte[1];
    }
    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }
}
