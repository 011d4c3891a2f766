package parallax.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import parallax.model.Nation;

/**
 * Puts what several nodes tell, each at its own pace, into one order of time. A line waits until
 * every node has told what happened up to its time, or one is too far behind. The same said by
 * several nations within a second is one line.
 */
final class TimedLines {
  private static final double SAME_S = 1;

  private final SortedMap<Nation, Double> heardUpTo = new TreeMap<>();
  private final SortedMap<Nation, String> lastSaid = new TreeMap<>();
  private final List<Line> waiting = new ArrayList<>();
  private final double longestWaitS;
  private final Consumer<String> out;
  private double saidUpTo = Double.NEGATIVE_INFINITY;

  /** A line; without a nation it is the demo's own. */
  private record Line(double tS, Optional<Nation> nation, Supplier<String> text) {}

  /**
   * Nothing yet.
   *
   * @param nations who tells
   * @param longestWaitS how far behind another a node may be, in the exercise's seconds
   * @param out where lines go
   */
  TimedLines(Iterable<Nation> nations, double longestWaitS, Consumer<String> out) {
    nations.forEach(n -> heardUpTo.put(n, Double.NEGATIVE_INFINITY));
    this.longestWaitS = longestWaitS;
    this.out = out;
  }

  /** A node has told what happened up to a time. */
  void heard(Nation nation, double tS) {
    heardUpTo.merge(nation, tS, Math::max);
    double slowest = heardUpTo.values().stream().mapToDouble(t -> t).min().orElse(tS);
    double newest = heardUpTo.values().stream().mapToDouble(t -> t).max().orElse(tS);
    print(Math.max(slowest, newest - longestWaitS));
  }

  /** Adds a line; what it says is asked when it is printed. */
  void say(double tS, Nation nation, Supplier<String> text) {
    waiting.add(new Line(tS, Optional.of(nation), text));
  }

  /** Adds a line of the demo's own. */
  void note(double tS, String text) {
    waiting.add(new Line(tS, Optional.empty(), () -> text));
  }

  /** Prints all that waits. */
  void end() {
    print(Double.POSITIVE_INFINITY);
  }

  private void print(double upTo) {
    waiting.sort(Comparator.comparingDouble(Line::tS)); // stable: what came first stays first
    while (!waiting.isEmpty() && waiting.getFirst().tS() <= upTo) {
      Line line = waiting.removeFirst();
      if (line.nation().isEmpty()) {
        out.accept(line.text().get());
      } else {
        print(line, line.nation().get(), line.text().get());
      }
    }
  }

  private void print(Line line, Nation nation, String text) {
    SortedSet<Nation> who = new TreeSet<>(List.of(nation));
    List<Line> same =
        waiting.stream()
            .filter(o -> o.tS() - line.tS() <= SAME_S && o.text().get().equals(text))
            .toList();
    same.forEach(o -> o.nation().ifPresent(n -> who.add(n)));
    waiting.removeAll(same);
    who.removeIf(n -> text.equals(lastSaid.put(n, text)));
    if (who.isEmpty()) {
      return;
    }
    boolean late = line.tS() < saidUpTo;
    saidUpTo = Math.max(saidUpTo, line.tS());
    out.accept(
        String.format(
            Locale.ROOT,
            "T%+8.1f s  %s  %s%s",
            line.tS(),
            who.stream().map(Nation::code).collect(Collectors.joining(", ")),
            text.replace('\u00a0', ' '),
            late ? " (told late)" : ""));
  }
}
