package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.files.WholeFile;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.DefaultFiles;
import parallax.release.NationalPolicy;
import parallax.release.PolicyExample;
import parallax.release.PolicyTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax policy}: reads, tries out and explains national release policies. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks, tests and explains what a nation tells its partners (docs/policy.md).",
    subcommands = {
      PolicyCommand.New.class,
      PolicyCommand.Check.class,
      PolicyCommand.Test.class,
      PolicyExplain.class,
      PolicyApply.class,
      PolicyRevert.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand {

  /** {@code parallax policy new}. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = "Writes a nation's default policy and examples of it, to be changed.")
  static final class New implements Callable<Integer> {
    @Option(names = "--nation", paramLabel = "XXX", required = true, description = "the nation")
    private String nation = "";

    @Option(
        names = "--dir",
        paramLabel = "DIR",
        required = true,
        description = "where to; nothing there is overwritten")
    private Path directory = Path.of("");

    @Override
    public Integer call() throws IOException {
      Nation n = PartnerCommand.nation(nation);
      Path policy = directory.resolve(DefaultFiles.policyName(n));
      Path examples = directory.resolve(DefaultFiles.examplesName(n));
      try {
        byte[] rules = DefaultFiles.policy(n);
        byte[] cases = DefaultFiles.examples(n);
        Files.createDirectories(directory);
        for (Path file : List.of(policy, examples)) {
          if (Files.exists(file)) {
            throw new WrongUse(file + " is there already");
          }
        }
        WholeFile.write(policy, rules);
        WholeFile.write(examples, cases);
      } catch (InvalidValueException e) {
        throw new WrongUse(String.valueOf(e.getMessage()));
      }
      System.out.println(policy);
      System.out.println(examples);
      return 0;
    }
  }

  /** {@code parallax policy check}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Checks a policy against the agreement it narrows, and lists its rules.",
        "Exit code 1 and one line with file and line number when a node would not start with it."
      })
  static final class Check implements Callable<Integer> {
    @Mixin private PolicyFiles files = new PolicyFiles();

    @Parameters(paramLabel = "FILE", description = "the policy")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
      return PolicyFiles.work(
          () -> {
            PolicyFiles.Read read = files.policy(file);
            NationalPolicy p = read.policy();
            System.out.println(
                file
                    + ": good. "
                    + PolicyFiles.name(p)
                    + " under "
                    + PolicyFiles.name(read.agreement()));
            int number = 0;
            for (NationalPolicy.Rule r : p.rules()) {
              System.out.printf(
                  Locale.ROOT,
                  "%3d. '%s': %s to %s%s%s: %s%s%n",
                  ++number,
                  r.name(),
                  r.dataClasses(),
                  r.to(),
                  r.minimumStatus().map(s -> ", at least " + s).orElse(""),
                  r.when().map(w -> ", when " + w.text()).orElse(""),
                  AnswerText.word(r.outcome()),
                  details(r));
            }
            System.out.println("     all else: withhold");
            return 0;
          });
    }

    private static String details(NationalPolicy.Rule r) {
      List<String> all = new ArrayList<>(r.sanitising().names());
      r.holding()
          .ifPresent(
              h ->
                  all.add(
                      String.format(
                          Locale.ROOT,
                          "%s within %.0f s",
                          AnswerText.people(h.twoPerson()),
                          h.deadlineS())));
      return all.isEmpty() ? "" : " (" + String.join(", ", all) + ")";
    }
  }

  /** {@code parallax policy test}. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = {
        "Decides about made-up records and compares with what the file expects.",
        "Exit code 1 when anything comes out otherwise."
      })
  static final class Test implements Callable<Integer> {
    @Mixin private PolicyFiles files = new PolicyFiles();

    @Parameters(paramLabel = "FILE", description = "the examples (docs/policy.md)")
    private Path file = Path.of("");

    @Option(
        names = "--policy",
        paramLabel = "FILE",
        description = "the policy (default: the one the examples name)")
    private @Nullable Path policy;

    @Override
    public Integer call() throws IOException {
      return PolicyFiles.work(
          () -> {
            PolicyFiles.Examples examples = files.examples(file, policy);
            int expected = 0;
            int wrong = 0;
            for (PolicyExample e : examples.all()) {
              PolicyTrial trial = examples.trial(e);
              for (Map.Entry<Nation, PolicyExample.Expected> x : e.expected().entrySet()) {
                expected++;
                PolicyTrial.Answer a = trial.ask(e.report(), e.context(), x.getKey(), e.now());
                if (!x.getValue().isMetBy(a)) {
                  wrong++;
                  System.out.printf(
                      Locale.ROOT,
                      "%s, line %d: '%s' to %s: expected %s%s, found %s by rule '%s'%s%n",
                      file,
                      e.line(),
                      e.name(),
                      x.getKey(),
                      AnswerText.word(x.getValue().outcome()),
                      x.getValue().rule().map(r -> " by rule '" + r + "'").orElse(""),
                      AnswerText.word(a.outcome()),
                      a.rule(),
                      a.reason().isEmpty() ? "" : ": " + a.reason());
                }
              }
            }
            if (expected == 0) {
              throw new WrongUse(file + " expects nothing");
            }
            System.out.printf(
                Locale.ROOT,
                "%s: %d of %d decisions as expected, %d examples%n",
                PolicyFiles.name(examples.read().policy()),
                expected - wrong,
                expected,
                examples.all().size());
            return wrong == 0 ? 0 : 1;
          });
    }
  }
}
