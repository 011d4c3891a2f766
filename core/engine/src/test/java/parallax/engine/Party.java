package parallax.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.release.AgreementSignature;
import parallax.release.AgreementSigning;
import parallax.release.DefaultFiles;
import parallax.release.SignedAgreement;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/** Keys and configurations of the three nations, all made from fixed seeds. */
final class Party {
  static final List<Nation> ALL = List.of(Nation.JPN, Nation.KOR, Nation.USA);
  static final String AGREEMENT = new String(DefaultFiles.agreement(), StandardCharsets.UTF_8);

  private Party() {}

  static SigningKey agreementKey(Nation nation) {
    return key(1 + ALL.indexOf(nation));
  }

  static SigningKey streamKey(Nation nation, Channel channel) {
    return key(10 + 10 * List.of(Channel.values()).indexOf(channel) + ALL.indexOf(nation));
  }

  static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, (byte) number);
    return SigningKey.fromSeed(seed);
  }

  /** An agreement text signed by every nation for {@code channel}. */
  static SignedAgreement signed(String text, Channel channel) {
    List<AgreementSignature> signatures = new ArrayList<>();
    for (Nation n : ALL) {
      signatures.add(signature(text, n, agreementKey(n), channel));
    }
    return new SignedAgreement(text.getBytes(StandardCharsets.UTF_8), "agreement", signatures);
  }

  static AgreementSignature signature(String text, Nation n, SigningKey key, Channel channel) {
    return AgreementSigning.sign(
        text.getBytes(StandardCharsets.UTF_8), "agreement", n, key, Set.of(channel));
  }

  static NodeConfiguration configuration(
      Nation nation, Channel channel, SignedAgreement agreement, List<Sensor> sensors) {
    SortedMap<Nation, VerificationKey> agreementKeys = new TreeMap<>();
    SortedMap<Nation, VerificationKey> linkKeys = new TreeMap<>();
    for (Nation n : ALL) {
      agreementKeys.put(n, agreementKey(n).key());
      if (!n.equals(nation)) {
        linkKeys.put(n, streamKey(n, channel).key());
      }
    }
    return new NodeConfiguration(
        nation,
        channel,
        agreement,
        agreementKeys,
        streamKey(nation, channel).key(),
        linkKeys,
        policy(nation),
        sensors);
  }

  static String policy(Nation nation) {
    return new String(DefaultFiles.policy(nation), StandardCharsets.UTF_8);
  }

  static NodeConfiguration configuration(Nation nation) {
    return configuration(
        nation,
        Channel.EXERCISE,
        signed(AGREEMENT, Channel.EXERCISE),
        MadeUpFlight.sensors(nation));
  }

  static NodeConfiguration withPolicy(NodeConfiguration c, String policy) {
    return new NodeConfiguration(
        c.nation(),
        c.channel(),
        c.agreement(),
        c.agreementKeys(),
        c.ownKey(),
        c.linkKeys(),
        policy,
        c.sensors());
  }

  static NodeConfiguration withAgreement(NodeConfiguration c, String agreement) {
    return new NodeConfiguration(
        c.nation(),
        c.channel(),
        signed(agreement, c.channel()),
        c.agreementKeys(),
        c.ownKey(),
        c.linkKeys(),
        c.policy(),
        c.sensors());
  }
}
