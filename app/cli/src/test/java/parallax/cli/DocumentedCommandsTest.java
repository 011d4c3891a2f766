package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whoever types a command as a document writes it types one that exists, with its options. */
class DocumentedCommandsTest {
  /** A command in a code span, or on a line of its own in a block. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)(?:`|^)(?:\\./)?parallax ([a-z][^`\n]*)");

  private int seen;

  private static List<Path> documents() throws IOException {
    Path root = Path.of(System.getProperty("parallax.root", ".."));
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(p -> p.toString().endsWith(".md"))
          .filter(p -> !p.toString().contains("node_modules") && !p.toString().contains("target"))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyCommandInADocumentExistsWithItsOptions() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path document : documents()) {
      Matcher m = COMMAND.matcher(Files.readString(document).replace("\\|", "|"));
      while (m.find()) {
        boolean launcher = m.group(1).startsWith("build"); // the launcher's own
        String problem = launcher ? "" : problem(m.group(1));
        if (!problem.isEmpty()) {
          wrong.add(document.getFileName() + ": parallax " + m.group(1) + ": " + problem);
        }
        seen++;
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(seen > 100, "commands found: " + seen);
  }

  private static String problem(String text) {
    CommandLine command = Main.commands();
    boolean named = false;
    // Alternatives stand with or without spaces between them: new | check, suspend|resume.
    for (String word : text.replaceAll(" *\\| *", "|").split("[ ,;]+", -1)) {
      if (word.startsWith("#") || word.equals(">") || word.equals("&")) {
        break;
      }
      if (word.startsWith("--")) {
        String option = word.split("[=|]", -1)[0].toLowerCase(Locale.ROOT);
        if (command.getCommandSpec().findOption(option) == null) {
          return "no option " + option;
        }
      } else if (!named) {
        List<String> alternatives = List.of(word.split("\\|", -1));
        for (String a : alternatives) {
          if (!command.getSubcommands().containsKey(a)) {
            named = true;
          }
        }
        if (named && command.getParent() == null) {
          return "no command " + word;
        }
        if (!named) {
          command = Objects.requireNonNull(command.getSubcommands().get(alternatives.getFirst()));
          named = alternatives.size() > 1 || command.getSubcommands().isEmpty();
        }
      }
    }
    return "";
  }
}
