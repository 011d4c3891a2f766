package parallax.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import parallax.bench.common.Folders;
import parallax.bench.common.Output;
import parallax.journal.JournalException;

/** The journals that are started from, in one folder. Those that are there already are kept. */
final class Journals {
  /** A node that has tracked the present, and nothing before. */
  static final String NEW = "new";

  /** A node that was idle for a long time before. */
  static final String YEAR = "year";

  /** A node that has taken plots for a long time before. */
  static final String MONTH = "month";

  private static final String PLAN = "plan.txt";
  private static final long DAY_S = 86_400;
  private static final long SPARE_BYTES = 1L << 30;
  private static final int PROGRESS_DAYS = 30;

  private final Path folder;
  private final StartPlan plan;
  private final Output output;
  private final Present present;

  /** Writes a node's journal. */
  private interface Making {
    void on(FastNode node) throws JournalException;
  }

  /**
   * Journals of a plan.
   *
   * @throws IOException when the folder holds journals of another plan
   */
  Journals(Path folder, StartPlan plan, Output output) throws IOException {
    this.folder = folder;
    this.plan = plan;
    this.output = output;
    this.present = new Present(plan.plots(), plan.tracks());
    Path file = folder.resolve(PLAN);
    if (!Files.exists(file)) {
      Files.writeString(file, plan.journals());
    } else if (!Files.readString(file).equals(plan.journals())) {
      throw new IOException(
          folder
              + " holds journals of another plan ("
              + Files.readString(file)
              + "); give the same figures, or another folder");
    }
  }

  /** Where a journal is. */
  Path of(String name) {
    return folder.resolve(name);
  }

  /** Makes those that are not there; returns the names of all there are then. */
  List<String> make() throws IOException {
    make(NEW, 0, node -> {});
    make(YEAR, plan.days(), node -> node.idle(days(plan.days())));
    Filler filler = Filler.of(of(NEW), plan.fillerBytes());
    long stride = FastNode.stride(plan.plots(), plan.snapshotSeconds());
    long inputs = plan.fillerInputs();
    long snapshots = inputs / stride;
    if (!Files.exists(of(MONTH))) {
      long needed = filler.bytes(inputs, snapshots) + SPARE_BYTES;
      long free = Files.getFileStore(folder).getUsableSpace();
      output.progress(
          String.format(
              Locale.ROOT,
              "%s: %,d inputs of %.0f bytes (as recorded, with facts, %.0f) and %,d snapshots of"
                  + " %,d bytes (as recorded %,d); %s",
              MONTH,
              inputs,
              filler.fillerBytes(),
              filler.inputBytes(),
              snapshots,
              filler.snapshot().length,
              filler.snapshotBytes(),
              gib(needed)));
      if (needed > free) {
        output.line(
            String.format(
                Locale.ROOT,
                "There is not enough room in %s for the journal '%s': it needs %s and %s are free."
                    + " It is left out. Give fewer days (--month-days), shorter inputs"
                    + " (--filler-bytes), or a folder on another disk (--keep).",
                folder,
                MONTH,
                gib(needed),
                gib(free)));
        return List.of(NEW, YEAR);
      }
    }
    make(
        MONTH, plan.monthDays(), node -> node.fill(filler, inputs, stride, days(plan.monthDays())));
    return List.of(NEW, YEAR, MONTH);
  }

  private void make(String name, int days, Making past) throws IOException {
    Path done = of(name);
    if (Files.exists(done)) {
      output.progress(name + ": is there");
      return;
    }
    Path part = folder.resolve(name + ".part");
    if (Files.exists(part)) {
      Folders.delete(part);
    }
    try (FastNode node =
        new FastNode(
            part,
            present,
            plan.snapshotSeconds(),
            Present.BEGIN.plusSeconds(-(double) days * DAY_S))) {
      past.on(node);
      node.present();
    }
    Files.move(part, done);
    output.progress(name + ": made");
  }

  private Consumer<Integer> days(int of) {
    int every = Math.min(PROGRESS_DAYS, Math.max(1, of / 10));
    return day -> {
      if (day % every == 0) {
        output.progress("  day " + day + " of " + of);
      }
    };
  }

  /** How much a journal holds. */
  record Size(long files, long snapshots, long bytes) {}

  /** How much a journal holds. */
  Size size(String name) throws IOException {
    try (Stream<Path> all = Files.list(of(name))) {
      List<Path> files = all.toList();
      long bytes = 0;
      for (Path p : files) {
        bytes += Files.size(p);
      }
      long snapshots = files.stream().filter(p -> p.toString().endsWith(".snapshot")).count();
      return new Size(files.size(), snapshots, bytes);
    }
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }
}
