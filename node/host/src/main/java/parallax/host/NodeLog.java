package parallax.host;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * One line for each thing worth saying, counted by kind. Of a kind that floods the first few lines
 * of a minute are written; after that one line a minute says how many there were and what the last
 * one was, until a minute passes without more.
 */
public final class NodeLog {
  /** Lines of a kind that a minute may have before the rest is summed up. */
  static final int LINES_A_MINUTE = 20;

  private static final long MINUTE_NS = 60_000_000_000L;
  private static final int LONGEST_TEXT = 1000;

  private final PrintStream out;
  private final String name;
  private final LongSupplier nanos;
  private final SortedMap<String, Kind> kinds = new TreeMap<>();

  private static final class Kind {
    final String name;
    long total;
    long minuteBegan;
    int lines;
    long leftOut;
    String lastLeftOut = "";

    Kind(String name, long now) {
      this.name = name;
      this.minuteBegan = now;
    }
  }

  /** Writes to {@code out}, each line with {@code name}. */
  public NodeLog(PrintStream out, String name) {
    this(out, name, System::nanoTime);
  }

  NodeLog(PrintStream out, String name, LongSupplier nanos) {
    this.out = out;
    this.name = name;
    this.nanos = nanos;
  }

  /** Says one thing of a kind. */
  public synchronized void say(String kind, String text) {
    long now = nanos.getAsLong();
    Kind k = kinds.computeIfAbsent(kind, x -> new Kind(x, now));
    k.total++;
    turnMinute(k, now);
    if (k.lines < LINES_A_MINUTE) {
      k.lines++;
      write(kind, text);
    } else {
      k.leftOut++;
      k.lastLeftOut = text;
    }
  }

  /** Writes the sums that are due; to be called every few seconds. */
  public synchronized void sumUp() {
    long now = nanos.getAsLong();
    kinds.values().forEach(k -> turnMinute(k, now));
  }

  /** Writes every sum, due or not: nothing more comes. */
  public synchronized void end() {
    kinds.values().forEach(this::sumUp);
  }

  private void turnMinute(Kind k, long now) {
    if (now - k.minuteBegan >= MINUTE_NS) {
      k.minuteBegan = now;
      if (k.leftOut == 0) {
        k.lines = 0;
      }
      sumUp(k);
    }
  }

  private void sumUp(Kind k) {
    if (k.leftOut > 0) {
      write(
          k.name, k.leftOut + " more in a minute, " + k.total + " in all; last: " + k.lastLeftOut);
      k.leftOut = 0;
      k.lastLeftOut = "";
    }
  }

  private void write(String kind, String text) {
    out.println(
        Instant.now().truncatedTo(ChronoUnit.MILLIS)
            + " "
            + name
            + " "
            + kind
            + ": "
            + clean(text));
  }

  /** On one line, without what would steer a terminal: part of it may be a caller's own words. */
  private static String clean(String text) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text;
    return cut.replaceAll("\\s*\\R\\s*", "; ").replaceAll("[\\p{Cc}\\p{Cf}]", "?");
  }

  /** How often something of a kind was said, left out or not. */
  public synchronized long count(String kind) {
    Kind k = kinds.get(kind);
    return k == null ? 0 : k.total;
  }

  /** How often anything of the kinds that begin with {@code prefix} was said. */
  public synchronized long countAll(String prefix) {
    long sum = 0;
    for (Kind k : kinds.values()) {
      sum += k.name.startsWith(prefix) ? k.total : 0;
    }
    return sum;
  }
}
