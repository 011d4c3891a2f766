package parallax.release;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.SignatureDomain;
import parallax.signing.VerificationKey;

/**
 * One party's detached signatures over an agreement file: one for each channel the party puts it in
 * force for. A signature for one channel says nothing about another, so what was signed for an
 * exercise never binds the real channel.
 *
 * <p>File form, by convention {@code <agreement file>.<NATION>.sig}, US-ASCII: lines that start
 * with {@code #} are remarks; every other line is nation, channel and the base64 signature,
 * separated by one space.
 */
public final class AgreementSignature {
  private static final String PURPOSE = "agreement";

  private final Nation nation;
  private final SortedMap<Channel, byte[]> byChannel;

  AgreementSignature(Nation nation, SortedMap<Channel, byte[]> byChannel) {
    if (byChannel.isEmpty()) {
      throw new InvalidValueException("signatures of " + nation, "none", "at least one channel");
    }
    this.nation = nation;
    TreeMap<Channel, byte[]> copy = new TreeMap<>();
    byChannel.forEach((channel, signature) -> copy.put(channel, signature.clone()));
    this.byChannel = Collections.unmodifiableSortedMap(copy);
  }

  /** What an agreement is signed as on {@code channel}. */
  static SignatureDomain domain(Channel channel) {
    return new SignatureDomain(channel, PURPOSE);
  }

  /** The party that signed. */
  public Nation nation() {
    return nation;
  }

  /** The channels it signed for. */
  public SortedSet<Channel> channels() {
    return Collections.unmodifiableSortedSet(new java.util.TreeSet<>(byChannel.keySet()));
  }

  /** The signature bytes for {@code channel}, if it signed for it. */
  public Optional<byte[]> signature(Channel channel) {
    return Optional.ofNullable(byChannel.get(channel)).map(byte[]::clone);
  }

  /** Whether it signs these bytes for a channel with a key. */
  public boolean isOf(byte[] agreement, VerificationKey key, Channel channel) {
    byte[] signature = byChannel.get(channel);
    return signature != null && key.verify(domain(channel), agreement, signature);
  }

  /** The file form. */
  public String format() {
    return SignatureFile.format(this);
  }

  /**
   * Reads the file form.
   *
   * @throws MalformedFileException naming the line and what was expected
   */
  public static AgreementSignature parse(String text, String sourceName) {
    return SignatureFile.parse(text, sourceName);
  }
}
