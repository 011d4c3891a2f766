package parallax.engine;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;
import parallax.signing.VerificationKey;

/**
 * The stream keys as they stand: those of the configuration, and what was changed, trusted or
 * revoked since. A restart with the same configuration keeps the changes; a key that the
 * configuration newly names takes the place of all that was held for its nation.
 */
final class StreamKeys {
  private @Nullable NodeConfiguration configured;
  private @Nullable VerificationKey own;
  private final SortedMap<Nation, SortedSet<VerificationKey>> partners = new TreeMap<>();

  /** As another had them. */
  StreamKeys(TermsState state) {
    configured = state.configuration().orElse(null);
    own = state.ownKey().orElse(null);
    state.partnerKeys().forEach((n, keys) -> partners.put(n, new TreeSet<>(keys)));
  }

  void configure(NodeConfiguration c) {
    NodeConfiguration before = configured;
    configured = c;
    if (before == null || !before.ownKey().equals(c.ownKey())) {
      own = c.ownKey();
    }
    partners.keySet().retainAll(c.linkKeys().keySet());
    c.linkKeys()
        .forEach(
            (nation, key) -> {
              if (before == null || !key.equals(before.linkKeys().get(nation))) {
                partners.put(nation, new TreeSet<>(java.util.List.of(key)));
              }
            });
  }

  VerificationKey own() {
    return ownIfAny().orElseThrow(() -> new IllegalStateException("not configured"));
  }

  /** Empty before the first configuration. */
  Optional<VerificationKey> ownIfAny() {
    return Optional.ofNullable(own);
  }

  void own(VerificationKey successor) {
    own = successor;
  }

  SortedMap<Nation, SortedSet<VerificationKey>> ofPartners() {
    SortedMap<Nation, SortedSet<VerificationKey>> copy = new TreeMap<>();
    partners.forEach((n, keys) -> copy.put(n, new TreeSet<>(keys)));
    return copy;
  }

  void trust(Nation partner, VerificationKey key) {
    partners.computeIfAbsent(partner, n -> new TreeSet<>()).add(key);
  }

  void revoke(Nation partner, VerificationKey key) {
    SortedSet<VerificationKey> keys = partners.get(partner);
    if (keys != null) {
      keys.remove(key);
    }
  }
}
