package parallax.bench.link;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears a course until it has arrived and been acknowledged up to a record. */
abstract class Await implements Course.Listener {
  private static final long LONGEST_S = 120;

  private final String course;
  private final long last;
  private final CountDownLatch open = new CountDownLatch(2);
  private volatile long arrived;
  private volatile long acknowledged;

  Await(String course, long last) {
    this.course = course;
    this.last = last;
  }

  @Override
  public void arrived(long through, long nowNs) {
    boolean first = arrived < last;
    arrived = through;
    if (first && through >= last) {
      open.countDown();
    }
  }

  @Override
  public void acknowledged(long through, long nowNs) {
    boolean first = acknowledged < last;
    acknowledged = through;
    if (first && through >= last) {
      open.countDown();
    }
  }

  /** Waits for the last record. */
  void await() throws InterruptedException {
    if (!open.await(LONGEST_S, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          course
              + ": of "
              + last
              + " records "
              + arrived
              + " arrived and "
              + acknowledged
              + " were acknowledged within "
              + LONGEST_S
              + " s");
    }
  }
}
