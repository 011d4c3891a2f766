package parallax.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parallax.simulation.Campaign;
import parallax.simulation.Fault;
import parallax.simulation.InjectedBug;
import parallax.simulation.InvariantViolation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Runs whole nations in virtual time, each run from one seed, with faults of every kind, and"
            + " holds every step against the promises: nothing lost, nothing leaked, nothing false,"
            + " nothing hidden. Exit code 1 when one was broken.")
final class SimulateCommand implements Callable<Integer> {
  private static final int MOST_TOLD = 5;
  private static final long TELL_NS = 2_000_000_000L;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "how many runs (default: ${DEFAULT-VALUE})")
  private long seeds = 1_000;

  @Option(
      names = "--from",
      paramLabel = "S",
      description = "the first seed (default: ${DEFAULT-VALUE})")
  private long from = 1;

  @Option(
      names = "--hours",
      paramLabel = "H",
      description = "end once so many hours were simulated (default: no such limit)")
  private double hours = Double.POSITIVE_INFINITY;

  @Option(
      names = "--faults",
      paramLabel = "a,b,...",
      split = ",",
      description = "only these faults (default: all): ${COMPLETION-CANDIDATES}",
      completionCandidates = FaultNames.class)
  private @Nullable List<String> faultNames;

  @Option(
      names = "--inject",
      paramLabel = "NAME|list",
      description =
          "put a bug into every node and end at the first run that finds it, or list them")
  private @Nullable String inject;

  @Option(
      names = "--snapshots",
      paramLabel = "K",
      description =
          "make each engine anew from its encoded state before every K-th step, and require that it"
              + " goes on as one that is left alone; 0: never (default: as each seed has it)")
  private @Nullable Long snapshots;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "runs at once (default: one for each processor)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
  private @Nullable Path json;

  /** The names of the faults, for the help. */
  static final class FaultNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    FaultNames() {
      super(Arrays.stream(Fault.values()).map(Fault::label).toList());
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = System.out;
    if ("list".equals(inject)) {
      for (InjectedBug b : InjectedBug.values()) {
        out.printf(Locale.ROOT, "%-30s %s%n", b.label(), b.says());
      }
      return 0;
    }
    requireAtLeastOne("--seeds", seeds);
    requireAtLeastOne("--threads", threads);
    GivenFile.requireWritable("--json", json);
    Optional<InjectedBug> bug = bug();
    Campaign campaign = new Campaign(faults(), bug, snapshots());
    Campaign.Result result = new Runs(campaign, bug.isPresent()).all();
    print(out, result);
    if (json != null) {
      Files.write(json, json(result));
    }
    return result.violations().isEmpty() ? 0 : 1;
  }

  private static void requireAtLeastOne(String option, long value) {
    if (value < 1) {
      throw new WrongUse(option + " is " + value + "; expected 1 or more");
    }
  }

  private Optional<InjectedBug> bug() {
    if (inject == null) {
      return Optional.empty();
    }
    String name = inject;
    return Optional.of(
        InjectedBug.of(name)
            .orElseThrow(
                () -> new WrongUse("no bug '" + name + "'; --inject list names those there are")));
  }

  private OptionalLong snapshots() {
    if (snapshots == null) {
      return OptionalLong.empty();
    }
    if (snapshots < 0) {
      throw new WrongUse("--snapshots is " + snapshots + "; expected 0 or more");
    }
    return OptionalLong.of(snapshots);
  }

  private SortedSet<Fault> faults() {
    SortedSet<Fault> out = new TreeSet<>();
    if (faultNames == null) {
      out.addAll(List.of(Fault.values()));
      return out;
    }
    for (String name : faultNames) {
      out.add(
          Fault.of(name)
              .orElseThrow(
                  () ->
                      new WrongUse(
                          "no fault '" + name + "'; there are " + String.join(", ", names()))));
    }
    return out;
  }

  private static List<String> names() {
    return new FaultNames();
  }

  /** The runs of a campaign on several threads; each thread takes the next seed. */
  private final class Runs {
    private final Campaign campaign;
    private final boolean endsAtFirst;
    private final long startNs = System.nanoTime();
    private Campaign.Result result = Campaign.Result.none();
    private long next = from;
    private long toldAtNs = startNs;
    private boolean ended;
    private @Nullable RuntimeException failure;

    Runs(Campaign campaign, boolean endsAtFirst) {
      this.campaign = campaign;
      this.endsAtFirst = endsAtFirst;
    }

    Campaign.Result all() throws InterruptedException {
      List<Thread> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(Thread.ofPlatform().daemon().name("simulation-" + i).start(this::work));
      }
      for (Thread t : running) {
        t.join();
      }
      synchronized (this) {
        if (failure != null) {
          throw failure;
        }
        return result;
      }
    }

    private void work() {
      try {
        for (long seed = take(); seed >= 0; seed = take()) {
          done(campaign.run(seed));
        }
      } catch (RuntimeException e) {
        synchronized (this) {
          failure = e;
          ended = true;
        }
      }
    }

    private synchronized long take() {
      boolean over = ended || next >= from + seeds || result.simulatedHours() >= hours;
      return over ? -1 : next++;
    }

    private synchronized void done(Campaign.Run run) {
      result = result.plus(run);
      run.violation().ifPresent(v -> tell(v, run.lines()));
      ended |= endsAtFirst && run.violation().isPresent();
      long now = System.nanoTime();
      if (now - toldAtNs > TELL_NS) {
        toldAtNs = now;
        double rate = result.seeds() / ((now - startNs) * 1e-9);
        System.err.printf(
            Locale.ROOT,
            "%d of %d seeds, %.0f/s, %.1f h simulated, %.0f s left%n",
            result.seeds(),
            seeds,
            rate,
            result.simulatedHours(),
            (seeds - result.seeds()) / rate);
      }
    }

    private void tell(InvariantViolation v, List<String> lines) {
      if (result.violations().size() <= MOST_TOLD) {
        lines.forEach(System.err::println);
        System.err.println(
            "seed " + v.seed() + ", step " + v.step() + ": " + v.invariant() + ": " + v.detail());
      }
    }
  }

  private static void print(PrintStream out, Campaign.Result r) {
    out.printf(
        Locale.ROOT,
        "%d seeds, %.1f hours simulated, %d steps%n",
        r.seeds(),
        r.simulatedHours(),
        r.steps());
    out.println(
        "faults: "
            + r.faults().entrySet().stream()
                .map(e -> e.getKey().label() + " " + e.getValue())
                .collect(Collectors.joining(", ")));
    for (InvariantViolation v : r.violations()) {
      out.println("violated by seed " + v.seed() + " at step " + v.step() + ": " + v.invariant());
    }
    out.println(r.violations().size() + " violations");
  }

  private static byte[] json(Campaign.Result r) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode o = mapper.createObjectNode();
    o.put("seeds", r.seeds());
    o.put("simulatedHours", r.simulatedHours());
    o.put("steps", r.steps());
    ObjectNode faults = o.putObject("faults");
    r.faults().forEach((f, n) -> faults.put(f.label(), n));
    ArrayNode violations = o.putArray("violations");
    for (InvariantViolation v : r.violations()) {
      violations
          .addObject()
          .put("seed", v.seed())
          .put("invariant", v.invariant())
          .put("step", v.step());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(o);
  }
}
