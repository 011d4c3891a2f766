package parallax.tracking;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.model.InvalidValueException;
import parallax.model.Sensor;
import parallax.model.SensorId;

/** The sensors a nation has registered, by identity. Immutable. */
public final class SensorRegistry {
  private final TreeMap<SensorId, Sensor> byId = new TreeMap<>();

  /** Registers {@code sensors}; throws when two share an identity. */
  public SensorRegistry(List<Sensor> sensors) {
    for (Sensor s : sensors) {
      if (byId.put(s.id(), s) != null) {
        throw new InvalidValueException("sensor", s.id() + " twice", "each sensor once");
      }
    }
  }

  /** The sensor of that identity, or empty when it is not registered. */
  public Optional<Sensor> find(SensorId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All sensors, in the order of their identities. */
  public List<Sensor> all() {
    return List.copyOf(byId.values());
  }
}
