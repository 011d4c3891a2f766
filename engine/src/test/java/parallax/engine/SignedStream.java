package parallax.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import parallax.link.BatchSignature;
import parallax.link.Digest;
import parallax.link.Frame;
import parallax.link.HashChain;
import parallax.link.LinkTerms;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.release.Agreement;
import parallax.signing.SigningKey;

/** A partner that signs whatever it is told to. */
final class SignedStream {
  private final LinkTerms terms;
  private final SigningKey key;
  private final HashChain chain = new HashChain();
  private Digest hash;
  private long next = 1;

  SignedStream(Nation from, Nation to, Channel channel, SigningKey key) {
    this.terms = new LinkTerms(from, to, channel, digestOf(Party.AGREEMENT));
    this.key = key;
    this.hash = chain.start(terms);
  }

  static Digest digestOf(String agreement) {
    return Digest.of(
        HexFormat.of()
            .parseHex(
                Agreement.parse(agreement.getBytes(StandardCharsets.UTF_8), "agreement").digest()));
  }

  Frame.Hello hello() {
    return new Frame.Hello(
        Frame.PROTOCOL_VERSION,
        terms.originator(),
        terms.recipient(),
        terms.channel(),
        terms.agreementDigest(),
        1);
  }

  Frame.Batch batch(List<byte[]> records) {
    long first = next;
    for (byte[] r : records) {
      hash = chain.next(hash, next++, r);
    }
    byte[] signature =
        key.sign(
            BatchSignature.domain(terms), BatchSignature.message(terms, first, next - 1, hash));
    return new Frame.Batch(first, new ArrayList<>(records), hash, signature, 7);
  }
}
