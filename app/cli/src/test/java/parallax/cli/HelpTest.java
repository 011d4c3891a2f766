package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What the help of every command says; the commands are found in the program itself. */
class HelpTest {
  private static final Pattern SENTENCES = Pattern.compile("[A-Z].*[.]", Pattern.DOTALL);
  private static final Pattern OPEN_END =
      Pattern.compile(".*([,:;]|\\b(the|a|an|and|or|of|by|with))", Pattern.DOTALL);

  private static Map<String, CommandSpec> commands() throws Exception {
    Map<String, CommandSpec> out = new LinkedHashMap<>();
    collect(Main.commands(), out);
    for (String c : List.of("link.LinkCommand", "journal.StoreCommand", "micro.MicroCommand")) {
      collect(new CommandLine(Class.forName("parallax.bench." + c)), out);
    }
    return out;
  }

  private static void collect(CommandLine command, Map<String, CommandSpec> out) {
    out.put(command.getCommandSpec().qualifiedName(), command.getCommandSpec());
    command.getSubcommands().values().forEach(c -> collect(c, out));
  }

  /** A list of commands shows the first paragraph alone, so each is whole sentences. */
  @Test
  void everyDescriptionIsWholeSentences() throws Exception {
    List<String> bad = new ArrayList<>();
    commands()
        .forEach(
            (name, c) -> {
              String[] said = c.usageMessage().description();
              if (said.length == 0) {
                bad.add(name + " has no description");
              }
              for (String paragraph : said) {
                if (!SENTENCES.matcher(paragraph).matches()) {
                  bad.add(name + ": " + paragraph);
                }
              }
            });
    assertEquals(List.of(), bad);
  }

  @Test
  void everyOptionAndParameterSaysWhatItIsFor() throws Exception {
    List<String> bad = new ArrayList<>();
    commands()
        .forEach(
            (name, c) -> {
              for (ArgSpec a : c.args()) {
                String said = String.join(" ", a.description()).strip();
                if (said.isEmpty() || OPEN_END.matcher(said).matches()) {
                  bad.add(name + " " + WrongWords.name(a) + ": '" + said + "'");
                }
              }
            });
    assertEquals(List.of(), bad);
  }

  @Test
  void everyCommandStandsInTheHelpOfTheOneAboveIt() throws Exception {
    commands()
        .forEach(
            (name, c) -> {
              String help = c.commandLine().getUsageMessage();
              c.subcommands()
                  .keySet()
                  .forEach(s -> assertTrue(help.contains("\n  " + s + " "), name + " " + s));
            });
  }

  @Test
  void theReadmeNamesEveryCommandAndNoOther() throws Exception {
    String readme = Files.readString(Path.of("../../README.md"));
    TreeSet<String> named = new TreeSet<>();
    Map<String, String> parts = new LinkedHashMap<>();
    Matcher row = Pattern.compile("(?m)^\\| `\\./parallax ([a-z-]+)( [^`]*)?` \\|").matcher(readme);
    while (row.find()) {
      named.add(row.group(1));
      parts.merge(row.group(1), String.valueOf(row.group(2)), (a, b) -> a + " \\| " + b);
    }
    TreeSet<String> there = new TreeSet<>(Main.commands().getSubcommands().keySet());
    there.add("build"); // the launcher's own
    assertEquals(there, named);
    parts.forEach(
        (command, words) -> {
          if (words.contains("\\|") && !command.equals("bench")) {
            CommandLine c =
                java.util.Objects.requireNonNull(Main.commands().getSubcommands().get(command));
            for (String word : words.split("\\\\\\|", -1)) {
              String sub = word.strip().split(" ", -1)[0];
              if (sub.startsWith("--")) {
                continue; // a row for the command itself
              }
              assertTrue(c.getSubcommands().containsKey(sub), command + " " + sub);
            }
          }
        });
  }
}
