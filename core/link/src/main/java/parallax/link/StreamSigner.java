package parallax.link;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.signing.VerificationKey;

/**
 * Signs what a stream sends. Until the partner holds the entry that announces the next key, two
 * keys are in use: the old one up to that entry, the next one after it.
 */
final class StreamSigner {
  private final StreamId stream;
  private final Channel channel;
  private final Keyring keyring;
  private VerificationKey key;
  private @Nullable VerificationKey nextKey;

  /** The number of the entry that announces the next key. */
  private long announcedAt;

  StreamSigner(StreamId stream, Channel channel, Keyring keyring, VerificationKey key) {
    this.stream = stream;
    this.channel = channel;
    this.keyring = keyring;
    this.key = key;
  }

  /** Goes on where another signer stood. */
  StreamSigner(LinkTerms terms, Keyring keyring, OutboundState.OwnKeyState s) {
    this(terms.stream(), terms.channel(), keyring, s.key());
    s.next().ifPresent(n -> announced(n.key(), n.announcedAt()));
  }

  /** As it is now. */
  OutboundState.OwnKeyState state() {
    return new OutboundState.OwnKeyState(
        key, Optional.ofNullable(nextKey).map(k -> new OutboundState.NextKey(k, announcedAt)));
  }

  /** The key that the newest numbers are signed with. */
  VerificationKey newestKey() {
    return nextKey == null ? key : nextKey;
  }

  /** Whether the partner holds the last change of key. */
  boolean partnerKnowsNewestKey() {
    return nextKey == null;
  }

  /** The entry with this number announces the next key. */
  void announced(VerificationKey successor, long seq) {
    nextKey = successor;
    announcedAt = seq;
  }

  /** The partner holds everything up to this number. */
  void acknowledged(long held) {
    VerificationKey successor = nextKey;
    if (successor != null && held >= announcedAt) {
      key = successor;
      nextKey = null;
    }
  }

  /** Another configuration: a key that was not announced signs everything from here on. */
  void configure(VerificationKey configured) {
    if (!configured.equals(nextKey)) {
      key = configured;
      nextKey = null;
    }
  }

  /** Whether a number is the first that is signed with the next key. */
  boolean isFirstOfNextKey(long seq) {
    return nextKey != null && seq == announcedAt + 1;
  }

  private VerificationKey keyFor(long last) {
    VerificationKey successor = nextKey;
    return successor != null && last > announcedAt ? successor : key;
  }

  /** The signature of a batch; all its numbers have one key. */
  byte[] batch(long first, List<Entry> entries, Digest hash) {
    return keyring.sign(
        keyFor(first + entries.size() - 1),
        StreamSignatures.batchDomain(channel),
        StreamSignatures.batch(stream, first, entries, hash));
  }

  /** The signature of a gap. */
  byte[] gap(OutboxState.Lost l) {
    return keyring.sign(
        keyFor(l.to()),
        StreamSignatures.gapDomain(channel),
        StreamSignatures.gap(stream, l.from(), l.to(), l.reason(), l.hashAfter()));
  }
}
