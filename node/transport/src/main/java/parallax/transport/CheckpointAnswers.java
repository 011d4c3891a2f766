package parallax.transport;

import java.io.IOException;

/** Answers what a partner asks about this nation's log. */
@FunctionalInterface
public interface CheckpointAnswers {
  /**
   * The answer's bytes.
   *
   * @throws parallax.model.InvalidValueException when the bytes are no question
   */
  byte[] answer(byte[] question) throws IOException;
}
