package parallax.bench.link;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Latency at a steady rate. Record i is due at start + i / rate, whatever became of those before
 * it, and its latency counts from then: a course that stalls makes every record late that was due
 * meanwhile (no coordinated omission).
 */
final class PacedRun {
  private static final long SPIN_NS = 200_000;
  private static final long HIGHEST_NS = 100_000_000_000L;

  /** Latencies so far, ns; runs of the same course add up. */
  static final class Latencies {
    /** From due to being at the other side. */
    final Histogram arrival = new Histogram(HIGHEST_NS, 3);

    /** From due to this side knowing that. */
    final Histogram acknowledgement = new Histogram(HIGHEST_NS, 3);

    /** From due to being handed to the course: what the machine itself adds. */
    final Histogram pacing = new Histogram(HIGHEST_NS, 3);
  }

  private PacedRun() {}

  /** Sends records one by one for some seconds and adds their latencies. */
  static void run(Course course, int perSecond, double seconds, Latencies into)
      throws InterruptedException {
    long records = Math.max(1, Math.round(perSecond * seconds));
    long before = course.sent();
    long startNs = System.nanoTime() + 5_000_000;
    Await ear =
        new Await(course.name(), before + records) {
          private long arrivals = before;
          private long acknowledgements = before;

          @Override
          public void arrived(long through, long nowNs) {
            for (; arrivals < through; arrivals++) {
              into.arrival.recordValue(nowNs - due(startNs, arrivals - before, perSecond));
            }
            super.arrived(through, nowNs);
          }

          @Override
          public void acknowledged(long through, long nowNs) {
            for (; acknowledgements < through; acknowledgements++) {
              into.acknowledgement.recordValue(
                  nowNs - due(startNs, acknowledgements - before, perSecond));
            }
            super.acknowledged(through, nowNs);
          }
        };
    course.hear(ear);
    for (long i = 0; i < records; i++) {
      long due = due(startNs, i, perSecond);
      into.pacing.recordValue(Math.max(0, waitFor(due) - due));
      course.send(1);
    }
    ear.await();
  }

  private static long due(long startNs, long index, int perSecond) {
    return startNs + index * 1_000_000_000L / perSecond;
  }

  /** Sleeps until shortly before, then spins; the time it is then. */
  private static long waitFor(long due) {
    while (true) {
      long now = System.nanoTime();
      if (now >= due) {
        return now;
      }
      if (due - now > SPIN_NS) {
        LockSupport.parkNanos(due - now - SPIN_NS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
