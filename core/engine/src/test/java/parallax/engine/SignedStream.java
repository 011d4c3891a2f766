package parallax.engine;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.HashChain;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.StreamSignatures;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.release.Agreement;
import parallax.signing.SigningKey;

/** A partner that signs whatever it is told to, on one lane. */
final class SignedStream {
  private final StreamId stream;
  private final Channel channel;
  private final SigningKey key;
  private final HashChain chain = new HashChain();
  private Digest hash;
  private long next = 1;

  SignedStream(Nation from, Nation to, Lane lane, Channel channel, SigningKey key) {
    this.stream = new StreamId(from, to, lane);
    this.channel = channel;
    this.key = key;
    this.hash = chain.start(channel, stream);
  }

  static Digest digestOf(String agreement) {
    return Digest.of(
        HexFormat.of()
            .parseHex(
                Agreement.parse(agreement.getBytes(StandardCharsets.UTF_8), "agreement").digest()));
  }

  /** The connection it comes by, straight from its originator. */
  Wire wire() {
    return new Wire(stream.originator(), stream);
  }

  Frame.Hello hello() {
    return new Frame.Hello(
        Frame.PROTOCOL_VERSION,
        Frame.PROTOCOL_VERSION,
        stream,
        channel,
        digestOf(Party.AGREEMENT),
        1);
  }

  Frame.Batch batch(List<byte[]> records) {
    long first = next;
    List<Entry> entries = records.stream().<Entry>map(Entry.Whole::new).toList();
    for (Entry e : entries) {
      hash = chain.next(hash, next++, chain.of(channel, e));
    }
    byte[] signature =
        key.sign(
            StreamSignatures.batchDomain(channel),
            StreamSignatures.batch(stream, first, entries, hash));
    return new Frame.Batch(first, entries, hash, signature, 7);
  }
}
