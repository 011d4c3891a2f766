package parallax.bench.link;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import parallax.bench.common.Folders;
import parallax.bench.common.Output;
import parallax.bench.common.Samples;
import parallax.bench.common.Setting;
import parallax.credentials.NativeSignatures;
import parallax.journal.files.LogOptions;
import parallax.link.Lane;
import parallax.signing.SignaturesBy;

/**
 * Runs every course through the same measures, turn and turn about, so that what the machine does
 * meanwhile falls on all alike; the first course is what the others are compared with. Then the
 * link's sessions alone, in memory.
 */
final class LinkBench {
  private static final int RATE = 1_000;
  private static final int URGENT_RATE = 100;
  private static final int ROUNDS = 3;
  private static final int[] BATCHES = {100, 500};
  private static final int[] SESSION_BATCHES = {1, 100, 500};
  private static final int SESSION_REPORTS = 1_000;

  /**
   * How long and how much.
   *
   * @param seconds of paced records a course, in all rounds together
   * @param records a course and batch size, in all rounds together
   * @param recordBytes length of a record on the raw transport
   */
  record Plan(double seconds, long records, int recordBytes) {}

  private static final class Measured {
    final PacedRun.Latencies latencies = new PacedRun.Latencies();
    final Map<Integer, List<Double>> perSecond = new LinkedHashMap<>();

    double median(int batch) {
      List<Double> sorted = perSecond.getOrDefault(batch, List.of()).stream().sorted().toList();
      return sorted.get(sorted.size() / 2);
    }
  }

  private final Plan plan;
  private final Output output;
  private final ObjectNode figures = JsonNodeFactory.instance.objectNode();

  LinkBench(Plan plan, Output output) {
    this.plan = plan;
    this.output = output;
  }

  /** Measures, prints, and returns the figures. */
  ObjectNode run() throws IOException, GeneralSecurityException, InterruptedException {
    figures.set("setting", Setting.json());
    output.line(
        String.format(Locale.ROOT, "%s; records of %d bytes", Setting.line(), plan.recordBytes()));
    var unused = NativeSignatures.use(); // as a node does; the next line says what came of it
    output.line("signed and verified by " + SignaturesBy.name());
    figures.put("signatures", SignaturesBy.name());
    Path folder = Files.createTempDirectory("parallax-bench");
    List<Course> courses = new ArrayList<>();
    List<NodePair> pairs = new ArrayList<>();
    try {
      Partners partners = Partners.create(folder);
      // The first is the yardstick.
      courses.add(new RawCourse("raw gRPC", partners, plan.recordBytes(), false));
      courses.add(new RawCourse("raw gRPC, direct", partners, plan.recordBytes(), true));
      for (LogOptions.Durability d : LogOptions.Durability.values()) {
        NodePair pair = new NodePair(folder.resolve(d.name()), d);
        pairs.add(pair);
        courses.add(new NodesCourse("nodes, " + d.name() + " durability", pair, Lane.BULK));
      }
      measure(courses);
      for (NodePair pair : pairs) {
        urgentBesideBulk(pair);
      }
    } finally {
      courses.forEach(Course::close);
      pairs.forEach(NodePair::close);
      Folders.delete(folder);
    }
    sessions();
    return figures;
  }

  private void measure(List<Course> courses) throws InterruptedException {
    List<Measured> measured = new ArrayList<>();
    for (Course c : courses) {
      output.progress(String.format(Locale.ROOT, "%s: warming up", c.name()));
      FloodRun.run(c, BATCHES[0], plan.records() / 4);
      PacedRun.run(c, RATE, Math.min(2, plan.seconds()), new PacedRun.Latencies());
      measured.add(new Measured());
    }
    for (int round = 1; round <= ROUNDS; round++) {
      for (int i = 0; i < courses.size(); i++) {
        Course c = courses.get(i);
        Measured m = measured.get(i);
        PacedRun.run(c, RATE, plan.seconds() / ROUNDS, m.latencies);
        output.progress(
            String.format(
                Locale.ROOT,
                "%s, round %d: at %d a second p50 %.3f ms, p99 %.3f ms so far",
                c.name(),
                round,
                RATE,
                ms(m.latencies.arrival, 50),
                ms(m.latencies.arrival, 99)));
        for (int batch : BATCHES) {
          double perSecond = FloodRun.run(c, batch, plan.records() / ROUNDS);
          m.perSecond.computeIfAbsent(batch, b -> new ArrayList<>()).add(perSecond);
          output.progress(
              String.format(
                  Locale.ROOT,
                  "%s, round %d: in batches of %d %,.0f records/s",
                  c.name(),
                  round,
                  batch,
                  perSecond));
        }
      }
    }
    latencyTable(courses, measured);
    throughputTable(courses, measured);
    output.line("");
    output.line(
        "Latency counts from when a record was due, to its arrival and to its acknowledgement;");
    output.line(
        String.format(
            Locale.ROOT,
            "due-to-handed-over is what the machine added. Load at the end %.2f.",
            Setting.load()));
  }

  /** How long urgent records take while the other lane has nothing, and while it is full. */
  private void urgentBesideBulk(NodePair pair) throws InterruptedException {
    Course urgent = new NodesCourse("urgent", pair, Lane.URGENT);
    Course bulk = new NodesCourse("bulk", pair, Lane.BULK);
    PacedRun.Latencies alone = new PacedRun.Latencies();
    PacedRun.run(urgent, URGENT_RATE, plan.seconds() / 2, alone);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread flood =
        Thread.ofPlatform()
            .name("flood")
            .start(
                () -> {
                  try {
                    while (!ended.get()) {
                      bulk.send(BATCHES[0]);
                    }
                  } catch (InterruptedException | RuntimeException e) {
                    failure.set(e);
                  }
                });
    PacedRun.Latencies beside = new PacedRun.Latencies();
    long startNs = System.nanoTime();
    long before = bulk.sent();
    PacedRun.run(urgent, URGENT_RATE, plan.seconds() / 2, beside);
    double bulkPerSecond = (bulk.sent() - before) * 1e9 / (System.nanoTime() - startNs);
    ended.set(true);
    flood.join();
    Throwable t = failure.get();
    if (t != null) {
      throw new IllegalStateException("the bulk lane broke: " + t.getMessage(), t);
    }
    String at = "urgent, " + pair.durability() + " durability, " + URGENT_RATE + " a second, ms";
    ObjectNode json = figures.withObject("/urgent_ms/" + pair.durability());
    json.put("bulk_records_per_second", bulkPerSecond);
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {at, "p50", "p99", "p99.9", "most", "p50 x", "p99 x"});
    add(rows, json, "bulk lane empty", "arrival", alone.arrival, alone.arrival);
    add(
        rows,
        json,
        String.format(Locale.ROOT, "bulk lane full (%,.0f/s)", bulkPerSecond),
        "arrival beside bulk",
        beside.arrival,
        alone.arrival);
    output.line("");
    output.table(rows.toArray(String[][]::new));
  }

  private void latencyTable(List<Course> courses, List<Measured> measured) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "at " + RATE + " a second, ms", "p50", "p99", "p99.9", "most", "p50 x", "p99 x"
        });
    Measured first = measured.get(0);
    ObjectNode all = figures.putObject("latency_ms");
    for (int i = 0; i < courses.size(); i++) {
      PacedRun.Latencies l = measured.get(i).latencies;
      String name = courses.get(i).name();
      ObjectNode of = all.putObject(name);
      add(rows, of, name, "arrival", l.arrival, first.latencies.arrival);
      add(rows, of, name, "acknowledged", l.acknowledgement, first.latencies.acknowledgement);
      add(rows, of, name, "due-to-handed-over", l.pacing, first.latencies.pacing);
    }
    output.table(rows.toArray(String[][]::new));
  }

  private static void add(
      List<String[]> rows, ObjectNode json, String name, String what, Histogram h, Histogram base) {
    rows.add(
        new String[] {
          name + ", " + what,
          number("%.3f", ms(h, 50)),
          number("%.3f", ms(h, 99)),
          number("%.3f", ms(h, 99.9)),
          number("%.3f", h.getMaxValue() / 1e6),
          number("%.2f", ms(h, 50) / ms(base, 50)),
          number("%.2f", ms(h, 99) / ms(base, 99))
        });
    json.putObject(what)
        .put("records", h.getTotalCount())
        .put("p50", ms(h, 50))
        .put("p99", ms(h, 99))
        .put("p999", ms(h, 99.9))
        .put("most", h.getMaxValue() / 1e6);
  }

  private void throughputTable(List<Course> courses, List<Measured> measured) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"in batches", "of", "records/s, median", "least", "most", "x"});
    ObjectNode all = figures.putObject("records_per_second");
    for (int batch : BATCHES) {
      for (int i = 0; i < courses.size(); i++) {
        Measured m = measured.get(i);
        List<Double> runs = m.perSecond.getOrDefault(batch, List.of());
        double least = runs.stream().mapToDouble(d -> d).min().orElse(0);
        double most = runs.stream().mapToDouble(d -> d).max().orElse(0);
        rows.add(
            new String[] {
              courses.get(i).name(),
              String.valueOf(batch),
              number("%,.0f", m.median(batch)),
              number("%,.0f", least),
              number("%,.0f", most),
              number("%.2f", m.median(batch) / measured.get(0).median(batch))
            });
        ObjectNode of = all.withObject("/" + courses.get(i).name());
        of.putObject("batches of " + batch)
            .put("median", m.median(batch))
            .put("least", least)
            .put("most", most);
      }
    }
    output.table(rows.toArray(String[][]::new));
  }

  /** The link alone. */
  private void sessions() {
    output.line("");
    output.progress(
        String.format(
            Locale.ROOT, "the link alone, in memory: %d sample reports", SESSION_REPORTS));
    SessionPair pair = new SessionPair(new Samples(1).released(SESSION_REPORTS));
    List<SessionPair.Spent> spent = new ArrayList<>();
    ObjectNode json = figures.putObject("sessions_us_a_record");
    for (int batch : SESSION_BATCHES) {
      long exchanges = Math.max(1, plan.records() / (batch == 1 ? 20 : 1) / batch);
      run(pair, batch, Math.max(1, exchanges / 2));
      SessionPair.Spent s = run(pair, batch, exchanges);
      spent.add(s);
      output.progress(
          String.format(
              Locale.ROOT,
              "batches of %d: %,.0f records/s on one thread, %.2f us a record of %d bytes",
              batch,
              s.records * 1e9 / s.totalNs(),
              s.totalNs() / 1e3 / s.records,
              s.recordBytes / s.records));
      ObjectNode of = json.putObject("batches of " + batch);
      s.microseconds().forEach(of::put);
      of.put("all", s.totalNs() / 1e3 / s.records);
    }
    List<String[]> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("the link in memory, us a record"));
    for (int batch : SESSION_BATCHES) {
      heading.add("batch " + batch);
      heading.add("share");
    }
    rows.add(heading.toArray(String[]::new));
    for (String part : spent.get(0).microseconds().keySet()) {
      List<String> row = new ArrayList<>(List.of(part));
      for (SessionPair.Spent s : spent) {
        double us = s.microseconds().getOrDefault(part, 0.0);
        row.add(number("%.3f", us));
        row.add(number("%.0f %%", 100 * us * 1e3 * s.records / s.totalNs()));
      }
      rows.add(row.toArray(String[]::new));
    }
    List<String> sum = new ArrayList<>(List.of("all"));
    for (SessionPair.Spent s : spent) {
      sum.add(number("%.3f", s.totalNs() / 1e3 / s.records));
      sum.add("");
    }
    rows.add(sum.toArray(String[]::new));
    output.table(rows.toArray(String[][]::new));
  }

  private static SessionPair.Spent run(SessionPair pair, int batch, long exchanges) {
    pair.takeSpent();
    for (long i = 0; i < exchanges; i++) {
      pair.exchange(batch);
    }
    return pair.takeSpent();
  }

  private static double ms(Histogram h, double percentile) {
    return h.getValueAtPercentile(percentile) / 1e6;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
