package parallax.engine;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.release.SignedAgreement;
import parallax.signing.VerificationKey;

/**
 * What is in force at a node. Journalled whole, so that a replay needs nothing else.
 *
 * @param nation the nation whose node this is
 * @param channel the one channel it works on
 * @param agreement the agreement and its detached signatures
 * @param agreementKeys each party's offline agreement key
 * @param ownKey this nation's key for signing its streams on this channel
 * @param linkKeys each partner's key for signing its streams on this channel
 * @param policy the national release policy, YAML
 * @param sensors the national sensors
 */
public record NodeConfiguration(
    Nation nation,
    Channel channel,
    SignedAgreement agreement,
    SortedMap<Nation, VerificationKey> agreementKeys,
    VerificationKey ownKey,
    SortedMap<Nation, VerificationKey> linkKeys,
    String policy,
    List<Sensor> sensors) {
  /** Copies the collections. */
  public NodeConfiguration {
    agreementKeys = Collections.unmodifiableSortedMap(new TreeMap<>(agreementKeys));
    linkKeys = Collections.unmodifiableSortedMap(new TreeMap<>(linkKeys));
    sensors = List.copyOf(sensors);
  }

  /** The same with another release policy. */
  public NodeConfiguration withPolicy(String yaml) {
    return new NodeConfiguration(
        nation, channel, agreement, agreementKeys, ownKey, linkKeys, yaml, sensors);
  }

  /** The same under another agreement. */
  public NodeConfiguration withAgreement(SignedAgreement other) {
    return new NodeConfiguration(
        nation, channel, other, agreementKeys, ownKey, linkKeys, policy, sensors);
  }

  /** The same with other sensors. */
  public NodeConfiguration withSensors(List<Sensor> others) {
    return new NodeConfiguration(
        nation, channel, agreement, agreementKeys, ownKey, linkKeys, policy, others);
  }
}
