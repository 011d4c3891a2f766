package parallax.link;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.Released;
import parallax.release.fixtures.ReleaseFixtures;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/** What the tests of the link share: keys, terms, released reports, a made-up encoding. */
final class LinkFixtures {
  static final long SECOND = 1_000_000_000L;
  static final long NOW = 1_700_000_000L * SECOND;

  /** Terms of the urgent lane from the Republic of Korea to Japan. */
  static final LinkTerms TERMS = terms(Nation.KOR, Nation.JPN, Lane.URGENT, Channel.EXERCISE);

  /** Terms of the bulk lane of the same two. */
  static final LinkTerms BULK_TERMS = terms(Nation.KOR, Nation.JPN, Lane.BULK, Channel.EXERCISE);

  static final SigningKey KOR_EXERCISE = key(1);
  static final SigningKey KOR_REAL = key(2);
  static final SigningKey USA_EXERCISE = key(3);
  static final SigningKey JPN_EXERCISE = key(4);
  static final SigningKey JPN_REAL = key(5);
  static final SigningKey KOR_NEXT = key(6);
  static final SigningKey KOR_THIRD = key(7);
  static final SigningKey JPN_NEXT = key(8);

  /** One report, released once: a real decision for each of thousands would only take time. */
  static final Released<Report> REPORT =
      ReleaseFixtures.released(ReleaseFixtures.launchReport(Nation.KOR, 1, 30), Nation.JPN);

  private static final List<Released<Report>> TRACKS = new ArrayList<>();

  static {
    for (int track = 1; track <= 12; track++) {
      TRACKS.add(
          ReleaseFixtures.released(ReleaseFixtures.trackReport(Nation.KOR, track, 30), Nation.JPN));
    }
  }

  private LinkFixtures() {}

  /** A released report of the flight path of one of twelve tracks, numbered from 1. */
  static Released<Report> ofTrack(int track) {
    return TRACKS.get(track - 1);
  }

  static LinkTerms terms(Nation originator, Nation recipient, Lane lane, Channel channel) {
    return new LinkTerms(new StreamId(originator, recipient, lane), channel, digest(9));
  }

  static Digest digest(int fill) {
    byte[] bytes = new byte[Digest.LENGTH];
    Arrays.fill(bytes, (byte) fill);
    return Digest.of(bytes);
  }

  static SigningKey key(int seed) {
    byte[] bytes = new byte[32];
    new SplittableRandom(seed).nextBytes(bytes);
    return SigningKey.fromSeed(bytes);
  }

  static SortedSet<VerificationKey> keys(SigningKey... of) {
    SortedSet<VerificationKey> out = new TreeSet<>();
    for (SigningKey k : of) {
      out.add(k.key());
    }
    return out;
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

  static OutboundStream outbound(LinkConfig config) {
    return outbound(TERMS, config);
  }

  static OutboundStream outbound(LinkTerms terms, LinkConfig config) {
    return new OutboundStream(
        terms,
        new Keyring(List.of(KOR_EXERCISE, KOR_NEXT, KOR_THIRD)),
        KOR_EXERCISE.key(),
        keys(JPN_EXERCISE),
        new CountingEncoder(20),
        config);
  }

  static InboundStream inbound(LinkConfig config) {
    return inbound(TERMS, config);
  }

  static InboundStream inbound(LinkTerms terms, LinkConfig config) {
    return new InboundStream(
        terms,
        keys(KOR_EXERCISE),
        new Keyring(List.of(JPN_EXERCISE, JPN_NEXT)),
        JPN_EXERCISE.key(),
        config);
  }

  /** Small limits, so that short tests meet them; nothing is given up and nothing folded. */
  static LinkConfig small() {
    return config(100_000, 100_000, 100_000);
  }

  /** Small limits and these of the outbox. */
  static LinkConfig config(long retainedBytes, long retainedRecords, long foldAboveBytes) {
    return new LinkConfig(
        SECOND,
        3 * SECOND,
        10 * SECOND,
        7,
        200,
        600,
        retainedBytes,
        retainedRecords,
        foldAboveBytes,
        50,
        10_000);
  }

  /** The chain hash after so many numbers of a stream of whole records "report N". */
  static Digest hashAfter(LinkTerms terms, long seq, int padding) {
    HashChain chain = new HashChain();
    Digest hash = chain.start(terms.channel(), terms.stream());
    for (long n = 1; n <= seq; n++) {
      hash = chain.next(hash, n, chain.ofRecord(record(n, padding)));
    }
    return hash;
  }

  static byte[] receipt(SigningKey key, LinkTerms terms, Cursor cursor) {
    return key.sign(
        StreamSignatures.receiptDomain(terms.channel()),
        StreamSignatures.receipt(terms.stream(), cursor));
  }

  /** A Welcome in the name of Japan. */
  static Frame.Welcome welcome(LinkTerms terms, Cursor cursor) {
    return new Frame.Welcome(Frame.PROTOCOL_VERSION, cursor, receipt(JPN_EXERCISE, terms, cursor));
  }

  /** A receipt in the name of Japan. */
  static Frame.Ack ack(LinkTerms terms, Cursor cursor, long sentAt, long echo, boolean heartbeat) {
    return new Frame.Ack(cursor, receipt(JPN_EXERCISE, terms, cursor), sentAt, echo, heartbeat);
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

  /** The frames for one neighbour. */
  static List<Frame> frames(Nation peer, List<LinkEffect> effects) {
    List<Frame> frames = new ArrayList<>();
    for (LinkEffect e : effects) {
      if (e instanceof LinkEffect.Send send && send.peer().equals(peer)) {
        frames.add(send.frame());
      }
    }
    return frames;
  }

  /** The frames of one kind. */
  static <F extends Frame> List<F> only(Class<F> kind, List<? extends Frame> frames) {
    List<F> out = new ArrayList<>();
    for (Frame f : frames) {
      if (kind.isInstance(f)) {
        out.add(kind.cast(f));
      }
    }
    return out;
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

  /** The effects of one kind. */
  static <E extends LinkEffect> List<E> effects(Class<E> kind, List<LinkEffect> effects) {
    List<E> out = new ArrayList<>();
    for (LinkEffect e : effects) {
      if (kind.isInstance(e)) {
        out.add(kind.cast(e));
      }
    }
    return out;
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
        !effects.isEmpty() && effects.get(0) instanceof LinkEffect.Violation v && v.code() == code,
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
