package parallax.model;

/**
 * A sensor, within the nation that owns it. Never shared: it names a sensor's identity.
 *
 * @param owner the nation whose node it reports to
 * @param name 1 to 80 printable characters
 */
public record SensorId(Nation owner, String name) implements Comparable<SensorId> {
  /** Validates the name. */
  public SensorId {
    Check.text("sensor name", name, 80);
  }

  @Override
  public int compareTo(SensorId o) {
    int c = owner.compareTo(o.owner);
    return c != 0 ? c : name.compareTo(o.name);
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
