package parallax.cli;

/** The user named something that is not there or not as it must be; one line says what. */
final class WrongUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUse(String message) {
    super(message);
  }
}
