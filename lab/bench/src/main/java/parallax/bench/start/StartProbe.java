package parallax.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import parallax.bench.common.Samples;
import parallax.bench.common.TrialEngines;
import parallax.engine.OwnTracksState;
import parallax.journal.JournalException;
import parallax.journal.files.LogOptions;
import parallax.journal.files.SegmentLog;
import parallax.journal.files.SnapshotFiles;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.runtime.Runner;
import parallax.runtime.Snapshot;
import parallax.runtime.Started;
import parallax.signing.Sha256;
import parallax.tracking.TrackerState;
import parallax.wire.state.EngineStateCodec;
import parallax.wire.state.TrackingStateCodec;

/** Starts from a journal as a node does, and says what that took; a process of its own. */
public final class StartProbe {
  private static final int REHEARSED = 15;
  private static final int TIMED = 11;

  private StartProbe() {}

  /**
   * What a start took.
   *
   * @param openedMs from the beginning until the log was open
   * @param restoredMs until the first input was replayed
   * @param readyMs until all were
   * @param cpuMs processor time of the whole process until then; 0 when it is not known
   * @param replayed how many inputs
   * @param residentKiB memory of the process afterwards; 0 when this system does not tell
   * @param liveTracks confirmed tracks
   * @param tracks a digest of all that the tracker remembers
   * @param notes what the start said
   * @param capturedMs what the loop's thread spends on a snapshot, median
   * @param encodedMs what another thread spends on encoding it with its digest, median
   */
  record Figures(
      double openedMs,
      double restoredMs,
      double readyMs,
      double cpuMs,
      long replayed,
      long residentKiB,
      long liveTracks,
      String tracks,
      int notes,
      double capturedMs,
      double encodedMs) {

    String line() {
      return String.format(
          Locale.ROOT,
          "started %.3f %.3f %.3f %.3f %d %d %d %s %d %.3f %.3f",
          openedMs,
          restoredMs,
          readyMs,
          cpuMs,
          replayed,
          residentKiB,
          liveTracks,
          tracks,
          notes,
          capturedMs,
          encodedMs);
    }

    static Figures parse(List<String> lines) throws IOException {
      for (String line : lines) {
        String[] w = line.split(" ", -1);
        if (w.length == 12 && w[0].equals("started")) {
          return new Figures(
              Double.parseDouble(w[1]),
              Double.parseDouble(w[2]),
              Double.parseDouble(w[3]),
              Double.parseDouble(w[4]),
              Long.parseLong(w[5]),
              Long.parseLong(w[6]),
              Long.parseLong(w[7]),
              w[8],
              Integer.parseInt(w[9]),
              Double.parseDouble(w[10]),
              Double.parseDouble(w[11]));
        }
      }
      throw new IOException("a start failed: " + String.join("; ", lines));
    }
  }

  /** Prints the figures of the journal in the directory {@code args[0]}. */
  public static void main(String[] args) throws IOException {
    System.out.println(measure(Path.of(args[0]), System.nanoTime()).line());
  }

  /** Starts from a journal, which stays as it is. */
  static Figures measure(Path journal, long beganNs) throws IOException {
    Keyring keyring = Keyring.of(Samples.linkKey(Present.NATION));
    TrialEngines engines = new TrialEngines(keyring, LinkConfig.standard());
    LogOptions options = FastNode.options().withDurability(LogOptions.Durability.FULL);
    long now = Present.END.nanos();
    try (SegmentLog log = SegmentLog.open(journal, options, now, (kind, line) -> {})) {
      SnapshotFiles snapshots = SnapshotFiles.open(journal, log.id());
      long openedNs = System.nanoTime();
      Runner runner = new Runner(log, snapshots, keyring, engines, (input, what) -> {});
      long[] firstNs = {0};
      Started started =
          runner.start(
              (in, effects) -> {
                if (firstNs[0] == 0) {
                  firstNs[0] = System.nanoTime();
                }
              });
      long readyNs = System.nanoTime();
      double cpuMs =
          ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos() / 1e6).orElse(0.0);
      System.gc();
      long resident = residentKiB();
      TrackerState tracker =
          runner
              .engine()
              .state()
              .own()
              .surveillance()
              .map(OwnTracksState.Watching::tracker)
              .orElseThrow(() -> new IOException("no sensors are in force"));
      Snapshot snapshot = runner.capture();
      return new Figures(
          (openedNs - beganNs) / 1e6,
          ((firstNs[0] == 0 ? readyNs : firstNs[0]) - beganNs) / 1e6,
          (readyNs - beganNs) / 1e6,
          cpuMs,
          started.replayed(),
          resident,
          tracker.targets().stream().filter(TrackerState.Target::confirmed).count(),
          Sha256.hex(TrackingStateCodec.encode(tracker)),
          started.notes().size(),
          medianMs(runner::capture),
          medianMs(() -> encoded(snapshot)));
    }
  }

  /** Work that is timed. */
  private interface Work<T> {
    T run() throws JournalException;
  }

  /**
   * What a piece of work takes after some rehearsal, which need not have compiled all of it, ms.
   */
  private static <T> double medianMs(Work<T> work) throws JournalException {
    double[] ms = new double[TIMED];
    for (int i = -REHEARSED; i < TIMED; i++) {
      long began = System.nanoTime();
      Objects.requireNonNull(work.run(), "what was timed");
      if (i >= 0) {
        ms[i] = (System.nanoTime() - began) / 1e6;
      }
    }
    Arrays.sort(ms);
    return ms[TIMED / 2];
  }

  private static int encoded(Snapshot s) {
    return EngineStateCodec.encode(s.engine()).length
        + EngineStateCodec.lastingDigest(s.engine()).length;
  }

  private static long residentKiB() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}
