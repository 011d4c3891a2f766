package parallax.link;

/**
 * A partner's outbox has reached its limit; nothing was taken or numbered. The caller stops taking
 * inputs until {@link OutboundSession#hasRoom}.
 */
public final class OutboxFullException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Says whose outbox is full and how much is in it. */
  public OutboxFullException(String message) {
    super(message);
  }
}
