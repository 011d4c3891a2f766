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
              h.protocolVersion() + 1,
              h.originator(),
              h.recipient(),
              h.channel(),
              h.agreementDigest(),
              h.sessionId());
      case Frame.Welcome w ->
          random.nextBoolean()
              ? new Frame.Welcome(w.nextSeq() + 1, w.chainHash())
              : new Frame.Welcome(w.nextSeq(), flip(w.chainHash(), random));
      case Frame.Batch b -> corrupt(b, random);
      case Frame.Ack a -> new Frame.Ack(a.nextSeq() + 1_000_000, a.echoSentAtNs());
      case Frame.Heartbeat h ->
          new Frame.Heartbeat(0, h.sentAtNs() ^ 0x55, h.echoSentAtNs() ^ 0x3333);
      case Frame.Refusal r -> new Frame.Refusal(ViolationCode.ofWire(999), r.detail());
    };
  }

  private static Frame corrupt(Frame.Batch b, SplittableRandom random) {
    List<byte[]> records = new ArrayList<>(b.records());
    long first = b.firstSeq();
    Digest hash = b.chainHash();
    byte[] signature = b.signature();
    switch (random.nextInt(7)) {
      case 0 -> {
        int i = random.nextInt(records.size());
        records.set(i, flip(records.get(i), random));
      }
      case 1 -> hash = flip(hash, random);
      case 2 -> signature = flip(signature, random);
      case 3 -> first += 1 + random.nextInt(20);
      case 4 -> first = Math.max(1, first - 1 - random.nextInt(20));
      case 5 -> records.add(new byte[] {1});
      default -> {
        records.remove(records.size() - 1);
        if (records.isEmpty()) {
          records.add(new byte[0]);
        }
      }
    }
    return new Frame.Batch(first, records, hash, signature, b.sentAtNs());
  }

  /** A batch of made-up records whose chain is right, signed with a key that is not. */
  static Frame forge(Frame.Batch b, SplittableRandom random) {
    return new Frame.Batch(
        b.firstSeq(),
        b.records(),
        b.chainHash(),
        WRONG_KEYS
            .get(random.nextInt(WRONG_KEYS.size()))
            .sign(
                BatchSignature.domain(LinkFixtures.TERMS),
                BatchSignature.message(
                    LinkFixtures.TERMS, b.firstSeq(), b.lastSeq(), b.chainHash())),
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
