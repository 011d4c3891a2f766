package parallax.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.signing.SignatureDomain;
import parallax.signing.VerificationKey;

/**
 * The keys that a partner's signatures in one stream are accepted with. Only {@link #trust}, which
 * is an order of this nation, ends a revocation: neither an announcement by the partner nor another
 * configuration brings a revoked key back.
 *
 * <p>Of the keys that a partner has announced, the newest {@value #MOST_LEARNED} are kept. A
 * partner announces the next one only when the last is known, so an honest one needs no more.
 */
final class PartnerKeys {
  private static final int MOST_LEARNED = 16;

  private final Verifier verifier;
  private final SortedSet<VerificationKey> trusted = new TreeSet<>();

  /** Keys that were replaced: what was signed before the change may still come by a slower path. */
  private final SortedSet<VerificationKey> replaced = new TreeSet<>();

  private final SortedSet<VerificationKey> revoked = new TreeSet<>();

  /** Keys that are known by announcement alone, oldest first. */
  private final Deque<VerificationKey> learned = new ArrayDeque<>();

  /** The key announced last, until something new is signed with it. */
  private @Nullable VerificationKey announced;

  PartnerKeys(SortedSet<VerificationKey> keys, Verifier verifier) {
    this.verifier = verifier;
    trusted.addAll(keys);
  }

  /** Goes on where other keys stood. */
  PartnerKeys(StreamEndState.PartnerKeyState s, Verifier verifier) {
    this(s.trusted(), verifier);
    replaced.addAll(s.replaced());
    revoked.addAll(s.revoked());
    learned.addAll(s.learned());
    announced = s.announced().orElse(null);
  }

  /** As they are now. */
  StreamEndState.PartnerKeyState state() {
    return new StreamEndState.PartnerKeyState(
        trusted, replaced, revoked, List.copyOf(learned), Optional.ofNullable(announced));
  }

  /** A copy of the keys that are trusted. */
  SortedSet<VerificationKey> trusted() {
    return new TreeSet<>(trusted);
  }

  /** Whether no key is trusted. */
  boolean isEmpty() {
    return trusted.isEmpty();
  }

  /** Trusts a key by order of this nation, also one that was revoked. */
  void trust(VerificationKey key) {
    revoked.remove(key);
    learned.remove(key);
    trusted.add(key);
  }

  /** Trusts a key no longer, whatever the partner says of it. */
  void revoke(VerificationKey key) {
    revoked.add(key);
    learned.remove(key);
    trusted.remove(key);
    replaced.remove(key);
  }

  /**
   * Trusts exactly these keys, except revoked ones. A change of key that is under way goes on when
   * these are the keys that are trusted already.
   */
  void configure(SortedSet<VerificationKey> keys) {
    SortedSet<VerificationKey> allowed = new TreeSet<>(keys);
    allowed.removeAll(revoked);
    if (!trusted.equals(allowed)) {
      trusted.clear();
      trusted.addAll(allowed);
      replaced.clear();
      learned.clear();
      announced = null;
    }
  }

  /** The partner has announced its next key, in an entry signed with a trusted key. */
  void announce(VerificationKey key) {
    if (revoked.contains(key)) {
      return;
    }
    if (trusted.add(key)) {
      learned.remove(key);
      learned.addLast(key);
    }
    announced = key;
    while (learned.size() > MOST_LEARNED) {
      VerificationKey oldest = learned.removeFirst();
      trusted.remove(oldest);
      replaced.remove(oldest);
    }
  }

  /** Something new was signed with a key. If it is the one announced, it replaces all others. */
  void usedForNew(VerificationKey key) {
    if (key.equals(announced)) {
      replaced.addAll(trusted);
      replaced.remove(key);
      trusted.clear();
      trusted.add(key);
      announced = null;
    }
  }

  /** The trusted key that a signature verifies with; null when there is none. */
  @Nullable VerificationKey signer(SignatureDomain domain, byte[] message, byte[] signature) {
    return verifier.verifying(trusted, domain, message, signature);
  }

  /** The same, where also a key that was replaced since is good enough. */
  @Nullable VerificationKey signerNowOrBefore(
      SignatureDomain domain, byte[] message, byte[] signature) {
    VerificationKey now = signer(domain, message, signature);
    return now != null ? now : verifier.verifying(replaced, domain, message, signature);
  }
}
