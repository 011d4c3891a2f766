package parallax.evaluation;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says how far a battery is: on a terminal one line that is written over, elsewhere a line at most
 * every {@value #LINE_S} s. Used by several threads.
 */
public final class Progress {
  private static final double LINE_S = 10;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanos;
  private double totalS;
  private double doneS;
  private int runs;
  private long startNs;
  private long lastNs;

  /**
   * Progress to a stream.
   *
   * @param terminal whether the stream is a terminal
   * @param nanos a clock, nanoseconds
   */
  public Progress(PrintStream out, boolean terminal, LongSupplier nanos) {
    this.out = out;
    this.terminal = terminal;
    this.nanos = nanos;
  }

  /** The runs begin: so many seconds of flight in all. */
  synchronized void start(double seconds) {
    totalS = seconds;
    startNs = nanos.getAsLong();
    lastNs = startNs;
  }

  /** A run of so many seconds of flight is done. */
  synchronized void done(double seconds) {
    doneS += seconds;
    runs++;
    long now = nanos.getAsLong();
    if (terminal) {
      out.print("\r" + line(now) + "   \r");
      out.flush();
    } else if ((now - lastNs) * 1e-9 >= LINE_S) {
      lastNs = now;
      out.println(line(now));
    }
  }

  private String line(long now) {
    double spent = Math.max(1e-3, (now - startNs) * 1e-9);
    double rate = doneS / spent;
    return String.format(
        Locale.ROOT,
        "%d runs, %.0f %% of the flight time, %.0f s of flight a second, %.0f s left",
        runs,
        100 * doneS / totalS,
        rate,
        (totalS - doneS) / rate);
  }

  /** No more is to be said. */
  synchronized void end() {
    if (terminal && runs > 0) {
      out.println();
    }
  }
}
