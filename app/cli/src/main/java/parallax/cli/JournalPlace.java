package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import parallax.journal.files.SegmentLog;
import parallax.journal.sqlite.OldJournal;

/** Where the journal is that a person names: by a node's directory, by its own, or by a copy's. */
final class JournalPlace {
  private JournalPlace() {}

  /**
   * The journal's own directory.
   *
   * @throws WrongUse when there is no journal
   */
  static Path of(Path named) throws IOException {
    Path inNode = named.resolve("journal");
    Path journal = Files.isDirectory(inNode) ? inNode : named;
    if (!SegmentLog.isThere(journal)) {
      if (OldJournal.isThere(journal)) {
        throw new WrongUse(
            "the journal in "
                + named
                + " is of a version before there were snapshots; start its node once, which"
                + " converts it");
      }
      throw new WrongUse(
          "no journal in " + named + "; expected a node's directory or its journal/");
    }
    return journal;
  }
}
