package parallax.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.exercise.LaunchTable;
import parallax.exercise.PublishedLaunch;
import parallax.model.InvalidValueException;

/** Launch tables as the commands' options name them. */
final class Launches {
  private Launches() {}

  /** The table of a file; the bundled one when none is named. */
  static LaunchTable table(@Nullable Path file) {
    if (file == null) {
      return LaunchTable.bundled();
    }
    String text = GivenFile.text(file, "a launch table, CSV");
    try {
      return LaunchTable.parse(new StringReader(text), file.toString());
    } catch (IOException | InvalidValueException e) {
      throw new WrongUse(file + " cannot be read as a launch table: " + e.getMessage());
    }
  }

  /** One launch of a table. */
  static PublishedLaunch one(LaunchTable table, String id) {
    List<String> ids = new ArrayList<>();
    for (PublishedLaunch l : table.launches()) {
      if (l.id().equals(id)) {
        return l;
      }
      ids.add(l.id());
    }
    throw new WrongUse(
        "no launch " + WrongWords.shown(id) + " in the table; it has " + String.join(" ", ids));
  }
}
