package parallax.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import parallax.journal.sqlite.InputRows;

/** Where the journal is that a person names: by a node's directory, by its own, or by a copy's. */
final class JournalPlace {
  private JournalPlace() {}

  /**
   * The journal's own directory.
   *
   * @throws WrongUse when there is no journal
   */
  static Path of(Path named) {
    Path inNode = named.resolve("journal");
    Path journal = Files.isDirectory(inNode) ? inNode : named;
    if (!InputRows.isThere(journal)) {
      throw new WrongUse(
          "no journal in " + named + "; expected a node's directory or its journal/");
    }
    return journal;
  }
}
