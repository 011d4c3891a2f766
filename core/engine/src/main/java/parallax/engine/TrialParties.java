package parallax.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.release.AgreementSignature;
import parallax.release.AgreementSigning;
import parallax.release.DefaultFiles;
import parallax.release.SignedAgreement;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/**
 * Nations whose keys are all in one place, as only a lab or a test has them, and the configurations
 * that their nodes would have. A node in service holds its own secrets and nobody else's.
 */
public final class TrialParties {
  private final List<Nation> nations;
  private final Channel channel;
  private final String agreementName;
  private final Function<Nation, SigningKey> agreementKeys;
  private final Function<Nation, SigningKey> streamKeys;

  /**
   * Parties with given keys.
   *
   * @param nations the parties
   * @param channel what their data is
   * @param agreementName under which they sign
   * @param agreementKeys the key that each signs the agreement with
   * @param streamKeys the key that each signs its streams with
   */
  public TrialParties(
      Collection<Nation> nations,
      Channel channel,
      String agreementName,
      Function<Nation, SigningKey> agreementKeys,
      Function<Nation, SigningKey> streamKeys) {
    this.nations = List.copyOf(nations);
    this.channel = channel;
    this.agreementName = agreementName;
    this.agreementKeys = agreementKeys;
    this.streamKeys = streamKeys;
  }

  /** An agreement that all parties have signed for the channel. */
  public SignedAgreement signed(byte[] agreement) {
    List<AgreementSignature> signatures = new ArrayList<>();
    for (Nation n : nations) {
      signatures.add(
          AgreementSigning.sign(
              agreement, agreementName, n, agreementKeys.apply(n), Set.of(channel)));
    }
    return new SignedAgreement(agreement, agreementName, signatures);
  }

  /** A party's configuration under an agreement and a policy, with some of the others linked. */
  public NodeConfiguration configuration(
      Nation nation,
      SignedAgreement agreement,
      Collection<Nation> partners,
      String policy,
      List<Sensor> sensors) {
    SortedMap<Nation, VerificationKey> signers = new TreeMap<>();
    nations.forEach(n -> signers.put(n, agreementKeys.apply(n).key()));
    SortedMap<Nation, VerificationKey> linkKeys = new TreeMap<>();
    for (Nation p : partners) {
      if (!p.equals(nation)) {
        linkKeys.put(p, streamKeys.apply(p).key());
      }
    }
    return new NodeConfiguration(
        nation,
        channel,
        agreement,
        signers,
        streamKeys.apply(nation).key(),
        linkKeys,
        policy,
        sensors);
  }

  /** A party's configuration under the default agreement and policy, linked with all others. */
  public NodeConfiguration configuration(Nation nation, List<Sensor> sensors) {
    return configuration(
        nation, signed(DefaultFiles.agreement()), nations, defaultPolicy(nation), sensors);
  }

  /** The policy that {@code parallax policy new} writes for a nation. */
  public static String defaultPolicy(Nation nation) {
    return new String(DefaultFiles.policy(nation), StandardCharsets.UTF_8);
  }
}
