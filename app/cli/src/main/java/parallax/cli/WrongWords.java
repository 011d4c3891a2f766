package parallax.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command line, told to whoever typed them. */
final class WrongWords {
  private static final int LONGEST_SHOWN = 80;

  private WrongWords() {}

  /** Makes a command line strict where the library is lenient, and say what is wrong in words. */
  static void install(CommandLine cli) {
    cli.setCaseInsensitiveEnumValuesAllowed(true);
    cli.registerConverter(Path.class, WrongWords::path);
    cli.registerConverter(double.class, WrongWords::number);
    cli.registerConverter(Double.class, WrongWords::number);
    cli.setExecutionStrategy(
        typed -> {
          requireMeant(typed);
          return new RunLast().execute(typed);
        });
    cli.setParameterExceptionHandler(
        (e, words) -> {
          CommandLine of = e.getCommandLine();
          of.getErr().println(unknownFirst(e, words));
          of.getErr().println("Try: " + of.getCommandSpec().qualifiedName() + " --help");
          return 2;
        });
  }

  /**
   * Refuses texts that are not what the label of their option or parameter stands for, before the
   * command begins.
   */
  private static void requireMeant(ParseResult typed) {
    ParseResult r = typed;
    while (r.hasSubcommand()) {
      r = r.subcommand();
    }
    for (ArgSpec a : r.matchedArgs()) {
      boolean text =
          (a.typeInfo().isMultiValue() ? a.auxiliaryTypes()[0] : a.type()) == String.class;
      for (String value : text ? a.stringValues() : List.<String>of()) {
        Optional<String> expected = Label.expected(a.paramLabel(), value);
        if (expected.isPresent()) {
          throw new ParameterException(
              r.commandSpec().commandLine(),
              name(a) + " is '" + shown(value) + "'; expected " + expected.get());
        }
      }
    }
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("empty"); // else it would be the present folder
    }
    return Path.of(text);
  }

  private static Double number(String text) {
    if (!text.matches("[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,3})?")) {
      throw new TypeConversionException("no number");
    }
    return Double.valueOf(text);
  }

  /** An option that is misspelt is what is wrong, not that another is missing then. */
  private static String unknownFirst(ParameterException e, String[] words) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (e instanceof MissingParameterException) {
      for (String word : words) {
        String option = word.split("=", 2)[0];
        if (option.matches("--?[a-z].*") && command.findOption(option) == null) {
          return "there is no option " + shown(option) + "; there are " + options(command);
        }
      }
    }
    return of(e);
  }

  /** One line. */
  static String of(ParameterException e) {
    return switch (e) {
      case UnmatchedArgumentException u -> unmatched(u);
      case OverwrittenOptionException o -> name(o.getOverwritten()) + " is given twice";
      case MissingParameterException m -> missing(m);
      case MutuallyExclusiveArgsException m -> "only one can be given of " + typedOf(m);
      default -> value(e);
    };
  }

  private static String unmatched(UnmatchedArgumentException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String word = shown(e.getUnmatched().getFirst());
    if (e.isUnknownOption()) {
      return "there is no option " + word + meant(e) + "; there are " + options(command);
    }
    return command.subcommands().isEmpty()
        ? "'" + word + "' is one word too many; expected is " + expectedWords(command)
        : "there is no command '" + word + "'" + meant(e) + "; there are " + commands(command);
  }

  private static String meant(UnmatchedArgumentException e) {
    List<String> near = e.getSuggestions();
    return near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
  }

  private static String missing(MissingParameterException e) {
    List<ArgSpec> missing = e.getMissing();
    String said = String.valueOf(e.getMessage());
    String all = missing.stream().map(WrongWords::typed).collect(Collectors.joining(", "));
    if (said.contains("one of these")) {
      return "one is missing of " + oneOf(e.getCommandLine().getCommandSpec(), all);
    }
    if (said.startsWith("Missing required option") || said.startsWith("Missing required par")) {
      boolean value = said.contains("for option");
      return value ? all + " is given without its value" : "missing: " + all;
    }
    return missing.isEmpty() ? plain(said) : all + " is given without its value";
  }

  /** The options of the groups of which one is needed. */
  private static String oneOf(CommandSpec command, String named) {
    if (!named.isEmpty()) {
      return named;
    }
    return command.argGroups().stream()
        .filter(g -> g.multiplicity().min() > 0)
        .flatMap(g -> g.args().stream())
        .map(WrongWords::typed)
        .collect(Collectors.joining(", "));
  }

  private static String typedOf(MutuallyExclusiveArgsException e) {
    return oneOf(e.getCommandLine().getCommandSpec(), "");
  }

  private static String value(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    ArgSpec arg = e.getArgSpec();
    if (arg == null) {
      String said = plain(String.valueOf(e.getMessage()));
      return said.startsWith("Missing required subcommand")
          ? "the command is missing; there are " + commands(command)
          : said;
    }
    return name(arg) + " is '" + shown(String.valueOf(e.getValue())) + "'; expected " + wanted(arg);
  }

  private static String wanted(ArgSpec arg) {
    Class<?> type = arg.typeInfo().isMultiValue() ? arg.auxiliaryTypes()[0] : arg.type();
    if (arg.isOption() && arg.arity().max() == 0) {
      return "no value: it is given or left out";
    }
    if (type.isEnum()) {
      return "one of "
          + (arg.paramLabel().contains("|")
              ? arg.paramLabel().replace("|", ", ")
              : Arrays.stream(type.getEnumConstants())
                  .map(String::valueOf)
                  .collect(Collectors.joining(", ")));
    }
    if (type == Instant.class) {
      return Label.TIME.expected;
    }
    if (type == Path.class) {
      return "the path of a file or folder";
    }
    boolean fraction = type == double.class || type == Double.class;
    boolean number = type.isPrimitive() || Number.class.isAssignableFrom(type);
    return fraction
        ? "a number, for example 2.5"
        : number
            ? "a whole number" + (type == int.class ? " up to " + Integer.MAX_VALUE : "")
            : arg.paramLabel();
  }

  /** How an option or a word is named to people. */
  static String name(ArgSpec arg) {
    return arg instanceof OptionSpec o ? o.longestName() : arg.paramLabel();
  }

  /** The same with what is to be typed after it. */
  private static String typed(ArgSpec arg) {
    return arg.isOption() && arg.arity().max() > 0 ? name(arg) + " " + arg.paramLabel() : name(arg);
  }

  private static String options(CommandSpec command) {
    return command.options().stream()
        .filter(o -> !o.hidden())
        .map(WrongWords::name)
        .filter(n -> !n.equals("--version"))
        .collect(Collectors.joining(", "));
  }

  private static String expectedWords(CommandSpec command) {
    List<String> words = new ArrayList<>();
    command.positionalParameters().forEach(p -> words.add(p.paramLabel()));
    return words.isEmpty() ? "no word beside the options" : String.join(" ", words);
  }

  private static String commands(CommandSpec command) {
    return command.subcommands().entrySet().stream()
        .filter(c -> !c.getValue().getCommandSpec().usageMessage().hidden())
        .map(c -> c.getKey())
        .collect(Collectors.joining(", "));
  }

  /** What was typed, fit for one line of a terminal. */
  static String shown(String typed) {
    String plain = typed.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "...";
  }

  private static String plain(String text) {
    return text.replaceAll("\\s*\\R\\s*", "; ").strip().replaceFirst("^Error: ", "");
  }
}
