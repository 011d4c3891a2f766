package parallax.warning;

import java.util.List;
import parallax.model.Channel;
import parallax.model.Check;
import parallax.model.Nation;
import parallax.model.UtcTime;

/**
 * One message of an alert's life. Whether it is actual, an exercise or a test follows from its
 * channel alone.
 *
 * @param identifier unique and deterministic: nation, channel, event and number in sequence
 * @param channel the channel it belongs to
 * @param sender the nation that warns its people
 * @param eventKey the event it is about
 * @param messageType first warning, update, withdrawal or all-clear
 * @param sent when it was made
 * @param areas the areas with their windows, by code; for a withdrawal or an all-clear, the areas
 *     it is for
 * @param references every earlier message of the same warning, oldest first; empty for the first
 * @param evidence what it rests on
 * @param texts Japanese, Korean and English, the sender's language first
 */
public record Alert(
    String identifier,
    Channel channel,
    Nation sender,
    String eventKey,
    MessageType messageType,
    UtcTime sent,
    List<AreaAtRisk> areas,
    List<AlertReference> references,
    Evidence evidence,
    List<AlertText> texts) {

  /** What a message does. */
  public enum MessageType {
    /** The first warning of an event. */
    ALERT,
    /** Replaces the earlier messages: areas or windows changed. */
    UPDATE,
    /** Withdraws the warning: these areas are not at risk. */
    CANCEL,
    /** The danger that was warned of is over. */
    ALL_CLEAR
  }

  /** Copies the lists. */
  public Alert {
    Check.text("alert identifier", identifier, 200);
    Check.text("event key", eventKey, 100);
    areas = List.copyOf(areas);
    references = List.copyOf(references);
    texts = List.copyOf(texts);
  }

  /** How a later message names this one. */
  public AlertReference reference() {
    return new AlertReference(sender, identifier, sent);
  }
}
