package parallax.runtime;

import java.util.Locale;
import parallax.model.UtcTime;
import parallax.runtime.ClockNotice.Kind;

/** What operators are told of the clock: what happened, what it means, what to do. */
final class ClockTexts {
  private ClockTexts() {}

  static ClockNotice stepped(long keptNs, long wallNs) {
    return new ClockNotice(
        Kind.CLOCK_STEPPED,
        "the wall clock was set "
            + by(wallNs - keptNs)
            + ", to "
            + new UtcTime(wallNs)
            + ". The node goes on by its monotonic clock until the wall clock has been steady for "
            + WallWatch.STEADY_NS / 1_000_000_000L
            + " s. If nobody meant to set the clock, check the machine's time service");
  }

  static ClockNotice agrees(long keptNs) {
    return new ClockNotice(
        Kind.CLOCK_AGREES,
        "the wall clock was set back to where the node's time is, "
            + new UtcTime(keptNs)
            + ". Nothing has changed. Find out why the clock was set");
  }

  static ClockNotice notBelieved(long keptNs, long wallNs) {
    return new ClockNotice(
        Kind.CLOCK_NOT_BELIEVED,
        "the wall clock shows "
            + new UtcTime(wallNs)
            + ", but sensors or partners agree with the node's own time, "
            + new UtcTime(keptNs)
            + ". The node goes on by its monotonic clock. Set the wall clock right; if it is right,"
            + " set the sensors' clocks right, or restart the node");
  }

  static ClockNotice believed(long keptNs, long wallNs, boolean gradually) {
    return new ClockNotice(
        Kind.CLOCK_BELIEVED,
        "the node goes by the wall clock again"
            + (gradually
                ? "; its time nears it by half a second each second"
                : ": its time is corrected from "
                    + new UtcTime(keptNs)
                    + " to "
                    + new UtcTime(wallNs)
                    + ", "
                    + by(wallNs - keptNs)
                    + ". Deadlines, alerts and tracks go on as if no time had passed"));
  }

  static ClockNotice beforeJournal(long lastNs, long wallNs) {
    return new ClockNotice(
        Kind.CLOCK_BEFORE_JOURNAL,
        "the newest input in the journal is of "
            + new UtcTime(lastNs)
            + ", but the wall clock shows only "
            + new UtcTime(wallNs)
            + ": the clock was ahead when that was written, or it is behind now. The node goes by"
            + " the wall clock as it is. Check that it is right");
  }

  static ClockNotice doubt(String source, long aheadNs, boolean isFar) {
    if (!isFar) {
      return new ClockNotice(
          Kind.CLOCK_DOUBT_ENDED, "the times of " + source + " are near the node's time again");
    }
    return new ClockNotice(
        Kind.CLOCK_DOUBTED,
        "the times of "
            + source
            + " are "
            + seconds(aheadNs)
            + (aheadNs > 0 ? " ahead of" : " behind")
            + " the node's time: one of the two clocks is wrong, or what comes is old. What is too"
            + " far off is refused. Check the clock of this machine first, then that of the other"
            + " side");
  }

  private static String by(long ns) {
    return (ns >= 0 ? "forward by " : "back by ") + seconds(ns);
  }

  private static String seconds(long ns) {
    return String.format(Locale.ROOT, "%.1f s", Math.abs(ns * 1e-9));
  }
}
