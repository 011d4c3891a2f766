package parallax.bench.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import parallax.bench.common.Samples;
import parallax.bench.common.TrialEngines;
import parallax.engine.Input;
import parallax.journal.JournalException;
import parallax.journal.files.LogOptions;
import parallax.journal.files.SegmentLog;
import parallax.journal.files.SnapshotFiles;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;
import parallax.runtime.Keeping;
import parallax.runtime.Runner;
import parallax.runtime.SnapshotDue;

/**
 * Writes a journal as a node does, from a node's own parts, by a clock that runs as fast as it can.
 * It ends as if killed: no last snapshot is taken.
 */
final class FastNode implements AutoCloseable {
  /** How long the past is kept, as a node does by default, days. */
  static final int KEEP_DAYS = 30;

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MINUTE_NS = 60 * SECOND_NS;
  private static final long HOUR_NS = 60 * MINUTE_NS;
  private static final long DAY_NS = 24 * HOUR_NS;
  private static final long SEGMENT_BYTES = 64L << 20;
  private static final long SNAPSHOT_INPUTS = 200_000;
  private static final long IDLE_STEP_NS = 10 * SECOND_NS;
  private static final long TICK_NS = 50_000_000;
  private static final int TICKS_A_BATCH = 2;
  private static final String FEED = "radars";

  private final SegmentLog log;
  private final SnapshotFiles snapshots;
  private final Runner runner;
  private final Keeping keeping = Keeping.ofDays(KEEP_DAYS);
  private final Present present;
  private final int snapshotSeconds;
  private SnapshotDue due = new SnapshotDue(SNAPSHOT_INPUTS, HOUR_NS);
  private long nowNs;
  private long rollAtNs;
  private long lastPlot;

  /**
   * A new node that is told what is in force.
   *
   * @param directory for its journal
   * @param present what it will track in the end
   * @param snapshotSeconds how often it takes a snapshot in the end, seconds
   * @param begin when it starts
   */
  FastNode(Path directory, Present present, int snapshotSeconds, UtcTime begin)
      throws JournalException {
    this.present = present;
    this.snapshotSeconds = snapshotSeconds;
    this.nowNs = begin.nanos();
    this.rollAtNs = nowNs;
    this.log = SegmentLog.open(directory, options(), nowNs, (kind, line) -> {});
    this.snapshots = SnapshotFiles.open(directory, log.id());
    Keyring keyring = Keyring.of(Samples.linkKey(Present.NATION));
    this.runner =
        new Runner(
            log,
            snapshots,
            keyring,
            new TrialEngines(keyring, LinkConfig.standard()),
            (input, what) -> {
              throw new IllegalStateException("the engine failed on " + input + ": " + what);
            });
    due.taken(log.nextPosition(), nowNs);
    work(
        List.of(
            new Input.Configured(
                Samples.configuration(
                    Present.NATION, List.of(Nation.KOR, Nation.USA), present.sensors()))));
  }

  /** How a node's log is opened, but for its durability. */
  static LogOptions options() {
    return LogOptions.standard()
        .withSegments(SEGMENT_BYTES, HOUR_NS)
        .withDurability(LogOptions.Durability.NORMAL);
  }

  private void work(List<Input> batch) throws JournalException {
    var unused = runner.append(runner.step(batch, new UtcTime(nowNs), nowNs));
  }

  /** What a node does between two batches: segments are ended, snapshots taken, old ones go. */
  private void look() throws JournalException {
    if (nowNs >= rollAtNs) {
      rollAtNs = nowNs + MINUTE_NS;
      log.roll(nowNs);
    }
    if (!due.isDue(log.nextPosition(), nowNs)) {
      return;
    }
    due.taken(log.nextPosition(), nowNs);
    var unused = runner.capture().writeTo(snapshots, "of a bench");
    deleteOld();
  }

  private void deleteOld() throws JournalException {
    long until = runner.engine().retention().map(c -> c.until(nowNs)).orElse(Long.MIN_VALUE + 1);
    long needed = keeping.sweep(snapshots, nowNs, until);
    if (needed > log.firstPosition()) {
      var unused = log.deleteBefore(needed);
    }
  }

  /**
   * Nothing comes until the present. One tick each ten seconds is enough: so much of it is in a
   * node's journal. A snapshot is taken each hour, which keeps the making short; of those of each
   * minute no more would be kept.
   *
   * @param day is told each day that has passed
   */
  void idle(Consumer<Integer> day) throws JournalException {
    long beganNs = nowNs;
    int days = 0;
    while (nowNs + IDLE_STEP_NS <= Present.BEGIN.nanos()) {
      nowNs += IDLE_STEP_NS;
      work(List.of(new Input.Tick()));
      look();
      if ((nowNs - beganNs) / DAY_NS > days) {
        day.accept(++days);
      }
    }
  }

  /**
   * Inputs between two snapshots of the past that a node keeps which takes so many a second: those
   * between two that it takes, or between as many as {@link Keeping} bridges.
   */
  static long stride(int inputsASecond, int snapshotSeconds) {
    long taken = Math.min(SNAPSHOT_INPUTS, (long) snapshotSeconds * inputsASecond);
    return taken * Math.max(1, Keeping.INPUTS / taken);
  }

  /**
   * Fills the time until the present with inputs and snapshots that are there to be looked at.
   *
   * @param inputs how many, evenly
   * @param stride how many between two snapshots
   * @param day is told each day that has passed
   */
  void fill(Filler filler, long inputs, long stride, Consumer<Integer> day)
      throws JournalException {
    final long beganNs = nowNs;
    double eachNs = (double) (Present.BEGIN.nanos() - beganNs) / inputs;
    long next = stride;
    int days = 0;
    for (long done = 0; done < inputs; ) {
      int count = (int) Math.min(Filler.BATCH, Math.min(inputs, next) - done);
      filler.append(log, count);
      done += count;
      nowNs = beganNs + (long) (done * eachNs);
      if (nowNs >= rollAtNs) {
        rollAtNs = nowNs + MINUTE_NS;
        log.roll(nowNs);
      }
      if (done == next) {
        next += stride;
        long position = log.nextPosition();
        snapshots.write(
            position, filler.about(position, nowNs), out -> out.write(filler.snapshot()));
      }
      if ((nowNs - beganNs) / DAY_NS > days) {
        day.accept(++days);
      }
    }
  }

  /**
   * The last two minutes: plots as they come, in batches of a tenth of a second, and ticks as a
   * node's. When it ends, the last snapshot is as old as one ever is.
   */
  void present() throws JournalException {
    nowNs = Present.BEGIN.nanos();
    due = new SnapshotDue(SNAPSHOT_INPUTS, snapshotSeconds * SECOND_NS);
    due.taken(0, nowNs);
    int next = 0;
    List<Plot> plots = present.plots();
    for (int tick = 1; nowNs < Present.END.nanos(); tick++) {
      look();
      nowNs += TICK_NS;
      List<Input> batch = new ArrayList<>();
      while (tick % TICKS_A_BATCH == 0
          && next < plots.size()
          && plots.get(next).timeOfValidity().nanos() < nowNs) {
        batch.add(new Input.PlotReceived(FEED, ++lastPlot, plots.get(next++)));
      }
      if (!batch.isEmpty()) {
        batch.add(new Input.Flush());
        work(batch);
      }
      work(List.of(new Input.Tick()));
    }
  }

  @Override
  public void close() throws JournalException {
    log.close();
  }
}
