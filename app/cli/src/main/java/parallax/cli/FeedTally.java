package parallax.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import parallax.client.SensorFeed;

/** Counts what became of the plots of a file, and says it. For any thread. */
final class FeedTally implements SensorFeed.Listener {
  /** Lines that are no plots are said one by one up to this many. */
  static final int SAID_EACH = 20;

  /** Lines of plots that are remembered after they were acknowledged. */
  private static final int REMEMBERED = 8 * SensorFeed.MOST_UNACKNOWLEDGED;

  /** A number that stands alone in a reason: reasons that differ in it only are one. */
  private static final Pattern NUMBER = Pattern.compile("(?<=\\s)-?\\d+(\\.\\d+)?(?=[\\s;,]|$)");

  private final String source;
  private final PrintStream err;
  private final LongSupplier clock;
  private final TreeMap<Long, Integer> lineOf = new TreeMap<>();
  private final Map<String, Refusal> refusals = new LinkedHashMap<>();
  private long startNs;
  private long sent;
  private long skipped;
  private long firstSeq;
  private long acknowledged;
  private long refused;
  private long bad;
  private long breaks;
  private String lastTrouble = "";

  private static final class Refusal {
    final String first;
    final int line;
    long count;

    Refusal(String first, int line) {
      this.first = first;
      this.line = line;
    }
  }

  /** A tally of {@code source}; {@code clock} counts the nanoseconds since the first plot. */
  FeedTally(String source, PrintStream err, LongSupplier clock) {
    this.source = source;
    this.err = err;
    this.clock = clock;
  }

  /** A line is no plot. */
  synchronized void bad(PlotLine.Bad line) {
    bad++;
    if (bad <= SAID_EACH) {
      err.println(said(line));
    } else if (bad == SAID_EACH + 1) {
      err.println("more lines are no plots; they are counted");
    }
  }

  /** What is said of a line that is no plot. */
  String said(PlotLine.Bad line) {
    return source + ", line " + line.number() + line.problem();
  }

  /** A plot of the file is at the node already, from a time before. */
  synchronized void skip() {
    skipped++;
  }

  /** The number that the next plot will have, before it is reported. */
  synchronized void sending(long seq, int line) {
    if (sent == 0) {
      firstSeq = seq;
      startNs = clock.getAsLong();
    }
    sent++;
    lineOf.put(seq, line);
    while (lineOf.size() > REMEMBERED) {
      lineOf.pollFirstEntry();
    }
  }

  @Override
  public synchronized void notUsed(long seq, String reason) {
    refused++;
    refusals.computeIfAbsent(
            NUMBER.matcher(reason).replaceAll("#"),
            k -> new Refusal(reason, lineOf.getOrDefault(seq, 0)))
        .count++;
  }

  @Override
  public synchronized void acknowledged(long seq) {
    if (sent > 0) {
      acknowledged = seq - firstSeq + 1;
    }
    lastTrouble = "";
  }

  @Override
  public synchronized void trouble(String why) {
    if (lastTrouble.isEmpty()) {
      breaks++;
    }
    if (sent > 0 && !why.equals(lastTrouble)) {
      err.println(why + (why.endsWith("?") ? "" : ".") + " Trying again.");
    }
    lastTrouble = why;
  }

  /** How far it is, in a line. */
  synchronized String progress() {
    return String.format(
        Locale.ROOT,
        "%,d plots sent, %,d acknowledged, %,d refused, %.1f s",
        sent,
        acknowledged,
        refused,
        sent == 0 ? 0 : (clock.getAsLong() - startNs) * 1e-9);
  }

  /** What became of all. */
  synchronized List<String> summary() {
    List<String> out = new ArrayList<>();
    out.add(progress());
    if (skipped > 0) {
      out.add(String.format(Locale.ROOT, "%,d plots were at the node already", skipped));
    }
    if (bad > 0) {
      out.add(
          String.format(
              Locale.ROOT, bad == 1 ? "%,d line is no plot" : "%,d lines are no plots", bad));
    }
    if (refused > 0) {
      out.add("refused by the node:");
      refusals.values().stream()
          .sorted(Comparator.comparingLong((Refusal r) -> r.count).reversed())
          .forEach(
              r ->
                  out.add(
                      String.format(
                          Locale.ROOT,
                          "%,9d  %s%s",
                          r.count,
                          BadPlot.printable(r.first),
                          r.line == 0 ? "" : "; first: " + source + ", line " + r.line)));
    }
    if (breaks > 0 && sent > 0) {
      out.add(
          "the connection broke; what the node said at that moment may be missing here, its status"
              + " counts every refusal of the feed");
    }
    return out;
  }

  /** Whether every line was a plot, and the node used every plot. */
  synchronized boolean isAllUsed() {
    return bad == 0 && refused == 0 && acknowledged == sent;
  }
}
