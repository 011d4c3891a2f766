package parallax.bench.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import parallax.bench.common.Output;
import parallax.bench.common.Setting;

/**
 * Appends the same batches durably to several stores, turn and turn about, and reads everything
 * back: what a batch of 1, 10, 100 and 1,000 inputs costs. The first store is the yardstick.
 */
final class StoreBench {
  private static final int[] BATCHES = {1, 10, 100, 1_000};
  private static final int ROUNDS = 10;
  private static final int READINGS = 3;
  private static final int KINDS = 256;
  private static final long HIGHEST_NS = 100_000_000_000L;

  /**
   * How much.
   *
   * @param batches of each size, in all rounds together
   * @param inputs in each store when it is read
   * @param inputBytes length of an input
   */
  record Plan(int batches, int inputs, int inputBytes) {}

  private static final class Measured {
    final Map<Integer, Histogram> appends = new LinkedHashMap<>();
    final Map<Integer, Long> ns = new LinkedHashMap<>();
    final List<Double> readS = new ArrayList<>();
    long inputs;

    Histogram of(int batch) {
      return appends.computeIfAbsent(batch, b -> new Histogram(HIGHEST_NS, 3));
    }

    double perSecond(int batch) {
      return of(batch).getTotalCount() * 1e9 / ns.getOrDefault(batch, 1L);
    }

    double readS() {
      return readS.stream().sorted().toList().get(readS.size() / 2);
    }
  }

  private final Plan plan;
  private final Output output;
  private final byte[][] inputs = new byte[KINDS][];
  private int next;

  StoreBench(Plan plan, Output output) {
    this.plan = plan;
    this.output = output;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < KINDS; i++) {
      inputs[i] = new byte[plan.inputBytes()];
      random.nextBytes(inputs[i]);
    }
  }

  /** Measures, prints, and returns the figures. */
  ObjectNode run(List<Store> stores) throws IOException {
    output.line(
        String.format(
            Locale.ROOT, "%s; inputs of %d bytes, durable", Setting.line(), plan.inputBytes()));
    List<Measured> measured = new ArrayList<>();
    for (Store s : stores) {
      Measured warm = new Measured();
      for (int batch : BATCHES) {
        append(s, warm, batch, Math.max(1, plan.batches() / 10));
      }
      Measured m = new Measured();
      m.inputs = warm.inputs;
      measured.add(m);
    }
    for (int round = 1; round <= ROUNDS; round++) {
      for (int batch : BATCHES) {
        for (int i = 0; i < stores.size(); i++) {
          append(stores.get(i), measured.get(i), batch, Math.max(1, plan.batches() / ROUNDS));
        }
      }
      output.progress("round " + round + " of " + ROUNDS);
    }
    read(stores, measured);
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.set("setting", Setting.json());
    for (int batch : BATCHES) {
      table(stores, measured, batch, figures.putObject("batches_of_" + batch));
    }
    readTable(stores, measured, figures.putObject("read"));
    output.line(String.format(Locale.ROOT, "Load at the end %.2f.", Setting.load()));
    return figures;
  }

  private void append(Store store, Measured into, int batch, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      byte[][] some = some(batch);
      long t = System.nanoTime();
      store.append(some);
      long took = System.nanoTime() - t;
      into.of(batch).recordValue(took);
      into.ns.merge(batch, took, Long::sum);
      into.inputs += batch;
    }
  }

  private void read(List<Store> stores, List<Measured> measured) throws IOException {
    int most = BATCHES[BATCHES.length - 1];
    for (int i = 0; i < stores.size(); i++) {
      Measured m = measured.get(i);
      while (m.inputs < plan.inputs()) {
        int some = (int) Math.min(most, plan.inputs() - m.inputs);
        stores.get(i).append(some(some));
        m.inputs += some;
      }
      output.progress(stores.get(i).name() + ": filled");
    }
    for (int reading = 0; reading < READINGS; reading++) {
      for (int i = 0; i < stores.size(); i++) {
        long t = System.nanoTime();
        long bytes = stores.get(i).readAll();
        measured.get(i).readS.add((System.nanoTime() - t) / 1e9);
        long expected = measured.get(i).inputs * plan.inputBytes();
        if (bytes != expected) {
          throw new IOException(
              stores.get(i).name() + " gave " + bytes + " bytes; expected " + expected);
        }
      }
    }
  }

  private void table(List<Store> stores, List<Measured> measured, int batch, ObjectNode json) {
    List<String[]> table = new ArrayList<>();
    table.add(
        new String[] {
          "batches of " + batch, "batches/s", "inputs/s", "x", "p50, ms", "x", "p99, ms", "x"
        });
    Measured base = measured.get(0);
    for (int i = 0; i < stores.size(); i++) {
      Measured m = measured.get(i);
      double p50 = m.of(batch).getValueAtPercentile(50) / 1e6;
      double p99 = m.of(batch).getValueAtPercentile(99) / 1e6;
      table.add(
          new String[] {
            stores.get(i).name(),
            number("%,.0f", m.perSecond(batch)),
            number("%,.0f", m.perSecond(batch) * batch),
            number("%.2f", m.perSecond(batch) / base.perSecond(batch)),
            number("%.3f", p50),
            number("%.2f", p50 * 1e6 / base.of(batch).getValueAtPercentile(50)),
            number("%.3f", p99),
            number("%.2f", p99 * 1e6 / base.of(batch).getValueAtPercentile(99))
          });
      json.putObject(stores.get(i).name())
          .put("batches_per_second", m.perSecond(batch))
          .put("p50_ms", p50)
          .put("p99_ms", p99);
    }
    output.table(table.toArray(String[][]::new));
    output.line("");
  }

  private void readTable(List<Store> stores, List<Measured> measured, ObjectNode json) {
    List<String[]> table = new ArrayList<>();
    table.add(new String[] {"reading back", "inputs", "s", "inputs/s", "x"});
    double base = measured.get(0).inputs / measured.get(0).readS();
    for (int i = 0; i < stores.size(); i++) {
      Measured m = measured.get(i);
      double rate = m.inputs / m.readS();
      table.add(
          new String[] {
            stores.get(i).name(),
            number("%,.0f", (double) m.inputs),
            number("%.2f", m.readS()),
            number("%,.0f", rate),
            number("%.2f", rate / base)
          });
      json.putObject(stores.get(i).name()).put("inputs_per_second", rate);
    }
    output.table(table.toArray(String[][]::new));
    output.line("");
  }

  private byte[][] some(int count) {
    byte[][] some = new byte[count][];
    for (int i = 0; i < count; i++) {
      some[i] = inputs[next++ % KINDS];
    }
    return some;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
