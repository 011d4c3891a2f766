package parallax.bench.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import parallax.bench.common.Samples;
import parallax.engine.FiledTrack;
import parallax.link.Lane;
import parallax.model.TrackEstimate;

/**
 * From nation to nation through two whole nodes, on one lane: what another system of the originator
 * files of a track is decided on, released, encoded, numbered, chained, made durable, signed, sent
 * over the nodes' own links, verified, judged, taken into the picture, made durable again and
 * receipted. On the bulk lane a record is a state of one of some tracks, on the urgent lane a
 * launch point of one.
 *
 * <p>A record has arrived when the recipient gives the receipt for it, which it does only once it
 * is durable there.
 */
final class NodesCourse implements Course {
  private static final int STATES = 1_000;

  /** Records filed and not receipted yet, beyond which the filing system waits. */
  private static final long MOST_UNDER_WAY = 20_000;

  private static final long PATIENCE_S = 30;

  private static final Listener NOBODY =
      new Listener() {
        @Override
        public void arrived(long through, long nowNs) {}

        @Override
        public void acknowledged(long through, long nowNs) {}
      };

  private final String name;
  private final NodePair pair;
  private final Lane lane;
  private final List<TrackEstimate> states = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition receipted = lock.newCondition();
  private volatile Listener ear = NOBODY;
  private volatile long acknowledged;
  private final long before;
  private long sent;

  /** A course over two nodes that are linked. */
  NodesCourse(String name, NodePair pair, Lane lane) {
    this.name = name;
    this.pair = pair;
    this.lane = lane;
    this.before = pair.carried(lane);
    Samples samples = new Samples(7);
    for (int i = 0; i < STATES; i++) {
      states.add(samples.estimate(pair.launch().time()));
    }
    pair.hear(
        lane,
        new NodePair.Receipts() {
          @Override
          public void given(long through) {
            ear.arrived(through - before, System.nanoTime());
          }

          @Override
          public void taken(long through) {
            long now = System.nanoTime();
            acknowledged = through - before;
            wake();
            ear.acknowledged(through - before, now);
          }
        });
  }

  private void wake() {
    lock.lock();
    try {
      receipted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void hear(Listener listener) {
    ear = listener;
  }

  @Override
  public void send(int records) throws InterruptedException {
    if (sent + records - acknowledged > MOST_UNDER_WAY) {
      awaitRoom(records);
    }
    for (int i = 0; i < records; i++) {
      pair.file(lane, next());
      sent++;
    }
  }

  private FiledTrack next() {
    long track = 1 + sent % NodePair.TRACKS;
    return switch (lane) {
      case BULK ->
          new FiledTrack(
              track,
              Optional.empty(),
              Optional.of(states.get((int) (sent % STATES))),
              Optional.empty());
      case URGENT ->
          new FiledTrack(track, Optional.of(pair.launch()), Optional.empty(), Optional.empty());
    };
  }

  private void awaitRoom(int records) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    lock.lock();
    try {
      while (sent + records - acknowledged > MOST_UNDER_WAY) {
        // The time is for safety only: a receipt wakes.
        var unused = receipted.await(100, TimeUnit.MILLISECONDS);
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              name + ": no receipt beyond " + acknowledged + " of " + sent + "; " + pair.said());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long sent() {
    return sent;
  }

  /** The nodes belong to whoever started them. */
  @Override
  public void close() {
    pair.hear(lane, NodePair.NOBODY);
  }
}
