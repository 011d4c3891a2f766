package parallax.wire.transcript;

import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.link.Digest;
import parallax.link.HashChain;
import parallax.link.InboundStream;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.LinkTerms;
import parallax.link.Outgoing;
import parallax.link.RelayStream;
import parallax.link.StreamId;
import parallax.model.Channel;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;
import parallax.wire.ProtoReportCodec;

/**
 * What the two ends of a transcript go by, and the head of the transcript that says so.
 *
 * @param lanes those in use
 * @param config times and limits of both ends
 * @param limits those that are not the standard's, in words
 * @param channel the originator's channel; the recipient's is EXERCISE
 * @param agreement the text whose SHA-256 the originator has for the agreement's
 */
record Setting(
    List<Lane> lanes, LinkConfig config, String limits, Channel channel, String agreement) {
  static final String AGREEMENT = "agreement of the transcripts";
  static final SigningKey KOR_KEY = key(0x11);
  static final SigningKey KOR_NEXT = key(0x12);
  static final SigningKey JPN_KEY = key(0x21);
  static final SigningKey JPN_NEXT = key(0x22);
  static final SigningKey USA_KEY = key(0x31);

  private static byte[] seed(int fill) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, (byte) fill);
    return seed;
  }

  private static SigningKey key(int fill) {
    return SigningKey.fromSeed(seed(fill));
  }

  static Setting standard(Lane... lanes) {
    return limited("those of the standard", LinkConfig.standard(), lanes);
  }

  static Setting limited(String limits, LinkConfig config, Lane... lanes) {
    return new Setting(List.of(lanes), config, limits, Channel.EXERCISE, AGREEMENT);
  }

  /** The originator goes by another channel or agreement. */
  Setting from(Channel other, String agreementText) {
    return new Setting(lanes, config, limits, other, agreementText);
  }

  static Digest digest(String agreement) {
    return new HashChain().ofRecord(agreement.getBytes(StandardCharsets.US_ASCII));
  }

  private LinkTerms terms(Lane lane) {
    return new LinkTerms(new StreamId(KOR, JPN, lane), Channel.EXERCISE, digest(AGREEMENT));
  }

  private static SortedSet<VerificationKey> only(SigningKey key) {
    return new TreeSet<>(List.of(key.key()));
  }

  /** Both ends, with nothing in them. */
  World world(Transcript t) {
    LinkTerms terms = new LinkTerms(terms(Lane.URGENT).stream(), channel, digest(agreement));
    World world =
        new World(
            t,
            new Outgoing(
                terms,
                new Keyring(List.of(KOR_KEY, KOR_NEXT)),
                KOR_KEY.key(),
                only(JPN_KEY),
                new ProtoReportCodec(),
                config));
    for (Lane lane : lanes) {
      world.recipient(
          new InboundStream(
              terms(lane),
              only(KOR_KEY),
              new Keyring(List.of(JPN_KEY, JPN_NEXT)),
              JPN_KEY.key(),
              config));
      world.relay(lane, new RelayStream(terms(lane), only(KOR_KEY), Setting::problem));
    }
    return world;
  }

  private static Optional<String> problem(byte[] record) {
    return new ProtoReportCodec().decode(record).header().label().releasableTo().contains(JPN)
        ? Optional.empty()
        : Optional.of("not releasable to " + JPN);
  }

  /** A transcript with its head. */
  Transcript transcript(String title, String words) {
    Transcript t = new Transcript();
    t.heading(title, words);
    t.blank();
    t.field("originator", KOR);
    t.field("recipient", JPN);
    t.field("lanes", String.join(", ", lanes.stream().map(Lane::name).toList()));
    t.field("channel", Channel.EXERCISE);
    t.field("agreement", "the US-ASCII text \"" + AGREEMENT + "\"");
    t.hex("agreement_digest", digest(AGREEMENT));
    t.field("limits", limits);
    t.field("clock of KOR", World.START + " ns at 0.0 of the transcript");
    t.field("clock of JPN", Transcript.seconds(World.AHEAD) + " s ahead of it");
    t.field("lines", "KOR to JPN 0.020 s, back 0.030 s; by USA 0.080 s each leg, back 0.090 s");
    keys(t, "KOR", 0x11);
    keys(t, "KOR next", 0x12);
    keys(t, "JPN", 0x21);
    keys(t, "JPN next", 0x22);
    keys(t, "USA", 0x31);
    for (Lane lane : lanes) {
      t.hex("h(0) " + lane, new HashChain().start(Channel.EXERCISE, terms(lane).stream()));
    }
    t.blank();
    return t;
  }

  private static void keys(Transcript t, String whose, int fill) {
    t.field(whose + " seed", HexFormat.of().formatHex(seed(fill)));
    t.field(whose + " key", key(fill).key().toHex());
  }
}
