package parallax.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parallax.engine.Effect;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;
import parallax.warning.AdministrativeArea;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.HeldEvent;
import parallax.wire.proto.HeldEvents;

/**
 * The events that a node still holds for those who watch it ({@code parallax.v1.HeldEvents}).
 *
 * @param nextId the number of the next event
 * @param missing up to which event some or all are not held; empty when all are
 * @param events by rising number
 */
public record EventMemory(long nextId, Optional<Missing> missing, List<Held> events) {
  /** Copies the list. */
  public EventMemory {
    events = List.copyOf(events);
  }

  /**
   * Some or all events up to a number are not held.
   *
   * @param through the number
   * @param time the node's time of that event
   * @param wallNs wall clock then, UTC nanoseconds
   */
  public record Missing(long through, UtcTime time, long wallNs) {}

  /**
   * An event.
   *
   * @param id its number
   * @param time the node's time of the input that caused it
   * @param wallNs wall clock then, UTC nanoseconds
   * @param effect a picture, or what is kept as a fact
   */
  public record Held(long id, UtcTime time, long wallNs, Effect effect) {}

  /** Encodes it. */
  public byte[] encode() {
    HeldEvents.Builder b = HeldEvents.newBuilder().setNextId(nextId);
    missing.ifPresent(
        m ->
            b.setMissingThrough(m.through())
                .setMissingTimeNs(m.time().nanos())
                .setMissingWallNs(m.wallNs()));
    for (Held h : events) {
      HeldEvent.Builder e =
          HeldEvent.newBuilder().setId(h.id()).setTimeNs(h.time().nanos()).setWallNs(h.wallNs());
      if (h.effect() instanceof Effect.PictureChanged p) {
        e.setPicture(EventCodec.picture(p));
      } else {
        e.setFact(FactsCodec.fact(h.effect()));
      }
      b.addEvent(e);
    }
    return b.build().toByteArray();
  }

  /**
   * Decodes it; throws {@link InvalidValueException} when the bytes are none.
   *
   * @param areas finds an area by its code; one that is known no more is left out
   */
  public static EventMemory decode(
      byte[] bytes, Function<String, Optional<AdministrativeArea>> areas) {
    HeldEvents m = WireFields.parse(HeldEvents.parser(), "held events", bytes);
    List<Held> events = new ArrayList<>(m.getEventCount());
    for (HeldEvent e : m.getEventList()) {
      Effect effect =
          switch (e.getWhatCase()) {
            case PICTURE -> EventCodec.pictureChanged(e.getPicture(), areas);
            case FACT -> FactsCodec.effect(e.getFact(), areas);
            case WHAT_NOT_SET ->
                throw new InvalidValueException(
                    "held event", "of no known kind", "one of the known kinds");
          };
      events.add(new Held(e.getId(), new UtcTime(e.getTimeNs()), e.getWallNs(), effect));
    }
    return new EventMemory(
        m.getNextId(),
        m.getMissingThrough() == 0
            ? Optional.empty()
            : Optional.of(
                new Missing(
                    m.getMissingThrough(),
                    new UtcTime(m.getMissingTimeNs()),
                    m.getMissingWallNs())),
        events);
  }
}
