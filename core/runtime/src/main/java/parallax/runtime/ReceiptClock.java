package parallax.runtime;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.engine.Input;
import parallax.link.Frame;
import parallax.link.StreamId;
import parallax.model.UtcTime;

/**
 * Gives every batch of inputs its times of receipt. They follow the wall clock while it can be
 * believed, and the monotonic clock while it cannot ({@link WallWatch}). When the time has to jump,
 * a {@link Input.ClockCorrected} is to be stepped before the batch, so that the engine, and every
 * replay, knows by how much. For one thread.
 */
public final class ReceiptClock {
  /** How long after a correction nothing may be deleted for its age, nanoseconds: one day. */
  public static final long GRACE_NS = 86_400_000_000_000L;

  /** Times of receipt further ahead than this of what the clock shows are corrected. */
  private static final long MOST_AHEAD_NS = WallWatch.NEARED_NS;

  private final NodeTime nodeTime;
  private final ClockWitnesses witnesses = new ClockWitnesses();
  private final WallWatch watch = new WallWatch(witnesses);
  private final Map<ClockNotice.Kind, Long> counts = new EnumMap<>(ClockNotice.Kind.class);
  private UtcTime lastTime = new UtcTime(Long.MIN_VALUE);
  private boolean started;
  private long graceEndNs = Long.MIN_VALUE;

  /** The clock that tracks and alerts go by, which may be that of an exercise. */
  @FunctionalInterface
  public interface NodeTime {
    /**
     * What it shows at a wall time, UTC nanoseconds.
     *
     * @throws IOException when the exercise clock cannot be read
     */
    UtcTime at(long wallNs) throws IOException;
  }

  /**
   * The times of a batch.
   *
   * @param time time of receipt: the clock that tracks and alerts go by
   * @param wallNs believed wall clock, UTC nanoseconds: the clock that links go by
   * @param correction to be stepped before the batch, with the same times
   * @param notices to be said
   */
  public record Stamp(
      UtcTime time,
      long wallNs,
      Optional<Input.ClockCorrected> correction,
      List<ClockNotice> notices) {}

  /** A clock that has not been read yet. */
  public ReceiptClock(NodeTime nodeTime) {
    this.nodeTime = nodeTime;
  }

  /**
   * Says what the newest input of a journal was stamped with, before the first batch; not to be
   * called when the journal is empty.
   */
  public void goOnAfter(UtcTime time, long wallNs) {
    lastTime = time;
    watch.goOnAfter(wallNs);
  }

  /**
   * The times of a batch that has come.
   *
   * @throws IOException when the exercise clock cannot be read
   */
  public Stamp stamp(ClockReading reading, List<Input> batch) throws IOException {
    WallWatch.Belief b = watch.read(reading);
    UtcTime time = nodeTime.at(b.wallNs());
    boolean newAfterStart = !started;
    started = true;
    long kept = b.correctedFromNs().orElse(b.wallNs());
    UtcTime keptTime = b.correctedFromNs().isPresent() ? nodeTime.at(kept) : time;
    if (newAfterStart) {
      keptTime = UtcTime.max(keptTime, lastTime);
    }
    boolean ahead = newAfterStart && keptTime.nanos() - time.nanos() > MOST_AHEAD_NS;
    Optional<Input.ClockCorrected> correction = Optional.empty();
    if (b.correctedFromNs().isPresent() || ahead) {
      correction = Optional.of(new Input.ClockCorrected(keptTime, kept, time, b.wallNs()));
      graceEndNs = reading.monotonicNs() + GRACE_NS;
    }
    lastTime = correction.isPresent() ? time : UtcTime.max(lastTime, time);
    hear(batch, reading.monotonicNs(), lastTime.nanos() == b.wallNs());
    b.notices().forEach(n -> counts.merge(n.kind(), 1L, Long::sum));
    return new Stamp(lastTime, b.wallNs(), correction, b.notices());
  }

  private void hear(List<Input> batch, long monotonicNs, boolean byWallClock) {
    for (Input i : batch) {
      if (i instanceof Input.PlotReceived p && byWallClock) {
        witnesses.feed(p.feed(), p.plot().timeOfValidity().nanos(), monotonicNs);
      } else if (i instanceof Input.FrameReceived f) {
        hear(f.wire().stream(), f.frame(), monotonicNs);
      }
    }
  }

  /** The sender is the end of the stream that makes such a frame, also when a relay passed it. */
  private void hear(StreamId stream, Frame frame, long monotonicNs) {
    switch (frame) {
      case Frame.Heartbeat h ->
          witnesses.partner(stream.originator().code(), h.sentAtNs(), monotonicNs);
      case Frame.Ack a -> witnesses.partner(stream.recipient().code(), a.sentAtNs(), monotonicNs);
      default -> {} // others say no time, or one of long ago
    }
  }

  /** The believed wall clock at a moment of the monotonic clock, UTC nanoseconds. */
  public long wallNs(long monotonicNs) {
    return watch.at(monotonicNs);
  }

  /** Whether the wall clock is believed now. */
  public boolean isBelieved() {
    return watch.isBelieved();
  }

  /**
   * Whether something may be deleted because it is old. Not while the wall clock is not believed,
   * and not within a day after a correction, so that operators can put a wrong clock right before
   * anything is lost by it.
   */
  public boolean mayDelete(long monotonicNs) {
    return isBelieved() && monotonicNs >= graceEndNs;
  }

  /** How often each kind of notice was given. */
  public Map<ClockNotice.Kind, Long> counts() {
    return Collections.unmodifiableMap(new EnumMap<>(counts));
  }
}
