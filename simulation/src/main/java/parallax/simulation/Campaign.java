package parallax.simulation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

  private final SortedSet<Fault> faults;
  private final @Nullable InjectedBug bug;

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
      Optional<Violation> violation,
      List<String> lines) {
    /** Copies the collections. */
    public Run {
      faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
      lines = List.copyOf(lines);
    }
  }

  /**
   * Runs with these faults, and in nodes with this bug.
   *
   * @param faults what may go wrong
   * @param bug a mistake on purpose; empty: none
   */
  public Campaign(SortedSet<Fault> faults, Optional<InjectedBug> bug) {
    this.faults = Collections.unmodifiableSortedSet(new TreeSet<>(faults));
    this.bug = bug.orElse(null);
  }

  /** Runs with every fault and no bug. */
  public static Campaign ofAllFaults() {
    return new Campaign(new TreeSet<>(List.of(Fault.values())), Optional.empty());
  }

  /** Runs one seed; one that fails is run again to keep the end of its trace. */
  public Run run(long seed) {
    Run run = run(seed, 0);
    return run.violation().isPresent() ? run(seed, LINES) : run;
  }

  /** Runs one seed and keeps the last lines of its trace whatever comes of it. */
  public Run run(long seed, int lines) {
    World world = new World(seed, faults, bug, lines);
    Optional<Violation> violation = Optional.empty();
    try {
      world.run();
    } catch (BrokenInvariant e) {
      violation =
          Optional.of(
              new Violation(seed, e.invariant(), world.steps(), String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      violation =
          Optional.of(new Violation(seed, "fault", world.steps(), e + at(e.getStackTrace())));
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

  private static String at(StackTraceElement[] stack) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < Math.min(6, stack.length); i++) {
      b.append(" < ").append(stack[i]);
    }
    return b.toString();
  }
}
