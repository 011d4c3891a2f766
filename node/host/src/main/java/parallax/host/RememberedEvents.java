package parallax.host;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import parallax.runtime.Remembered;
import parallax.warning.AdministrativeArea;
import parallax.wire.EventMemory;

/** Keeps what is worth it of the events for watchers over a restart. */
final class RememberedEvents implements Remembered {
  /** Its name in a snapshot. */
  static final String NAME = "events";

  private final EventLog events;
  private final Function<String, Optional<AdministrativeArea>> areas;

  RememberedEvents(EventLog events, Function<String, Optional<AdministrativeArea>> areas) {
    this.events = events;
    this.areas = areas;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Supplier<byte[]> remember() {
    EventMemory now = events.memory();
    return now::encode;
  }

  @Override
  public void recall(byte[] bytes) {
    events.recall(EventMemory.decode(bytes, areas));
  }
}
