package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parallax.files.FileProblem;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.host.setup.Setup;
import parallax.host.setup.SetupResult;
import parallax.host.setup.SetupResult.Missing;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.MalformedFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax setup}. */
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a node's directory with all that belongs in it, or goes on with one.",
      "That is: keys, settings, agreement, policy, sensors, what partners sent. It never replaces a"
          + " key and says what was there already; at the end it says what to send to whom, what is"
          + " still missing, and the next command. At a terminal it asks for what no option says"
          + " (docs/node-directory.md)."
    })
final class SetupCommand implements Callable<Integer> {
  @Mixin private SetupOptions options = new SetupOptions();

  @Option(names = "--no-questions", description = "ask nothing, also at a terminal")
  private boolean noQuestions;

  private @Nullable Questions answers;

  @Override
  public Integer call() throws IOException {
    Optional<SetupQuestions> questions =
        noQuestions ? Optional.empty() : terminal().map(SetupQuestions::new);
    options.requireFolder();
    try {
      Optional<NodeSettings> there =
          Files.exists(options.directory.resolve(NodeSettings.FILE))
              ? Optional.of(NodeSettings.read(options.directory))
              : Optional.empty();
      questions.ifPresent(q -> q.fill(options, there));
      requireEnough(there);
      if (options.exerciseSensors && there.isPresent()) {
        options.nation = there.get().nation().code();
        options.channel = there.get().channel();
      }
      SetupResult r = run(false);
      if (questions.isPresent() && mayBeSigned(r)) {
        System.out.println(
            "\nThe agreement is "
                + new NodeDirectory(options.directory).agreementText()
                + "; read it before you sign.");
        if (questions.get().agrees("sign it for channel " + r.settings().channel() + " now?")) {
          r = run(true);
        }
      }
      print(r);
      return 0;
    } catch (IOException e) {
      throw new WrongUse(FileProblem.of(e));
    } catch (GeneralSecurityException | InvalidValueException | MalformedFileException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }

  /** Answers questions in the place of the terminal. */
  void answerBy(Questions questions) {
    answers = questions;
  }

  private Optional<Questions> terminal() {
    return answers == null ? Questions.atTerminal() : Optional.of(answers);
  }

  private void requireEnough(Optional<NodeSettings> there) {
    if (there.isEmpty() && (options.nation == null || options.channel == null)) {
      throw new WrongUse(
          "a new directory needs --nation and --channel (and "
              + (noQuestions ? "--no-questions was said)" : "there is no terminal to ask at)"));
    }
  }

  private SetupResult run(boolean sign) throws IOException, GeneralSecurityException {
    return Setup.run(
        options.request(sign),
        Instant.now(),
        (word, what) -> System.out.printf(Locale.ROOT, "%-10s %s%n", word, what));
  }

  private static boolean mayBeSigned(SetupResult r) {
    return r.missing().stream().anyMatch(m -> m.options().equals("--sign"));
  }

  private void print(SetupResult r) {
    NodeSettings s = r.settings();
    System.out.println("\n" + s.nation() + " on channel " + s.channel() + ": " + options.directory);
    System.out.println("\nCompare by telephone, or another way than the files came:");
    System.out.println("  authority of " + s.nation() + " (yours), SHA-256 " + r.fingerprint());
    r.notes().forEach(n -> System.out.println("  " + n));
    System.out.println(
        "\nSend to "
            + (r.toSendTo().isEmpty()
                ? "partners"
                : String.join(", ", r.toSendTo().stream().map(Nation::code).toList()))
            + ": the folder "
            + options.forPartners()
            + ", and the address at which they reach port "
            + s.linkAddress().getPort()
            + " of this machine");
    Path offline = options.offline();
    if (Files.exists(offline)) {
      System.out.println(
          "Lock away: the folder "
              + offline
              + ", on a medium that no machine with a network reads");
    }
    String again = "parallax setup --dir " + options.directory;
    if (r.missing().isEmpty()) {
      System.out.println("\nNothing is missing.");
      System.out.println(
          "Next: parallax node check "
              + options.directory
              + "\nthen: parallax node --dir "
              + options.directory);
      return;
    }
    System.out.println("\nStill missing:");
    for (Missing m : r.missing()) {
      System.out.println("  " + m.what());
      System.out.println("      " + (m.options() + " " + m.remark()).strip());
    }
    String next =
        r.missing().stream()
            .map(Missing::options)
            .filter(o -> !o.isEmpty())
            .distinct()
            .collect(Collectors.joining(" "));
    System.out.println("Next: " + again + " " + next);
    System.out.println("      with those of these options for which you have what they need");
  }
}
