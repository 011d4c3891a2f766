package parallax.warning;

import parallax.model.Check;

/**
 * An alert in one language.
 *
 * @param language RFC 3066 tag, for example {@code ja-JP}
 * @param event what it is about, in a few words
 * @param headline one line
 * @param description what is known
 * @param instruction what to do
 */
public record AlertText(
    String language, String event, String headline, String description, String instruction) {
  /** Validates lengths. */
  public AlertText {
    Check.text("language", language, 20);
    Check.text("event", event, 200);
    Check.text("headline", headline, 400);
    Check.text("description", description, 20_000);
    Check.text("instruction", instruction, 4_000);
  }
}
