package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Every command with the likeliest mistakes: it ends with 1 or 2 and says in a line or two what is
 * wrong and where, in words for people. The commands are found in the program itself, so that a new
 * one is tried as well.
 */
class MistakesTest {
  private static final long LONGEST_S = 30;

  @TempDir static Path folder;
  private static MistakenFiles files;
  private static InputStream keyboard;

  @BeforeAll
  static void makesFiles() throws Exception {
    keyboard = System.in;
    System.setIn(new ByteArrayInputStream(new byte[0]));
    files = new MistakenFiles(folder);
  }

  @AfterAll
  static void stopsTheNodes() throws Exception {
    System.setIn(keyboard);
    files.close();
  }

  /** Every command by its full name, the group before its members. */
  private static Map<String, CommandSpec> commands() {
    Map<String, CommandSpec> out = new LinkedHashMap<>();
    collect(Main.commands(), out);
    return out;
  }

  private static void collect(CommandLine command, Map<String, CommandSpec> out) {
    out.put(command.getCommandSpec().qualifiedName(), command.getCommandSpec());
    command.getSubcommands().values().forEach(c -> collect(c, out));
  }

  private static boolean isGroup(CommandSpec c) {
    return !c.subcommands().isEmpty();
  }

  /** Of a group, whether it is a command itself as well. */
  private static boolean doesSomething(CommandSpec c) {
    return !isGroup(c) || c.userObject() instanceof Callable<?>;
  }

  @TestFactory
  Stream<DynamicTest> everyMistakeIsToldInWordsForPeople() {
    return commands().entrySet().stream()
        .filter(c -> doesSomething(c.getValue()) && !c.getKey().equals("parallax bench"))
        .map(c -> DynamicTest.dynamicTest(c.getKey(), () -> none(faults(c.getValue()))));
  }

  private static void none(List<String> faults) {
    assertTrue(faults.isEmpty(), () -> faults.size() + " faults\n" + String.join("\n", faults));
  }

  private static List<String> faults(CommandSpec command) throws Exception {
    List<Mistakes.Mistake> mistakes = new Mistakes(files).at(command);
    assertTrue(mistakes.size() >= 2, "mistakes at " + command.qualifiedName());
    List<String> out = new ArrayList<>();
    for (Mistakes.Mistake m : mistakes) {
      faults(m, out);
    }
    return out;
  }

  private static void faults(Mistakes.Mistake m, List<String> out) throws Exception {
    Typed ran = typed(m.words());
    String text = ran.out() + ran.err();
    List<String> found = new ArrayList<>(PlainWords.faults(text, m.words()));
    if (ran.code() == 0 && m.mayBeGood()) {
      return;
    }
    if (ran.code() != 1 && ran.code() != 2) {
      found.add("ends with " + ran.code());
    }
    if (m.says().stream().noneMatch(text::contains)) {
      found.add("names none of " + m.says());
    }
    if (!found.isEmpty()) {
      out.add(
          "* "
              + m.name()
              + ": "
              + String.join(", ", found)
              + "\n    parallax "
              + String.join(" ", m.words()).replace("\0", "\\0")
              + "\n    "
              + text.strip().replace("\n", "\n    "));
    }
  }

  /** A command that goes on in spite of its mistake, as watch may, is stopped after a while. */
  private static Typed typed(List<String> words) throws Exception {
    FutureTask<Typed> task = new FutureTask<>(() -> Typed.run(words.toArray()));
    Thread thread = Thread.ofPlatform().daemon().start(task);
    boolean watch = words.getFirst().equals("watch");
    try {
      return task.get(watch ? 1 : LONGEST_S, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      thread.join();
      return task.get();
    } catch (ExecutionException e) {
      return new Typed(-1, "", "ended by " + e.getCause());
    }
  }

  @Test
  void aCommandThatIsMisspeltOrMissingIsToldWithThoseThereAre() {
    List<String> out = new ArrayList<>();
    commands()
        .forEach(
            (name, c) -> {
              if (isGroup(c)) {
                String first = c.subcommands().keySet().iterator().next();
                List<String> words = GoodWords.path(c);
                if (!words.isEmpty()) {
                  judge(words, first, out);
                }
                words.add(first.substring(0, first.length() - 1) + "q");
                judge(words, first, out);
              }
            });
    none(out);
  }

  private static void judge(List<String> words, String says, List<String> out) {
    Typed ran = Typed.run(words.toArray());
    List<String> found = new ArrayList<>(PlainWords.faults(ran.out() + ran.err(), words));
    if (ran.code() != 2 || !ran.err().contains(says)) {
      found.add("ends with " + ran.code() + " or does not say " + says);
    }
    if (!found.isEmpty()) {
      out.add(String.join(" ", words) + ": " + found + "\n    " + ran.err().strip());
    }
  }

  @Test
  void everyCommandIsTried() {
    TreeSet<String> names = new TreeSet<>(commands().keySet());
    assertTrue(names.containsAll(List.of("parallax keys new", "parallax partner status")));
    assertTrue(names.size() > 40, "commands: " + names.size());
  }

  @Test
  void theJudgeSeesWhatNobodyShouldRead() {
    for (String bad :
        List.of(
            "failed: NullPointerException: null",
            "DateTimeParseException: Text 'x' could not be parsed at index 0",
            "Invalid value for option '--n': 'abc' is not a long",
            "finishConnect(..) failed with error(-111): Connection refused: io.netty.Channel",
            "For input string: \"x\"",
            "option '--dir' (<directory>) should be specified only once",
            "",
            "a\nb\nc\nd\ne")) {
      assertTrue(!PlainWords.faults(bad, List.of()).isEmpty(), bad);
    }
    String good = "/tmp/junitAbCd/policy.yaml, line 3: the rule 'a' names FRA; expected JPN or USA";
    assertEquals(List.of(), PlainWords.faults(good, List.of()));
  }
}
