package parallax.transport;

import java.math.BigInteger;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListMap;
import parallax.model.Nation;

/** The certificates that are no longer believed now, by authority; may change at any time. */
public final class RevokedSerials {
  private final Map<Nation, SortedSet<BigInteger>> serials = new ConcurrentSkipListMap<>();

  /** Nothing revoked. */
  public RevokedSerials() {}

  /** Replaces what is revoked of one nation's authority. */
  public void set(Nation nation, SortedSet<BigInteger> revoked) {
    serials.put(nation, revoked);
  }

  boolean contains(Nation nation, BigInteger serial) {
    SortedSet<BigInteger> s = serials.get(nation);
    return s != null && s.contains(serial);
  }
}
