package parallax.engine;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import parallax.link.Digest;
import parallax.link.LinkTerms;
import parallax.model.ConfidentialityLabel;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.release.AgreementInForce;
import parallax.release.AgreementVerifier;
import parallax.release.InboundCheck;
import parallax.release.NationalPolicy;
import parallax.release.Releaser;
import parallax.signing.VerificationKey;

/**
 * The agreement and policy a node goes by, both checked; without them nothing is released or taken.
 *
 * @param configuration what they come from
 * @param agreement the agreement
 * @param releaser decides what leaves
 * @param inbound decides what is taken
 */
record InForce(
    NodeConfiguration configuration,
    AgreementInForce agreement,
    Releaser releaser,
    InboundCheck inbound) {

  /** Throws with the precise reason when the agreement or the policy cannot be put in force. */
  static InForce of(NodeConfiguration c, UtcTime now) {
    AgreementInForce agreement =
        AgreementVerifier.verify(c.agreement(), c.agreementKeys(), c.channel(), now);
    NationalPolicy policy =
        NationalPolicy.parse(
            c.policy().getBytes(StandardCharsets.UTF_8), "policy", agreement.agreement());
    return new InForce(
        c,
        agreement,
        new Releaser(agreement, policy, c.nation(), c.channel()),
        new InboundCheck(agreement, c.nation(), c.channel()));
  }

  /** Opens the streams to every party whose stream key is known. */
  void open(Exchange exchange) {
    Digest digest = Digest.of(HexFormat.of().parseHex(agreement.digest()));
    Nation self = configuration.nation();
    for (Nation party : agreement.agreement().parties()) {
      VerificationKey key = configuration.linkKeys().get(party);
      if (!party.equals(self) && key != null) {
        exchange.open(
            party,
            new LinkTerms(self, party, configuration.channel(), digest),
            new LinkTerms(party, self, configuration.channel(), digest),
            key);
      }
    }
  }

  /** The label of what a nation notes for itself while no agreement is in force. */
  static ConfidentialityLabel ownUseOnly(Nation nation, UtcTime now) {
    return new ConfidentialityLabel(
        "PARALLAX",
        ConfidentialityLabel.Classification.SECRET,
        new TreeSet<>(List.of(nation)),
        List.of(),
        now);
  }
}
