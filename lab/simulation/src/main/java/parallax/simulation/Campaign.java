package parallax.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs of the simulation. Each run is one seed in one thread and stands alone; several may run at
 * once.
 */
public final class Campaign {
  /** How many of the last lines of a trace are kept of a run that failed. */
  public static final int LINES = 40;

  private static final int DEEP = 6;

  private final SortedSet<Fault> faults;
  private final @Nullable InjectedBug bug;
  private final OptionalLong snapshots;
  private final @Nullable Suspects suspects;

  /**
   * What came of one seed.
   *
   * @param seed the seed
   * @param simulatedS virtual time, seconds
   * @param steps inputs that became durable
   * @param faults how often which fault struck
   * @param traceHash SHA-256 of the trace, hexadecimal
   * @param violation the promise that was broken, if one was
   * @param lines the last lines of its trace; none when all went well
   */
  public record Run(
      long seed,
      double simulatedS,
      long steps,
      SortedMap<Fault, Long> faults,
      String traceHash,
      Optional<InvariantViolation> violation,
      List<String> lines) {
    /** Copies the collections. */
    public Run {
      faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
      lines = List.copyOf(lines);
    }
  }

  /**
   * What came of many.
   *
   * @param seeds how many
   * @param simulatedHours virtual time of all of them
   * @param steps inputs that became durable
   * @param faults how often which fault struck
   * @param violations the promises that were broken
   */
  public record Result(
      long seeds,
      double simulatedHours,
      long steps,
      SortedMap<Fault, Long> faults,
      List<InvariantViolation> violations) {
    /** Copies the collections. */
    public Result {
      faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
      violations = List.copyOf(violations);
    }

    /** Of no run yet. */
    public static Result none() {
      return new Result(0, 0, 0, new TreeMap<>(), List.of());
    }

    /** The same with one more. */
    public Result plus(Run run) {
      SortedMap<Fault, Long> counts = new TreeMap<>(faults);
      run.faults().forEach((f, n) -> counts.merge(f, n, Long::sum));
      List<InvariantViolation> all = new ArrayList<>(violations);
      run.violation().ifPresent(all::add);
      return new Result(
          seeds + 1, simulatedHours + run.simulatedS() / 3600, steps + run.steps(), counts, all);
    }
  }

  /** Hears of each run when it is over. */
  @FunctionalInterface
  public interface Progress {
    /**
     * A run is over.
     *
     * @param run it
     * @param soFar it and all before it
     * @return whether to go on
     */
    boolean after(Run run, Result soFar);
  }

  /**
   * Runs with these faults, and in nodes with this bug. How often engines are made anew from their
   * states, the seed has it.
   *
   * @param faults what may go wrong
   * @param bug a mistake on purpose; empty: none
   */
  public Campaign(SortedSet<Fault> faults, Optional<InjectedBug> bug) {
    this(faults, bug, OptionalLong.empty());
  }

  /**
   * The same with engines that are made anew more often, or less.
   *
   * @param faults what may go wrong
   * @param bug a mistake on purpose; empty: none
   * @param snapshots after how many steps each engine is made anew from its encoded state; 0:
   *     never; empty: as each seed has it
   */
  public Campaign(SortedSet<Fault> faults, Optional<InjectedBug> bug, OptionalLong snapshots) {
    this(faults, bug, snapshots, null);
  }

  /** Runs in which bugs are tried beside the nodes. */
  Campaign(
      SortedSet<Fault> faults,
      Optional<InjectedBug> bug,
      OptionalLong snapshots,
      @Nullable Suspects suspects) {
    this.suspects = suspects;
    this.snapshots = snapshots;
    this.faults = Collections.unmodifiableSortedSet(new TreeSet<>(faults));
    this.bug = bug.orElse(null);
  }

  /** Runs with every fault and no bug. */
  public static Campaign ofAllFaults() {
    return new Campaign(new TreeSet<>(List.of(Fault.values())), Optional.empty());
  }

  /**
   * Runs seeds one after the other.
   *
   * @param from the first seed
   * @param seeds how many
   * @param hours ends once so much virtual time was simulated
   * @param progress hears of each
   */
  public Result run(long from, long seeds, double hours, Progress progress) {
    Result result = Result.none();
    for (long s = from; s < from + seeds && result.simulatedHours() < hours; s++) {
      Run run = run(s);
      result = result.plus(run);
      if (!progress.after(run, result)) {
        return result;
      }
    }
    return result;
  }

  /** Runs one seed; one that fails is run again to keep the end of its trace. */
  public Run run(long seed) {
    Run run = run(seed, 0);
    return run.violation().isPresent() ? run(seed, LINES) : run;
  }

  /** Runs one seed and keeps the last lines of its trace whatever comes of it. */
  public Run run(long seed, int lines) {
    World world = new World(seed, faults, bug, snapshots, suspects, lines);
    Optional<InvariantViolation> violation = Optional.empty();
    try {
      world.run();
    } catch (BrokenInvariant e) {
      violation = Optional.of(violation(world, e.invariant(), String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      violation = Optional.of(violation(world, "fault", e + at(e.getStackTrace())));
    }
    return new Run(
        seed,
        world.simulatedS(),
        world.steps(),
        world.faults().counts(),
        world.trace().hash(),
        violation,
        world.trace().last());
  }

  private static InvariantViolation violation(World world, String invariant, String detail) {
    return new InvariantViolation(world.seed(), invariant, world.steps(), detail);
  }

  private static String at(StackTraceElement[] stack) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < Math.min(DEEP, stack.length); i++) {
      b.append(" < ").append(stack[i]);
    }
    return b.toString();
  }
}
