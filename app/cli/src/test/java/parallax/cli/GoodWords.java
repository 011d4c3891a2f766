package parallax.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import parallax.model.Nation;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** How each command is typed rightly: what is needed and no more. */
final class GoodWords {
  private final MistakenFiles files;

  GoodWords(MistakenFiles files) {
    this.files = files;
  }

  /**
   * A good command line, without the words for one option or parameter.
   *
   * @param left what is left out, and what belongs to it is put in
   */
  List<String> without(CommandSpec command, ArgSpec left) {
    List<String> words = path(command);
    for (OptionSpec o : command.options()) {
      boolean alone = o.required() && o.group() == null;
      if (!o.equals(left) && (alone || isOperator(command, o))) {
        words.addAll(typed(command, o));
      }
    }
    for (ArgGroupSpec g : command.argGroups()) {
      if (g.multiplicity().min() > 0 && !g.args().contains(left)) {
        words.addAll(typed(command, g.args().iterator().next()));
      }
    }
    words.addAll(belonging(command, left));
    needed(command, left).forEach(a -> words.addAll(typed(command, a)));
    for (PositionalParamSpec p : command.positionalParameters()) {
      if (!p.equals(left) && p.required()) {
        words.addAll(typed(command, p));
      }
    }
    return words;
  }

  /** What a command needs although no option or parameter of it is marked as required. */
  private static List<ArgSpec> needed(CommandSpec command, ArgSpec left) {
    String name = WrongWords.name(left);
    List<String> names =
        switch (String.join(" ", path(command))) {
          case "setup" -> List.of("--nation", "--channel");
          case "release release", "release refuse" ->
              name.equals("--to")
                  ? List.of("--rule")
                  : Set.of("--track", "--rule").contains(name) ? List.of() : List.of("ID");
          case "feed" ->
              name.equals("--example")
                  ? List.of("--to")
                  : List.of("FILE", "--to", "--certificate", "--key");
          case "exercise clock" ->
              Set.of("--from", "--launch").contains(name) ? List.of() : List.of("--from");
          default -> List.of();
        };
    return command.args().stream()
        .filter(a -> names.contains(WrongWords.name(a)) && !a.equals(left))
        .toList();
  }

  /** A good command line. */
  List<String> all(CommandSpec command) {
    return without(command, PositionalParamSpec.builder().index("99").build());
  }

  /** The words of the command itself. */
  static List<String> path(CommandSpec command) {
    List<String> words = new ArrayList<>(List.of(command.qualifiedName().split(" ", -1)));
    words.removeFirst();
    return words;
  }

  /** Clients' certificates lie outside the node's directory, where they belong. */
  private static boolean isOperator(CommandSpec command, OptionSpec o) {
    return o.longestName().equals("--operator") && isOfANode(command);
  }

  /** Whether a command asks a running node. */
  static boolean isOfANode(CommandSpec command) {
    return command.findOption("--operator") != null && command.findOption("--dir") != null;
  }

  List<String> typed(CommandSpec command, ArgSpec arg) {
    String value = value(command, arg);
    return arg.isOption() ? List.of(WrongWords.name(arg), value) : List.of(value);
  }

  /** What an option cannot stand without. */
  private List<String> belonging(CommandSpec command, ArgSpec arg) {
    String examples = files.good("examples.yaml").toString();
    return switch (key(command, arg)) {
      case "policy explain --policy", "policy explain --agreement" -> List.of("--record", examples);
      case "policy explain --at" -> List.of("--journal", files.running().toString());
      case "partner resume --since" -> List.of("--backfill", "since");
      case "keys renew --person" -> List.of("--role", "operator");
      case "keys renew --gateway" -> List.of("--role", "sensor");
      case "keys encrypt FILE" -> List.of("--passphrase-file", files.good("passphrase").toString());
      case "feed FILE" -> List.of("--format", "csv");
      default -> List.of();
    };
  }

  private static String key(CommandSpec command, ArgSpec arg) {
    return String.join(" ", path(command)) + " " + WrongWords.name(arg);
  }

  private String value(CommandSpec command, ArgSpec arg) {
    Path jpn = files.offline(Nation.JPN);
    return switch (key(command, arg)) {
      case "policy test FILE", "policy explain --record" -> files.good("examples.yaml").toString();
      case "agreement new FILE" -> files.good("made.yaml").toString();
      case "agreement sign FILE",
          "agreement verify FILE",
          "agreement show FILE",
          "agreement diff OLD",
          "agreement diff NEW",
          "policy check --agreement",
          "policy test --agreement",
          "policy explain --agreement" ->
          files.good("agreement.yaml").toString();
      case "agreement sign --key" -> jpn.resolve("agreement.seed").toString();
      case "agreement sign --nation", "policy new --nation" -> "JPN";
      case "label show FILE", "label combine FILE" -> files.good("label.xml").toString();
      case "audit verify-receipt FILE" -> files.good("a.tlog-proof").toString();
      case "audit verify-receipt --key", "audit verify-fork --key" ->
          files.good("log.pub").toString();
      case "keys encrypt FILE" -> files.good("secret.key").toString();
      case "keys export --dir",
          "keys renew --dir",
          "keys rotate-stream --dir",
          "keys replace-stream --dir" ->
          jpn.toString();
      case "keys new --dir", "policy new --dir", "keys export --to" ->
          files.good("made folder").toString();
      case "setup --dir" -> files.good("set up").toString();
      case "setup --sensors" -> files.running().resolve("sensors.csv").toString();
      case "setup --agreement" -> files.good("agreement.yaml").toString();
      case "setup --nation", "exercise plots --nation" -> "JPN";
      case "exercise plots --launch", "exercise clock --launch" -> "L39";
      case "exercise plots --out", "feed --example" -> files.good("made.csv").toString();
      case "exercise clock DIR" -> files.down().toString();
      case "feed FILE" -> files.good("plots.csv").toString();
      case "feed --to" -> files.running().toString();
      case "feed --certificate" -> files.clients(Nation.JPN).resolve("sensor.pem").toString();
      case "feed --key" -> files.clients(Nation.JPN).resolve("sensor.key").toString();
      case "feed --ca" -> files.running().resolve("keys/ca.pem").toString();
      case "partner rotate --key" -> keyInHex();
      case "keys encrypt --passphrase-file" -> files.good("passphrase").toString();
      case "audit verify-fork FILE" -> files.good("fork").toString();
      case "audit compare A", "audit compare B" -> files.running().toString();
      default ->
          WrongWords.name(arg).equals("--operator")
              ? files.clients(Nation.JPN).toString()
              : byLabel(arg.paramLabel());
    };
  }

  /** The digits of a stream key, which are no nation's in particular. */
  private String keyInHex() {
    Path file = files.running().resolve("partners/KOR/stream-EXERCISE.pub");
    try {
      String text = Files.readString(file).strip();
      return text.substring(text.lastIndexOf(' ') + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String byLabel(String label) {
    return switch (label) {
      case "DIR", "NODEDIR", "DIR|FILE" ->
          label.equals("DIR") ? files.running().toString() : files.down().toString();
      case "XXX", "PARTNER", "NATION" -> "KOR";
      case "TIME" -> "2026-11-24T23:00:00Z";
      case "TRACK" -> "JPN-3";
      case "FILE" -> files.good("policy.yaml").toString();
      case "FILE|HEX" -> files.running().resolve("partners/KOR/stream-EXERCISE.pub").toString();
      case "CHANNEL" -> "EXERCISE";
      case "LAT,LON" -> "39.03,125.75";
      case "HEX" -> "ab12";
      case "HASH" -> "0".repeat(64);
      case "TEXT", "NAME" -> "Test";
      default -> label.contains("|") ? label.substring(0, label.indexOf('|')) : "1";
    };
  }
}
