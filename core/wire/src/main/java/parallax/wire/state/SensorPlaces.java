package parallax.wire.state;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.SensorId;
import parallax.wire.proto.KeptTracker;

/** The sensors that a message names, by their places in its list. */
final class SensorPlaces {
  private final List<SensorId> sensors = new ArrayList<>();
  private final SortedMap<SensorId, Integer> places = new TreeMap<>();

  /** Those of a message. */
  static SensorPlaces of(List<KeptTracker.Sensor> listed) {
    SensorPlaces all = new SensorPlaces();
    for (KeptTracker.Sensor s : listed) {
      all.sensors.add(new SensorId(new Nation(s.getOwner()), s.getName()));
    }
    return all;
  }

  /** The place of a sensor, which is listed if it is not yet. */
  int of(SensorId id) {
    Integer known = places.get(id);
    if (known != null) {
      return known;
    }
    places.put(id, sensors.size());
    sensors.add(id);
    return sensors.size() - 1;
  }

  /** The sensor at a place. */
  SensorId at(int place) {
    if (place < 0 || place >= sensors.size()) {
      throw new InvalidValueException(
          "place of a sensor", Integer.toUnsignedString(place), "less than " + sensors.size());
    }
    return sensors.get(place);
  }

  /** The list of the message. */
  List<KeptTracker.Sensor> listed() {
    return sensors.stream()
        .map(
            s ->
                KeptTracker.Sensor.newBuilder()
                    .setOwner(s.owner().code())
                    .setName(s.name())
                    .build())
        .toList();
  }
}
