package parallax.cli;

import java.io.Console;
import java.util.Optional;
import parallax.credentials.Terminal;

/** Asks whoever sits at the terminal. */
@FunctionalInterface
interface Questions {
  /**
   * The answer to a question.
   *
   * @param standard what an empty answer means; may be empty
   */
  String ask(String question, String standard);

  /** At this process's terminal; empty when it has none. */
  static Optional<Questions> atTerminal() {
    return Terminal.find().map(Questions::at);
  }

  private static Questions at(Console console) {
    return (question, standard) -> {
      String answer =
          console.readLine("%s%s: ", question, standard.isEmpty() ? "" : " [" + standard + "]");
      if (answer == null) {
        throw new WrongUse("the answers ended; what was made is kept, run the command again");
      }
      return answer.isBlank() ? standard : answer.strip();
    };
  }
}
