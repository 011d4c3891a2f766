package parallax.release;

import java.util.Set;
import java.util.TreeMap;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.Signer;

/** Signs an agreement file for one party. */
public final class AgreementSigning {
  private AgreementSigning() {}

  /**
   * One signature per channel, over the file's exact bytes.
   *
   * @param agreement the file; read first, so that nobody signs what no node would accept
   * @param sourceName what errors call it
   * @param nation the party that signs
   * @param signer the party's offline agreement key
   * @param channels the channels the party puts it in force for; each must be listed in the file
   * @throws MalformedFileException when the file is not an agreement
   * @throws InvalidValueException when the nation is no party, or no or another channel is asked
   */
  public static AgreementSignature sign(
      byte[] agreement, String sourceName, Nation nation, Signer signer, Set<Channel> channels) {
    Agreement read = Agreement.parse(agreement, sourceName);
    if (!read.parties().contains(nation)) {
      throw new InvalidValueException("signing nation", nation, "one of " + read.parties());
    }
    TreeMap<Channel, byte[]> signatures = new TreeMap<>();
    for (Channel channel : channels) {
      if (!read.channels().contains(channel)) {
        throw new InvalidValueException("channel to sign", channel, "one of " + read.channels());
      }
      signatures.put(channel, signer.sign(AgreementSignature.domain(channel), agreement));
    }
    return new AgreementSignature(nation, signatures);
  }
}
