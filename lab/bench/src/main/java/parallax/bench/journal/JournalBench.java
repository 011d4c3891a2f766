package parallax.bench.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import parallax.bench.common.Folders;
import parallax.bench.common.Output;
import parallax.bench.common.Setting;
import parallax.journal.sqlite.SqliteOptions.Durability;

/**
 * Appends the same rows to the journal, to plain SQLite and to the bare disk, in many short turns,
 * so that what the machine does meanwhile falls on all alike: how long a single commit takes, how
 * many rows a second go in by so many a transaction (the median turn), and what they cost the
 * processor.
 */
final class JournalBench {
  private static final int ROUNDS = 15;
  private static final int SAID = 5;
  private static final int[] BATCHES = {100, 500};
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int KINDS = 256;
  private static final long HIGHEST_NS = 100_000_000_000L;

  /**
   * How much.
   *
   * @param commits single commits a store, in all rounds together
   * @param rows a store and batch size, in all rounds together
   * @param rowBytes length of a row
   * @param folder where the stores lie while the bench runs
   */
  record Plan(int commits, int rows, int rowBytes, Path folder) {}

  private static final class Measured {
    final Histogram commit = new Histogram(HIGHEST_NS, 3);
    final Map<Integer, List<Double>> perSecond = new LinkedHashMap<>();
    long cpuNs;
    long rows;

    double median(int batch) {
      List<Double> sorted = perSecond.getOrDefault(batch, List.of()).stream().sorted().toList();
      return sorted.get(sorted.size() / 2);
    }

    /**
     * Processor time of the appending thread, microseconds a row; other work hardly shows in it.
     */
    double cpuUs() {
      return cpuNs / 1e3 / rows;
    }
  }

  private final Plan plan;
  private final Output output;
  private final byte[][] rows = new byte[KINDS][];
  private int next;

  JournalBench(Plan plan, Output output) {
    this.plan = plan;
    this.output = output;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < KINDS; i++) {
      rows[i] = new byte[plan.rowBytes()];
      random.nextBytes(rows[i]);
    }
  }

  /** Measures, prints, and returns the figures. */
  ObjectNode run() throws IOException {
    output.line(
        String.format(Locale.ROOT, "%s; rows of %d bytes", Setting.line(), plan.rowBytes()));
    Path folder = Files.createTempDirectory(plan.folder(), "parallax-bench");
    List<Store> stores = new ArrayList<>();
    try {
      stores.add(new PlainSqlite(folder, "FULL"));
      stores.add(new WholeJournal(folder, Durability.FULL));
      stores.add(new BareDisk(folder));
      stores.add(new PlainSqlite(folder, "NORMAL"));
      stores.add(new WholeJournal(folder, Durability.NORMAL));
      return measure(stores);
    } finally {
      for (Store s : stores) {
        s.close();
      }
      Folders.delete(folder);
    }
  }

  private ObjectNode measure(List<Store> stores) throws IOException {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.set("setting", Setting.json());
    List<Measured> measured = new ArrayList<>();
    for (Store s : stores) {
      output.progress(s.name() + ": warming up");
      Measured unused = new Measured();
      turn(s, unused, plan.commits() / 4, plan.rows() / 4);
      measured.add(new Measured());
    }
    for (int round = 1; round <= ROUNDS; round++) {
      for (int i = 0; i < stores.size(); i++) {
        turn(stores.get(i), measured.get(i), plan.commits() / ROUNDS, plan.rows() / ROUNDS);
      }
      if (round % SAID == 0) {
        for (int i = 0; i < stores.size(); i++) {
          Measured m = measured.get(i);
          output.progress(
              String.format(
                  Locale.ROOT,
                  "%s after round %d of %d: commit p50 %.3f ms, %,.0f rows/s by %d",
                  stores.get(i).name(),
                  round,
                  ROUNDS,
                  m.commit.getValueAtPercentile(50) / 1e6,
                  m.median(BATCHES[0]),
                  BATCHES[0]));
        }
      }
    }
    table(stores, measured, figures.putObject("stores"));
    output.line("");
    output.line(
        String.format(
            Locale.ROOT,
            "x: beside plain SQLite of the same durability. Load at the end %.2f.",
            Setting.load()));
    return figures;
  }

  private void table(List<Store> stores, List<Measured> measured, ObjectNode json) {
    List<String[]> table = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("", "commit p50, ms", "p99", "p50 x"));
    for (int batch : BATCHES) {
      heading.add("rows/s by " + batch);
      heading.add("x");
    }
    heading.add("CPU us a row");
    heading.add("x");
    table.add(heading.toArray(String[]::new));
    Measured base = measured.get(0);
    for (int i = 0; i < stores.size(); i++) {
      Measured m = measured.get(i);
      if (stores.get(i) instanceof PlainSqlite) {
        base = m;
      }
      double p50 = m.commit.getValueAtPercentile(50) / 1e6;
      double p99 = m.commit.getValueAtPercentile(99) / 1e6;
      List<String> row =
          new ArrayList<>(
              List.of(
                  stores.get(i).name(),
                  number("%.3f", p50),
                  number("%.3f", p99),
                  number("%.2f", p50 / (base.commit.getValueAtPercentile(50) / 1e6))));
      ObjectNode of = json.putObject(stores.get(i).name()).put("p50_ms", p50).put("p99_ms", p99);
      for (int batch : BATCHES) {
        row.add(number("%,.0f", m.median(batch)));
        row.add(number("%.2f", m.median(batch) / base.median(batch)));
        of.put("rows_per_second_by_" + batch, m.median(batch));
      }
      row.add(number("%.2f", m.cpuUs()));
      row.add(number("%.2f", m.cpuUs() / base.cpuUs()));
      of.put("cpu_us_a_row", m.cpuUs());
      table.add(row.toArray(String[]::new));
    }
    output.table(table.toArray(String[][]::new));
  }

  private void turn(Store store, Measured into, int commits, int count) throws IOException {
    for (int i = 0; i < commits; i++) {
      byte[][] one = some(1);
      long t = System.nanoTime();
      store.append(one);
      into.commit.recordValue(System.nanoTime() - t);
    }
    for (int batch : BATCHES) {
      int transactions = Math.max(1, count / batch);
      long rowsNow = (long) transactions * batch;
      long cpu = THREADS.getCurrentThreadCpuTime();
      long t = System.nanoTime();
      for (int i = 0; i < transactions; i++) {
        store.append(some(batch));
      }
      double perSecond = rowsNow * 1e9 / (System.nanoTime() - t);
      into.cpuNs += THREADS.getCurrentThreadCpuTime() - cpu;
      into.rows += rowsNow;
      into.perSecond.computeIfAbsent(batch, b -> new ArrayList<>()).add(perSecond);
    }
  }

  private byte[][] some(int count) {
    byte[][] some = new byte[count][];
    for (int i = 0; i < count; i++) {
      some[i] = rows[next++ % KINDS];
    }
    return some;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
