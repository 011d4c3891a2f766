package parallax.node.run;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line for each thing worth saying, counted by kind; a kind that floods is thinned out to a few
 * lines a second, and the line that follows says how many were left out.
 */
public final class NodeLog {
  private static final int LINES_A_SECOND = 5;

  private final PrintStream out;
  private final String name;
  private final SortedMap<String, Kind> kinds = new TreeMap<>();

  private static final class Kind {
    long total;
    long second;
    int linesInSecond;
    long leftOut;
  }

  /** Writes to {@code out}, each line with {@code name}. */
  public NodeLog(PrintStream out, String name) {
    this.out = out;
    this.name = name;
  }

  /** Says one thing of a kind. */
  public synchronized void say(String kind, String text) {
    Kind k = kinds.computeIfAbsent(kind, x -> new Kind());
    k.total++;
    long second = Instant.now().getEpochSecond();
    if (second != k.second) {
      k.second = second;
      k.linesInSecond = 0;
    }
    if (k.linesInSecond++ >= LINES_A_SECOND) {
      k.leftOut++;
      return;
    }
    String more = k.leftOut > 0 ? " (" + k.leftOut + " more of this kind left out)" : "";
    k.leftOut = 0;
    out.println(
        Instant.now().truncatedTo(ChronoUnit.MILLIS)
            + " "
            + name
            + " "
            + kind
            + ": "
            + text.replaceAll("\\s*\\R\\s*", "; ")
            + more);
  }

  /** How often something of a kind was said, left out or not. */
  public synchronized long count(String kind) {
    Kind k = kinds.get(kind);
    return k == null ? 0 : k.total;
  }
}
