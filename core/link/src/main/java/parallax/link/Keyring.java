package parallax.link;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.signing.SignatureDomain;
import parallax.signing.Signer;
import parallax.signing.VerificationKey;

/**
 * The nation's stream keys of one channel: the one in use and, while it is replaced, its successor.
 * When a key is no longer held, the signature is all zeros, which never verifies. So a journal that
 * was written before a rotation can be replayed without the old key: what a replay signs is never
 * sent.
 */
public final class Keyring {
  private static final int SIGNATURE_LENGTH = 64;

  private final SortedMap<VerificationKey, Signer> held = new TreeMap<>();
  private volatile boolean replaying;

  /** A keyring that holds some keys, at least the one in use. */
  public Keyring(List<? extends Signer> signers) {
    for (Signer s : signers) {
      held.put(s.key(), s);
    }
  }

  /** A keyring of one key. */
  public static Keyring of(Signer signer) {
    return new Keyring(List.of(signer));
  }

  /** While replaying, nothing is signed: what is signed then is never sent. */
  public void replaying(boolean on) {
    replaying = on;
  }

  /** Whether a key is held. */
  public synchronized boolean holds(VerificationKey key) {
    return held.containsKey(key);
  }

  /** Whether a key really signs now: it is held, and this is no replay. */
  synchronized boolean signs(VerificationKey key) {
    return !replaying && held.containsKey(key);
  }

  /** Adds a key. */
  public synchronized void add(Signer signer) {
    held.put(signer.key(), signer);
  }

  /** The signature with a key; zeros when it is not held. */
  byte[] sign(VerificationKey key, SignatureDomain domain, byte[] message) {
    @Nullable Signer s;
    synchronized (this) {
      s = replaying ? null : held.get(key);
    }
    return s == null ? new byte[SIGNATURE_LENGTH] : s.sign(domain, message);
  }
}
