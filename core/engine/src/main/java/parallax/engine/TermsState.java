package parallax.engine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.release.SignedAgreement;
import parallax.signing.VerificationKey;

/**
 * What a node goes by. The agreement and the policy in force are left out: they are read again from
 * the configuration, as at the time when they were put in force.
 *
 * @param configuration the newest configuration; empty before the first
 * @param configuredPolicy the policy that it brought, which an order may have replaced since, YAML
 * @param inForceSince when what the configuration says was put in force, the node's time; empty
 *     when nothing is in force
 * @param newestAgreement the newest agreement that was in force
 * @param nothingInForce why nothing is in force, or was not when that was last so
 * @param policies the newest policies that were in force, the present one last, YAML
 * @param ownKey the key that this nation signs its streams with
 * @param partnerKeys each partner's keys for its streams, as configured and ordered
 */
public record TermsState(
    Optional<NodeConfiguration> configuration,
    Optional<String> configuredPolicy,
    Optional<UtcTime> inForceSince,
    Optional<SignedAgreement> newestAgreement,
    String nothingInForce,
    List<String> policies,
    Optional<VerificationKey> ownKey,
    SortedMap<Nation, SortedSet<VerificationKey>> partnerKeys) {
  /** Copies the collections. */
  public TermsState {
    policies = List.copyOf(policies);
    partnerKeys = Collections.unmodifiableSortedMap(new TreeMap<>(partnerKeys));
  }

  /** Nothing was configured yet. */
  static TermsState empty() {
    return new TermsState(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "the node has no configuration yet",
        List.of(),
        Optional.empty(),
        new TreeMap<>());
  }
}
