package parallax.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.engine.NodeConfiguration;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.Agreement;
import parallax.release.NationalPolicy;
import parallax.release.PolicyExample;
import parallax.release.PolicyTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax policy explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a policy decides about records for each partner, and the rule that decides.",
      "With --all also each record, the clause of the agreement, and what each partner would read"
          + " of it.",
      "With --journal but no --at: what a policy says of all records of the journal, and with"
          + " --policy what would change. Rules alone are asked: suspensions, waiting for a turn"
          + " (limitRateS) and what people answered are left out."
    })
final class PolicyExplain implements Callable<Integer> {
  @Mixin private PolicyFiles files = new PolicyFiles();

  @Option(names = "--record", paramLabel = "FILE", description = "examples: each is explained")
  private @Nullable Path record;

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      description = "a node's directory, running or not, or its journal/")
  private @Nullable Path journal;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "of each track and data class the newest record at that time")
  private @Nullable String at;

  @Option(names = "--policy", paramLabel = "FILE", description = "another policy than the one used")
  private @Nullable Path policy;

  @Option(
      names = "--all",
      description = "print everything: records, clauses, and what each partner would read")
  private boolean all;

  @Option(names = "--json", description = "print JSON with every figure as it is")
  private boolean json;

  private static final String MORE =
      "With --all: each record, the clause that permits it, and what each partner would read.";

  private final List<Map<String, Object>> printed = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if ((record == null) == (journal == null)) {
      throw new WrongUse("name either --record or --journal");
    }
    if (at != null && journal == null) {
      throw new WrongUse("--at belongs to --journal");
    }
    return PolicyFiles.work(
        () -> {
          if (record != null) {
            examples(record);
          } else if (journal != null && at != null) {
            newest(journal, PartnerCommand.time(at));
          } else if (journal != null) {
            PolicyChange change = new PolicyChange(trials(), all);
            PendingDecision.each(journal, change::take);
            change.print();
            return 0;
          }
          if (!json && !all) {
            System.out.println(MORE);
          }
          if (json) {
            System.out.println(
                new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(printed));
          }
          return 0;
        });
  }

  private void examples(Path file) throws IOException {
    PolicyFiles.Examples examples = files.examples(file, policy);
    for (PolicyExample e : examples.all()) {
      PolicyTrial trial = examples.trial(e);
      explain(
          e.name(),
          e.report(),
          trial.partners(),
          p -> trial.ask(e.report(), e.context(), p, e.now()));
    }
  }

  /** A track and one data class of it. */
  private record Kind(parallax.model.TrackId track, Report.DataClass dataClass)
      implements Comparable<Kind> {
    @Override
    public int compareTo(Kind o) {
      int c = track.compareTo(o.track);
      return c != 0 ? c : dataClass.compareTo(o.dataClass);
    }
  }

  private void newest(Path place, UtcTime time) throws IOException {
    SortedMap<Kind, PendingDecision> newest = new TreeMap<>();
    PendingDecision.each(
        place,
        o -> {
          if (!o.now().isAfter(time)) {
            newest.put(new Kind(o.report().header().track(), o.report().dataClass()), o);
          }
        });
    if (newest.isEmpty()) {
      System.out.println("no own record was found up to " + time);
    }
    Trials trials = trials();
    for (PendingDecision o : newest.values()) {
      PolicyTrial trial = trials.wanted(o.configuration());
      explain(
          "found at " + o.now(),
          o.report(),
          trial.partners(),
          p -> trial.ask(o.report(), o.context(), p, o.now()));
    }
  }

  /** Answers for a partner. */
  private interface Asked {
    PolicyTrial.Answer of(Nation partner);
  }

  private void explain(String name, Report report, Iterable<Nation> partners, Asked asked) {
    if (json) {
      Map<String, Object> m = new LinkedHashMap<>();
      m.put("name", name);
      m.put("record", RecordText.map(report));
      List<Map<String, Object>> answers = new ArrayList<>();
      partners.forEach(p -> answers.add(AnswerText.map(p, asked.of(p))));
      m.put("partners", answers);
      printed.add(m);
      return;
    }
    if (!all) {
      System.out.println(name + ": " + report.dataClass() + " of " + report.header().track());
      AnswerText.brief(partners, asked::of).forEach(System.out::println);
      return;
    }
    System.out.println(name);
    RecordText.lines(report).forEach(line -> System.out.println("  " + line));
    partners.forEach(p -> AnswerText.print(report, p, asked.of(p)));
    System.out.println();
  }

  private Trials trials() throws IOException {
    return new Trials(
        policy == null ? Optional.empty() : Optional.of(PolicyFiles.bytes(policy)),
        String.valueOf(policy));
  }

  /** The policies to ask, by what was in force. */
  static final class Trials {
    private final Optional<byte[]> other;
    private final String name;
    private @Nullable NodeConfiguration last;
    private @Nullable PolicyTrial used;
    private @Nullable PolicyTrial wanted;
    private String usedName = "";
    private String wantedName = "";

    private Trials(Optional<byte[]> other, String name) {
      this.other = other;
      this.name = name;
    }

    boolean comparesTwo() {
      return other.isPresent();
    }

    /** The policy that was in force. */
    PolicyTrial used(NodeConfiguration c) {
      read(c);
      return java.util.Objects.requireNonNull(used);
    }

    /** The policy asked about: another, or the one that was in force. */
    PolicyTrial wanted(NodeConfiguration c) {
      read(c);
      return java.util.Objects.requireNonNull(wanted);
    }

    String names() {
      return comparesTwo() ? usedName + " -> " + wantedName : usedName;
    }

    @SuppressWarnings("ReferenceEquality") // the same configuration goes with many records
    private void read(NodeConfiguration c) {
      if (c == last) {
        return;
      }
      Agreement a = Agreement.parse(c.agreement().bytes(), c.agreement().sourceName());
      NationalPolicy p =
          NationalPolicy.parse(
              c.policy().getBytes(StandardCharsets.UTF_8), "the policy in force", a);
      NationalPolicy q = other.map(y -> NationalPolicy.parse(y, name, a)).orElse(p);
      used = new PolicyTrial(a, p, c.channel());
      wanted = other.isPresent() ? new PolicyTrial(a, q, c.channel()) : used;
      usedName = PolicyFiles.name(p);
      wantedName = PolicyFiles.name(q);
      last = c;
    }
  }
}
