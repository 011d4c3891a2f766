package parallax.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import parallax.model.Plot;
import parallax.model.UtcTime;

/** When each plot is sent, and the time it is sent with. */
final class FeedPace {
  private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final boolean live;
  private final double speed;
  private final LongSupplier wallNs;
  private @Nullable ToLongFunction<UtcTime> exercise;
  private boolean begun;
  private long firstNs;
  private long startNs;

  /**
   * A pace that begins with the first plot.
   *
   * @param live whether plots get times as if the first was measured when it is sent
   * @param speed how many seconds between two plots pass in one
   * @param wallNs the wall clock, UTC nanoseconds
   */
  FeedPace(boolean live, double speed, LongSupplier wallNs) {
    this.live = live;
    this.speed = speed;
    this.wallNs = wallNs;
  }

  /**
   * A pace by the clock of an exercise: each plot is sent at the moment of the exercise at which it
   * was measured.
   *
   * @param wallNsAt the wall time, UTC nanoseconds, at a moment of the exercise
   * @param wallNs the wall clock, UTC nanoseconds
   */
  FeedPace(ToLongFunction<UtcTime> wallNsAt, LongSupplier wallNs) {
    this(false, 1, wallNs);
    this.exercise = wallNsAt;
  }

  /** Waits until a plot is due; returns it with the time that it is sent with. */
  Plot await(Plot plot) throws InterruptedException {
    if (!begun) {
      begun = true;
      firstNs = plot.timeOfValidity().nanos();
      startNs = wallNs.getAsLong();
    }
    double sinceFirst = (double) plot.timeOfValidity().nanos() - (double) firstNs;
    ToLongFunction<UtcTime> byExercise = exercise;
    long due =
        byExercise != null
            ? byExercise.applyAsLong(plot.timeOfValidity())
            : startNs + Math.round(sinceFirst / speed);
    long left = due - wallNs.getAsLong();
    while (left > 0) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, STEP_NS));
      left = due - wallNs.getAsLong();
    }
    return live ? plot.at(new UtcTime(plot.timeOfValidity().nanos() + shiftNs())) : plot;
  }

  /** By how much times are moved, once the first plot was due. */
  long shiftNs() {
    return live ? startNs - firstNs : 0;
  }
}
