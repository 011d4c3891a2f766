package parallax.credentials;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** The terminal that somebody sits at who can be asked, for a passphrase or anything else. */
public final class Terminal {
  private Terminal() {}

  /** The terminal; empty when this process has none. */
  @SuppressWarnings("SystemConsoleNull") // null up to Java 21; newer ones are asked below
  public static Optional<Console> find() {
    Console console = System.console();
    return console != null && isTerminal(console) ? Optional.of(console) : Optional.empty();
  }

  /** From Java 22 on there is a console without a terminal, too, and it says so. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true; // Java 21: a console is a terminal
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
