package parallax.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.release.AgreementSignature;
import parallax.release.AgreementSigning;
import parallax.release.DefaultFiles;
import parallax.release.SignedAgreement;
import parallax.signing.SigningKey;

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
    return parties(channel).signed(text.getBytes(StandardCharsets.UTF_8));
  }

  static AgreementSignature signature(String text, Nation n, SigningKey key, Channel channel) {
    return AgreementSigning.sign(
        text.getBytes(StandardCharsets.UTF_8), "agreement", n, key, Set.of(channel));
  }

  static NodeConfiguration configuration(
      Nation nation, Channel channel, SignedAgreement agreement, List<Sensor> sensors) {
    return parties(channel).configuration(nation, agreement, ALL, policy(nation), sensors);
  }

  private static TrialParties parties(Channel channel) {
    return new TrialParties(
        ALL, channel, "agreement", Party::agreementKey, n -> streamKey(n, channel));
  }

  static String policy(Nation nation) {
    return TrialParties.defaultPolicy(nation);
  }

  static NodeConfiguration configuration(Nation nation) {
    return configuration(
        nation,
        Channel.EXERCISE,
        signed(AGREEMENT, Channel.EXERCISE),
        MadeUpFlight.sensors(nation));
  }

  static NodeConfiguration withAgreement(NodeConfiguration c, String agreement) {
    return c.withAgreement(signed(agreement, c.channel()));
  }
}
