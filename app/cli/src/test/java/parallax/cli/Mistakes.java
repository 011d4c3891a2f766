package parallax.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parallax.model.Nation;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The likeliest mistakes at a command, made from what the command says of itself. */
final class Mistakes {
  /** Options by which something is written. */
  private static final Set<String> OUTPUTS = Set.of("--json", "--html", "--out", "--to", "--keep");

  /** The same where the name alone does not say it. */
  private static final Set<String> MORE_OUTPUTS =
      Set.of(
          "keys new --dir",
          "policy new --dir",
          "agreement new FILE",
          "feed --example",
          "setup --dir",
          "setup --for-partners");

  /** Folders that need not be there: a node holds what it took from them. */
  private static final Set<String> MAY_BE_AWAY = Set.of("setup --offline");

  /** Longer than a line; what is wrong is told by its beginning. */
  private static final String LONG = "x".repeat(2_000);

  /** Files in which everything may stand, or that may be left unread. */
  private static final Set<String> ANYTHING_GOES =
      Set.of("--passphrase-file", "audit verify-receipt --record");

  /**
   * The way to a node is one for all commands; two of them are tried with all that can be wrong.
   */
  private static final Set<String> ALL_OF_A_NODE = Set.of("partner status", "watch");

  private static final List<String> BAD_NUMBERS =
      List.of("abc", "1,5", "", "99999999999999999999999", "1 000", "0x10");
  private static final List<String> BAD_FRACTIONS =
      List.of("abc", "1,5", "", "NaN", "Infinity", "1 000", "2f");
  private static final List<String> BAD_NATIONS =
      List.of("Korea", "kor", "K1R", "", "\u65e5\u672c");
  private static final List<String> BAD_TIMES =
      List.of(
          "yesterday",
          "2026-11-24",
          "24.11.2026 23:00",
          "2026-11-24T25:00:00Z",
          "2026-11-24T23:00:00",
          "");
  private static final List<String> BAD_TRACKS =
      List.of("KOR", "KOR-", "KOR-abc", "3", "KOR-99999999999999999999999", "kor-3", "");
  private static final List<String> BAD_PLACES = List.of("39", "39;125", "abc,def", "95,10", "");

  private final MistakenFiles files;
  private final GoodWords good;

  Mistakes(MistakenFiles files) {
    this.files = files;
    this.good = new GoodWords(files);
  }

  /**
   * A mistake.
   *
   * @param name what is wrong
   * @param words what is typed
   * @param says what the command must say one of
   * @param mayBeGood whether the command may take it after all
   */
  record Mistake(String name, List<String> words, List<String> says, boolean mayBeGood) {}

  /** The mistakes at a command that does something itself. */
  List<Mistake> at(CommandSpec command) {
    List<Mistake> out = new ArrayList<>();
    List<String> all = good.all(command);
    out.add(new Mistake("an unknown option", plus(all, "--bogus"), List.of("--bogus"), false));
    if (command.positionalParameters().stream().noneMatch(p -> p.arity().isVariable())) {
      out.add(new Mistake("a word too many", plus(all, "superfluous"), says("superfluous"), false));
    }
    for (OptionSpec o : command.options()) {
      if (!o.hidden() && !o.usageHelp() && !o.versionHelp()) {
        option(command, o, out);
        values(command, o, out);
      }
    }
    for (PositionalParamSpec p : command.positionalParameters()) {
      if (p.required()) {
        out.add(
            new Mistake(
                "without " + p.paramLabel(),
                good.without(command, p),
                command.positionalParameters().stream().map(WrongWords::name).toList(),
                false));
      }
      values(command, p, out);
    }
    if (GoodWords.isOfANode(command)) {
      node(command, out);
    }
    return out;
  }

  private void option(CommandSpec command, OptionSpec o, List<Mistake> out) {
    String name = o.longestName();
    List<String> without = good.without(command, o);
    if (o.required() && o.group() == null) {
      out.add(new Mistake("without " + name, without, says(name), false));
    }
    String misspelt = name.substring(0, name.length() - 1) + "q";
    out.add(new Mistake("misspelt " + name, plus(without, misspelt), says(misspelt), false));
    if (o.arity().max() == 0) {
      out.add(new Mistake("a value", plus(without, name + "=maybe"), says(name), false));
      return;
    }
    out.add(new Mistake("no value for " + name, plus(without, name), says(name), false));
    if (!o.isMultiValue()) {
      List<String> twice = new ArrayList<>(without);
      twice.addAll(good.typed(command, o));
      twice.addAll(good.typed(command, o));
      out.add(new Mistake(name + " twice", twice, says(name), false));
    }
  }

  private void values(CommandSpec command, ArgSpec arg, List<Mistake> out) {
    Class<?> type = arg.typeInfo().isMultiValue() ? arg.auxiliaryTypes()[0] : arg.type();
    String label = arg.paramLabel();
    if (type == Path.class || label.startsWith("FILE")) {
      paths(command, arg, out);
    } else if (type.isEnum()) {
      bad(command, arg, List.of("purple", ""), out);
    } else if (type == double.class || type == Double.class) {
      bad(command, arg, BAD_FRACTIONS, out);
    } else if (type == boolean.class) {
      return;
    } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      bad(command, arg, BAD_NUMBERS, out);
    } else if (label.equals("TIME")) {
      bad(command, arg, BAD_TIMES, out);
    } else if (Set.of("XXX", "NATION", "PARTNER").contains(label)) {
      bad(command, arg, BAD_NATIONS, out);
    } else if (label.equals("TRACK") || WrongWords.name(arg).equals("--track")) {
      bad(command, arg, BAD_TRACKS, out);
    } else if (label.equals("LAT,LON")) {
      bad(command, arg, BAD_PLACES, out);
    } else {
      bad(command, arg, List.of(""), out);
    }
  }

  private void bad(CommandSpec command, ArgSpec arg, List<String> values, List<Mistake> out) {
    for (String v : values) {
      out.add(with(command, arg, "'" + v + "'", v, List.of(WrongWords.name(arg)), false));
    }
    if (!values.equals(List.of(""))) {
      out.add(with(command, arg, "a long text", LONG, List.of(WrongWords.name(arg)), false));
    }
  }

  private void paths(CommandSpec command, ArgSpec arg, List<Mistake> out) {
    String name = WrongWords.name(arg);
    String key = String.join(" ", GoodWords.path(command)) + " " + name;
    for (String v : List.of("", "a\0b")) {
      out.add(with(command, arg, "'" + v + "'", v, List.of(name), false));
    }
    boolean folder = arg.paramLabel().contains("DIR") || arg.paramLabel().equals("FOLDER");
    boolean output = OUTPUTS.contains(name) || MORE_OUTPUTS.contains(key);
    Map<String, Path> wrong =
        output
            ? folder ? files.unwritableFolders() : files.unwritable()
            : folder ? files.unusableFolders() : files.unusableFiles();
    boolean free = ANYTHING_GOES.contains(name) || ANYTHING_GOES.contains(key);
    boolean either = folder && arg.paramLabel().contains("FILE");
    wrong.forEach(
        (what, path) ->
            out.add(
                with(
                    command,
                    arg,
                    what,
                    path.toString(),
                    List.of(
                        name,
                        path.toString(),
                        String.valueOf(path.getFileName()),
                        String.valueOf(path.getParent())),
                    free
                        || (either && what.equals("an empty folder"))
                        || (MAY_BE_AWAY.contains(key) && what.equals("a missing folder")))));
  }

  private Mistake with(
      CommandSpec command,
      ArgSpec arg,
      String what,
      String value,
      List<String> says,
      boolean mayBeGood) {
    List<String> words = good.without(command, arg);
    if (arg.isOption()) {
      words.add(WrongWords.name(arg) + "=" + value);
    } else {
      words.add(position(command, arg, words), value);
    }
    return new Mistake(WrongWords.name(arg) + ": " + what, words, says, mayBeGood);
  }

  /** Where a parameter stands among the words: those after it come last. */
  private static int position(CommandSpec command, ArgSpec arg, List<String> words) {
    int path = GoodWords.path(command).size();
    int before = ((PositionalParamSpec) arg).index().min();
    return before == 0 ? path : words.size();
  }

  private void node(CommandSpec command, List<Mistake> out) {
    ArgSpec dir = command.findOption("--dir");
    ArgSpec operator = command.findOption("--operator");
    out.add(
        with(
            command,
            dir,
            "a node that is down",
            files.down().toString(),
            says("no node answers"),
            false));
    List<String> says = List.of("certificate", "operator.pem", "operator.key");
    if (!ALL_OF_A_NODE.contains(String.join(" ", GoodWords.path(command)))) {
      String stranger = files.clients(Nation.KOR).toString();
      out.add(with(command, operator, "an operator of another nation", stranger, says, false));
      return;
    }
    for (Map.Entry<String, Path> s : files.strangers.entrySet()) {
      out.add(with(command, operator, s.getKey(), s.getValue().toString(), says, false));
    }
    for (Map.Entry<String, Path> s : files.spoiltNodes.entrySet()) {
      String file = s.getKey().contains("node.yaml") ? "node.yaml" : "ca.pem";
      out.add(with(command, dir, s.getKey(), s.getValue().toString(), says(file), false));
    }
  }

  private static List<String> says(String one) {
    return List.of(one);
  }

  private static List<String> plus(List<String> words, String last) {
    List<String> out = new ArrayList<>(words);
    out.add(last);
    return out;
  }
}
