package parallax.link;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.Released;
import parallax.release.fixtures.ReleaseFixtures;
import parallax.signing.SigningKey;

/** What the tests of the link share: keys, terms, released reports, a made-up encoding. */
final class LinkFixtures {
  static final long SECOND = 1_000_000_000L;
  static final LinkTerms TERMS = terms(Nation.KOR, Nation.JPN, Channel.EXERCISE);
  static final SigningKey KOR_EXERCISE = key(1);
  static final SigningKey KOR_REAL = key(2);
  static final SigningKey USA_EXERCISE = key(3);

  /** One report, released once: a real decision for each of thousands would only take time. */
  static final Released<Report> REPORT =
      ReleaseFixtures.released(ReleaseFixtures.launchReport(Nation.KOR, 1, 30), Nation.JPN);

  private LinkFixtures() {}

  static LinkTerms terms(Nation originator, Nation recipient, Channel channel) {
    return new LinkTerms(originator, recipient, channel, digest(9));
  }

  static Digest digest(int fill) {
    byte[] bytes = new byte[Digest.LENGTH];
    java.util.Arrays.fill(bytes, (byte) fill);
    return Digest.of(bytes);
  }

  static SigningKey key(int seed) {
    byte[] bytes = new byte[32];
    new SplittableRandom(seed).nextBytes(bytes);
    return SigningKey.fromSeed(bytes);
  }

  /** Bytes that tell one call from another: "report N" and some padding. */
  static final class CountingEncoder implements ReportEncoder {
    private int calls;
    private final int padding;

    CountingEncoder(int padding) {
      this.padding = padding;
    }

    @Override
    public byte[] encode(Report report) {
      calls++;
      return record(calls, padding);
    }
  }

  static byte[] record(long seq, int padding) {
    byte[] text = ("report " + seq).getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(text.length + padding).put(text).array();
  }

  static OutboundSession outbound(LinkConfig config) {
    return new OutboundSession(TERMS, KOR_EXERCISE, new CountingEncoder(20), config);
  }

  static InboundSession inbound(LinkConfig config) {
    return new InboundSession(TERMS, KOR_EXERCISE.key(), config);
  }

  /** Small limits, so that short tests meet them. */
  static LinkConfig small() {
    return new LinkConfig(SECOND, 3 * SECOND, 10 * SECOND, 7, 200, 600, 100_000, 50, 10_000);
  }

  static List<Frame> frames(List<LinkEffect> effects) {
    List<Frame> frames = new ArrayList<>();
    for (LinkEffect e : effects) {
      if (e instanceof LinkEffect.Send send) {
        frames.add(send.frame());
      }
    }
    return frames;
  }

  static List<Long> delivered(List<LinkEffect> effects) {
    List<Long> numbers = new ArrayList<>();
    for (LinkEffect e : effects) {
      if (e instanceof LinkEffect.Deliver deliver) {
        numbers.add(deliver.seq());
      }
    }
    return numbers;
  }

  static List<ViolationCode> violations(List<LinkEffect> effects) {
    List<ViolationCode> codes = new ArrayList<>();
    for (LinkEffect e : effects) {
      if (e instanceof LinkEffect.Violation violation) {
        codes.add(violation.code());
      }
    }
    return codes;
  }

  /** Requires that a side broke off for one reason: violation, Refusal and Close, no delivery. */
  static void assertRefused(ViolationCode code, List<LinkEffect> effects) {
    assertTrue(
        effects.get(0) instanceof LinkEffect.Violation v && v.code() == code,
        () -> "expected " + code + " in " + effects);
    assertTrue(
        effects.get(1) instanceof LinkEffect.Send s
            && s.frame() instanceof Frame.Refusal r
            && r.code() == code);
    assertTrue(effects.get(2) instanceof LinkEffect.Close);
    assertTrue(
        effects.get(3) instanceof LinkEffect.StateChanged c && c.state() == LinkState.REFUSED);
    assertTrue(effects.size() == 4);
  }
}
