package parallax.engine;

/** An order that cannot be carried out; the message says why, for the one who gave it. */
final class RefusedOrderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedOrderException(String why) {
    super(why);
  }
}
