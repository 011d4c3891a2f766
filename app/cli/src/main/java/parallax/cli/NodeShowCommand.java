package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import parallax.files.FileProblem;
import parallax.host.NodeSettings;
import parallax.host.Setting;
import parallax.model.InvalidValueException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax node show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the settings that a node starts with, and where each comes from.",
      "With --defaults also what each means, its unit and its default; then DIR may be left out. A"
          + " node reads its settings when it starts (docs/node-directory.md)."
    })
final class NodeShowCommand implements Callable<Integer> {
  @Mixin private NodePlace place = new NodePlace();

  @Option(names = "--defaults", description = "also show meaning, unit and default of each")
  private boolean defaults;

  @Override
  public Integer call() {
    Optional<NodeSettings> settings = Optional.empty();
    SortedSet<String> given = new TreeSet<>();
    if (place.isNamed() || !defaults) {
      Path directory = place.directory();
      try {
        given = NodeSettings.given(directory);
        settings = Optional.of(NodeSettings.read(directory));
      } catch (IOException e) {
        throw new WrongUse(FileProblem.of(e));
      } catch (InvalidValueException e) {
        throw new WrongUse(e.getMessage() + "; 'parallax node check' says all that is wrong");
      }
    }
    for (Setting s : Setting.values()) {
      if (settings.isPresent()) {
        System.out.printf(
            Locale.ROOT,
            "%-16s %-12s %s%n",
            s.key(),
            given.contains(s.key()) ? NodeSettings.FILE : "default",
            s.in(settings.get()));
      } else {
        System.out.println(s.key());
      }
      if (defaults) {
        System.out.println("    " + s.meaning());
        System.out.println(
            "    "
                + s.unit()
                + (s.standard().isEmpty() ? "; must be given" : "; default: " + s.standard()));
      }
    }
    return 0;
  }
}
