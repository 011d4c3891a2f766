package parallax.release;

import java.util.Optional;
import java.util.SortedMap;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.release.AgreementException.Kind;
import parallax.signing.VerificationKey;

/**
 * Puts an agreement in force for one channel, but only within its validity and with the signature
 * of every party.
 */
public final class AgreementVerifier {
  private AgreementVerifier() {}

  /**
   * The agreement in force for {@code channel}.
   *
   * @param signed the file and its signatures
   * @param agreementKeys each party's agreement key, as this node trusts it
   * @param channel the channel this node works on
   * @param now the time
   * @throws AgreementException with the precise reason when it is not in force
   */
  public static AgreementInForce verify(
      SignedAgreement signed,
      SortedMap<Nation, VerificationKey> agreementKeys,
      Channel channel,
      UtcTime now) {
    byte[] bytes = signed.bytes();
    Agreement agreement;
    try {
      agreement = Agreement.parse(bytes, signed.sourceName());
    } catch (MalformedFileException e) {
      throw new AgreementException(Kind.MALFORMED, e);
    }
    if (!agreement.channels().contains(channel)) {
      throw new AgreementException(
          Kind.CHANNEL_NOT_COVERED,
          agreement + " covers channels " + agreement.channels() + ", not " + channel);
    }
    for (Nation signer : signed.signatures().keySet()) {
      if (!agreement.parties().contains(signer)) {
        throw new AgreementException(
            Kind.UNKNOWN_PARTY,
            agreement + " is signed by " + signer + ", who is not a party " + agreement.parties());
      }
    }
    for (Nation party : agreement.parties()) {
      verifyParty(signed, agreement, bytes, party, agreementKeys.get(party), channel);
    }
    if (now.isBefore(agreement.from())) {
      throw new AgreementException(
          Kind.NOT_YET_VALID,
          agreement + " is not yet valid at " + now + ": from " + agreement.from());
    }
    if (!now.isBefore(agreement.until())) {
      throw new AgreementException(
          Kind.EXPIRED, agreement + " expired at " + agreement.until() + "; it is " + now);
    }
    return new AgreementInForce(agreement, channel);
  }

  private static void verifyParty(
      SignedAgreement signed,
      Agreement agreement,
      byte[] bytes,
      Nation party,
      @org.jspecify.annotations.Nullable VerificationKey key,
      Channel channel) {
    if (key == null) {
      throw new AgreementException(
          Kind.UNKNOWN_PARTY, agreement + ": no agreement key of " + party + " is known here");
    }
    AgreementSignature signature = signed.signatures().get(party);
    if (signature == null) {
      throw new AgreementException(
          Kind.MISSING_SIGNATURE, agreement + ": signature of " + party + " is missing");
    }
    Optional<byte[]> forChannel = signature.signature(channel);
    if (forChannel.isEmpty()) {
      throw new AgreementException(
          Kind.MISSING_SIGNATURE,
          agreement
              + ": signature of "
              + party
              + " for "
              + channel
              + " is missing; it signed for "
              + signature.channels());
    }
    if (!key.verify(AgreementSignature.domain(channel), bytes, forChannel.get())) {
      throw new AgreementException(
          Kind.BAD_SIGNATURE,
          agreement + ": signature of " + party + " for " + channel + " is not that of its key");
    }
  }
}
