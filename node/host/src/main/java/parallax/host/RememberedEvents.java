package parallax.host;

import java.util.function.Supplier;
import parallax.runtime.Remembered;
import parallax.warning.AreaCatalogue;
import parallax.wire.EventMemory;

/** Keeps what is worth it of the events for watchers over a restart. */
final class RememberedEvents implements Remembered {
  private final EventLog events;
  private final AreaCatalogue areas;

  RememberedEvents(EventLog events, AreaCatalogue areas) {
    this.events = events;
    this.areas = areas;
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public Supplier<byte[]> remember() {
    EventMemory now = events.memory();
    return now::encode;
  }

  @Override
  public void recall(byte[] bytes) {
    events.recall(EventMemory.decode(bytes, areas::area));
  }
}
