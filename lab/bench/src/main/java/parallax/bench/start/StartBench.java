package parallax.bench.start;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import parallax.bench.common.Output;
import parallax.bench.common.Setting;

/** Starts from each journal in turn, in a process of its own each time. */
final class StartBench {
  /** How the launcher starts a node. */
  private static final List<String> AS_A_NODE =
      List.of(
          "-Xms96m", "-XX:NewSize=48m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  private static final String ARENAS = "MALLOC_ARENA_MAX";
  private static final double KIB_IN_MIB = 1024;

  private final StartPlan plan;
  private final Output output;
  private final boolean inProcess;

  /**
   * A bench.
   *
   * @param inProcess starts in this process: for tests; memory says nothing then
   */
  StartBench(StartPlan plan, Output output, boolean inProcess) {
    this.plan = plan;
    this.output = output;
    this.inProcess = inProcess;
  }

  /** Makes the journals, measures, prints, and returns the figures. */
  ObjectNode run(Journals journals) throws IOException, InterruptedException {
    output.line(Setting.line());
    List<String> names = journals.make();
    SortedMap<String, List<StartProbe.Figures>> measured = new TreeMap<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      for (String name : names) {
        StartProbe.Figures f =
            inProcess
                ? StartProbe.measure(journals.of(name), System.nanoTime())
                : ofItsOwn(journals.of(name).toString());
        measured.computeIfAbsent(name, n -> new ArrayList<>()).add(f);
      }
      output.progress("round " + round + " of " + plan.rounds());
    }
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.set("setting", Setting.json());
    figures.put("plan", plan.journals());
    ObjectNode json = figures.putObject("journals");
    List<String[]> table = new ArrayList<>();
    table.add(
        new String[] {
          "journal",
          "ready, s",
          "worst",
          "log open",
          "restored",
          "processor, s",
          "replayed",
          "live tracks",
          "resident, MiB",
          "x new",
          "files",
          "snapshots",
          "MB",
          "capture, ms",
          "encode"
        });
    double base = median(measured.getOrDefault(Journals.NEW, List.of()), f -> f.residentKiB());
    for (String name : names) {
      row(name, measured.getOrDefault(name, List.of()), journals.size(name), base, table, json);
    }
    output.table(table.toArray(String[][]::new));
    output.line("");
    boolean same =
        measured.values().stream()
                .flatMap(List::stream)
                .map(StartProbe.Figures::tracks)
                .distinct()
                .count()
            == 1;
    figures.put("same_tracks", same);
    output.line(
        same
            ? "The live tracks are the same in all, to the last bit."
            : "The live tracks are NOT the same in all.");
    output.line(
        "Seconds from the start of the program until all inputs were replayed; nothing but the"
            + " journal, the engine and its areas was started. Capture: what a snapshot takes of"
            + " the loop's thread; encode: of another, with its digest.");
    output.line(String.format(Locale.ROOT, "Load at the end %.2f.", Setting.load()));
    return figures;
  }

  private static void row(
      String name,
      List<StartProbe.Figures> all,
      Journals.Size size,
      double base,
      List<String[]> table,
      ObjectNode json) {
    double ready = median(all, StartProbe.Figures::readyMs) / 1e3;
    double worst = all.stream().mapToDouble(StartProbe.Figures::readyMs).max().orElse(0) / 1e3;
    double opened = median(all, StartProbe.Figures::openedMs) / 1e3;
    double restored = median(all, StartProbe.Figures::restoredMs) / 1e3;
    double cpu = median(all, StartProbe.Figures::cpuMs) / 1e3;
    double resident = median(all, f -> f.residentKiB());
    StartProbe.Figures last = all.getLast();
    table.add(
        new String[] {
          name,
          number("%.2f", ready),
          number("%.2f", worst),
          number("%.2f", opened),
          number("%.2f", restored),
          number("%.2f", cpu),
          number("%,d", last.replayed()),
          number("%,d", last.liveTracks()),
          number("%.0f", resident / KIB_IN_MIB),
          base > 0 ? number("%.2f", resident / base) : "-",
          number("%,d", size.files()),
          number("%,d", size.snapshots()),
          number("%,.1f", size.bytes() / 1e6),
          number("%.2f", median(all, StartProbe.Figures::capturedMs)),
          number("%.1f", median(all, StartProbe.Figures::encodedMs))
        });
    json.putObject(name)
        .put("ready_s", ready)
        .put("worst_s", worst)
        .put("log_open_s", opened)
        .put("restored_s", restored)
        .put("processor_s", cpu)
        .put("replayed", last.replayed())
        .put("notes", last.notes())
        .put("live_tracks", last.liveTracks())
        .put("resident_mib", resident / KIB_IN_MIB)
        .put("resident_x_new", base > 0 ? resident / base : 0)
        .put("files", size.files())
        .put("snapshots", size.snapshots())
        .put("bytes", size.bytes())
        .put("snapshot_captured_ms", median(all, StartProbe.Figures::capturedMs))
        .put("snapshot_encoded_ms", median(all, StartProbe.Figures::encodedMs));
  }

  private static double median(
      List<StartProbe.Figures> all, ToDoubleFunction<StartProbe.Figures> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static StartProbe.Figures ofItsOwn(String journal)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(AS_A_NODE);
    String modules = property("jdk.module.path");
    if (modules != null && StartProbe.class.getModule().isNamed()) {
      command.addAll(List.of("--module-path", modules, "--module"));
      command.add(StartProbe.class.getModule().getName() + "/" + StartProbe.class.getName());
    } else {
      command.addAll(List.of("-cp", String.valueOf(property("java.class.path"))));
      command.add(StartProbe.class.getName());
    }
    command.add(journal);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putIfAbsent(ARENAS, "2");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var unused = process.waitFor();
    return StartProbe.Figures.parse(said.lines().toList());
  }

  private static @Nullable String property(String name) {
    return System.getProperty(name);
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
