package parallax.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.credentials.Fingerprints;
import parallax.evaluation.Battery;
import parallax.evaluation.BatteryJson;
import parallax.evaluation.BatteryResult;
import parallax.evaluation.Progress;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.files.WholeFile;
import parallax.release.DefaultFiles;
import parallax.report.BatteryPage;
import parallax.report.BatteryText;
import parallax.tables.RowError;
import parallax.warning.AreaCatalogue;
import parallax.warning.MapOutline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax exercise battery}. */
@Command(
    name = "battery",
    mixinStandardHelpOptions = true,
    description = {
      "Flies every launch of a table that can be flown with several seeds, each nation alone and"
          + " all three sharing, in memory, and measures what sharing is worth.",
      "Exit code 1 when sharing made a figure of a launch worse beyond noise, or a run was unsound."
    })
final class BatteryCommand implements Callable<Integer> {
  private static final int MOST_SEEDS = 10_000;
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--launches",
      paramLabel = "FILE",
      description = "table of launches, CSV (default: the published launches)")
  private @Nullable Path launches;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "seeds of the sensors' noise, 1 to N (default: ${DEFAULT-VALUE})")
  private int seeds = 5;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "runs at a time (default: one a processor)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
  private @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write one self-contained page with tables, charts and maps")
  private @Nullable Path html;

  @Override
  public Integer call() throws IOException, InterruptedException {
    within("--seeds", seeds, MOST_SEEDS);
    within("--threads", threads, MOST_THREADS);
    GivenFile.requireWritable("--json", json);
    GivenFile.requireWritable("--html", html);
    LaunchTable table = Launches.table(launches);
    if (table.launches().isEmpty()) {
      List<String> rows = table.errors().stream().map(RowError::toString).toList();
      throw new WrongUse(launches + " has no usable row; " + String.join("; ", rows));
    }
    PrintStream out = System.out;
    long from = System.nanoTime();
    Progress progress =
        new Progress(System.out, Boolean.getBoolean("parallax.terminal"), System::nanoTime);
    BatteryResult result =
        new Battery(
                table,
                launches == null
                    ? "the published launches"
                    : String.valueOf(launches.getFileName()),
                seeds,
                threads,
                progress)
            .run(made(table));
    out.print(BatteryText.text(result));
    out.printf(
        Locale.ROOT,
        "%d launches, %d seeds, %d threads: %.0f s%n",
        result.launches().size(),
        seeds,
        threads,
        (System.nanoTime() - from) * 1e-9);
    if (json != null) {
      WholeFile.write(json, BatteryJson.bytes(result));
      out.println("figures: " + json);
    }
    if (html != null) {
      String page = BatteryPage.html(result, MapOutline.bundled(), AreaCatalogue.bundled());
      WholeFile.write(html, page.getBytes(StandardCharsets.UTF_8));
      out.println("report: " + html);
    }
    return result.good() ? 0 : 1;
  }

  private static void within(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new WrongUse(option + " is " + value + "; expected 1 to " + most);
    }
  }

  /** What a reader needs to make the same figures again. */
  private static SortedMap<String, String> made(LaunchTable table) {
    SortedMap<String, String> made = new TreeMap<>();
    made.put("parallax", Main.VERSION);
    made.put("java", System.getProperty("java.runtime.version", "unknown"));
    made.put(
        "launchesSha256",
        Fingerprints.sha256(table.launches().toString().getBytes(StandardCharsets.UTF_8)));
    made.put(
        "sensorsSha256",
        Fingerprints.sha256(
            NotionalSensors.table().sensors().toString().getBytes(StandardCharsets.UTF_8)));
    made.put("agreementSha256", Fingerprints.sha256(DefaultFiles.agreement()));
    return made;
  }
}
