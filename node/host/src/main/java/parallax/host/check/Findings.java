package parallax.host.check;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.files.FileProblem;
import parallax.host.check.Finding.Grade;
import parallax.model.InvalidValueException;
import parallax.release.AgreementException;
import parallax.release.MalformedFileException;

/** What a check has found so far. What cannot be read becomes a finding, and the check goes on. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  /** Something that is read, or done on trial. */
  interface Reading<T> {
    T read() throws IOException, GeneralSecurityException;
  }

  /** Something that throws when it is wrong. */
  interface Trial {
    void run() throws IOException, GeneralSecurityException;
  }

  void ok(String about, String text) {
    all.add(new Finding(Grade.OK, about, text));
  }

  void warning(String about, String text) {
    all.add(new Finding(Grade.WARNING, about, text));
  }

  void error(String about, String text) {
    all.add(new Finding(Grade.ERROR, about, text));
  }

  /** Reads something; what is wrong with it is an error, and then it is empty. */
  <T> Optional<T> read(String about, Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (IOException e) {
      error(about, FileProblem.of(e));
    } catch (GeneralSecurityException
        | InvalidValueException
        | AgreementException
        | MalformedFileException e) {
      error(about, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  /** Tries something; whether nothing was wrong. */
  boolean holds(String about, Trial trial) {
    return read(
            about,
            () -> {
              trial.run();
              return true;
            })
        .isPresent();
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
