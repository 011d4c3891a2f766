package parallax.engine;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.model.Nation;
import parallax.signing.VerificationKey;

/**
 * The keys that partners changed to by their own word, and those that the nation's people revoked,
 * which no partner's word brings back. Of each partner the newest {@link #MOST} keys are
 * remembered; keys are revoked by people, one by one.
 */
final class LearnedKeys {
  /** Most keys remembered of one partner. */
  static final int MOST = 100;

  private final SortedMap<Nation, SortedSet<VerificationKey>> revoked = new TreeMap<>();

  /** The keys of each partner, the one announced longest ago first. */
  private final SortedMap<Nation, Set<VerificationKey>> announced = new TreeMap<>();

  /** With the keys that another held. */
  LearnedKeys(StreamsState.Keys state) {
    state.revoked().forEach((n, keys) -> revoked.put(n, new TreeSet<>(keys)));
    state.announced().forEach((n, keys) -> announced.put(n, new LinkedHashSet<>(keys)));
  }

  StreamsState.Keys state() {
    SortedMap<Nation, List<VerificationKey>> inOrder = new TreeMap<>();
    announced.forEach((n, keys) -> inOrder.put(n, List.copyOf(keys)));
    return new StreamsState.Keys(inOrder, revoked);
  }

  /** A partner changes to a key; false when that was revoked. */
  boolean learn(Nation partner, VerificationKey key) {
    if (revokedOf(partner).contains(key)) {
      return false;
    }
    Set<VerificationKey> keys = announced.computeIfAbsent(partner, n -> new LinkedHashSet<>());
    keys.remove(key);
    keys.add(key);
    if (keys.size() > MOST) {
      Iterator<VerificationKey> oldestFirst = keys.iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
    return true;
  }

  /** The keys that a partner changed to and that were not revoked. */
  SortedSet<VerificationKey> of(Nation partner) {
    return new TreeSet<>(announced.getOrDefault(partner, Set.of()));
  }

  /** A partner's keys that were revoked here; only an order of this nation trusts one again. */
  SortedSet<VerificationKey> revokedOf(Nation partner) {
    return new TreeSet<>(revoked.getOrDefault(partner, Collections.emptySortedSet()));
  }

  void revoke(Nation partner, VerificationKey key) {
    revoked.computeIfAbsent(partner, n -> new TreeSet<>()).add(key);
    announced.getOrDefault(partner, new LinkedHashSet<>()).remove(key);
  }

  /** People trust a partner's key again. */
  void trust(Nation partner, VerificationKey key) {
    SortedSet<VerificationKey> ended = revoked.get(partner);
    if (ended != null) {
      ended.remove(key);
    }
  }
}
