package parallax.simulation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/** The keys of the nations that may take part, the same in every run. */
final class Keys {
  /** Who may take part: the three parties of the default agreement, and two invented ones. */
  static final List<Nation> NATIONS =
      List.of(Nation.JPN, Nation.KOR, Nation.USA, new Nation("XAA"), new Nation("XBB"));

  /** How many stream keys a nation has for one channel, one after the other. */
  static final int SUCCESSORS = 6;

  private static final SortedMap<String, SigningKey> ALL = new TreeMap<>();

  static {
    for (Nation n : NATIONS) {
      make(n + " agreement");
      for (Channel c : Channel.values()) {
        for (int i = 0; i < SUCCESSORS; i++) {
          make(n + " " + c + " " + i);
        }
      }
    }
    make("stranger");
  }

  private Keys() {}

  private static void make(String name) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, seed, 0, text.length);
    ALL.put(name, SigningKey.fromSeed(seed));
  }

  private static SigningKey get(String name) {
    SigningKey k = ALL.get(name);
    if (k == null) {
      throw new IllegalArgumentException("no key '" + name + "'");
    }
    return k;
  }

  /** A nation's agreement key. */
  static SigningKey agreement(Nation n) {
    return get(n + " agreement");
  }

  /** A nation's stream key of a channel: the first, or a later one. */
  static SigningKey stream(Nation n, Channel c, int generation) {
    return get(n + " " + c + " " + generation);
  }

  /** The secret half of one of a nation's stream keys of a channel. */
  static SigningKey secretOf(Nation n, Channel c, VerificationKey key) {
    for (int i = 0; i < SUCCESSORS; i++) {
      if (stream(n, c, i).key().equals(key)) {
        return stream(n, c, i);
      }
    }
    throw new IllegalArgumentException(key + " is no stream key of " + n);
  }

  /** A key of nobody who takes part. */
  static SigningKey stranger() {
    return get("stranger");
  }
}
