package parallax.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.demo.Demo;
import parallax.demo.DemoResult;
import parallax.demo.DemoTables;
import parallax.demo.HtmlReport;
import parallax.evaluation.FlownLaunch;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.LaunchTable;
import parallax.exercise.PublishedLaunch;
import parallax.warning.AreaCatalogue;
import parallax.warning.MapOutline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Three nodes, one each for Japan, the Republic of Korea and the United States, share a"
            + " historic launch on the EXERCISE channel; then a table says what sharing was worth.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--launch",
      paramLabel = "ID",
      description = "launch to fly (default: ${DEFAULT-VALUE}, 13 April 2023)")
  private String launchId = "L48";

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "exercise seconds a second, 0.1 to 100 (default: ${DEFAULT-VALUE})")
  private double speed = 20;

  @Option(
      names = "--launches",
      paramLabel = "FILE",
      description = "table of launches, CSV (default: the published launches)")
  private @Nullable Path launches;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the sensors' noise (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
  private @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write one self-contained page with map, timeline and plots")
  private @Nullable Path html;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "keep the nodes' directories there, keys and journals included")
  private @Nullable Path keep;

  @Override
  public Integer call() throws Exception {
    if (!(speed >= 0.1 && speed <= 100)) {
      throw new WrongUse("--speed is " + speed + "; expected 0.1 to 100");
    }
    LaunchTable table = Launches.table(launches);
    table.errors().forEach(e -> System.err.println("row left out: " + e));
    PublishedLaunch launch = Launches.one(table, launchId);
    GivenFile.requireWritable("--json", json);
    GivenFile.requireWritable("--html", html);
    if (keep != null) {
      GivenFile.requireWritableFolder("--keep", keep);
    }
    FlownLaunch flown = FlownLaunch.of(launch);
    Optional<String> assumption = flown.assumption();
    Flight flight = fly(launch, flown);
    Path directory = keep != null ? keep : Files.createTempDirectory("parallax-demo");
    Files.createDirectories(directory);
    PrintStream out = System.out;
    introduce(out, launch, assumption, flight);
    try {
      DemoResult result =
          new Demo(new Demo.Plan(launch, assumption, flight, speed, seed, directory), out).run();
      out.print(DemoTables.text(result));
      if (json != null) {
        Files.write(json, DemoTables.json(result));
        out.println("figures: " + json);
      }
      if (html != null) {
        Files.writeString(
            html, HtmlReport.html(result, MapOutline.bundled(), AreaCatalogue.bundled()));
        out.println("report: " + html);
      }
      boolean good =
          result.pictureDigest().isPresent()
              && result.links().stream().allMatch(l -> l.lost() == 0 && l.duplicated() == 0);
      return good ? 0 : 1;
    } finally {
      if (keep == null) {
        Demo.delete(directory);
      }
    }
  }

  private static Flight fly(PublishedLaunch launch, FlownLaunch flown) {
    return switch (flown.plan()) {
      case FlightPlan.Flown f -> f.flight();
      case FlightPlan.NotFlown n ->
          throw new WrongUse("launch " + launch.id() + " cannot be flown: " + n.reason());
    };
  }

  private static void introduce(
      PrintStream out, PublishedLaunch launch, Optional<String> assumption, Flight flight) {
    out.println("EXERCISE EXERCISE EXERCISE - notional sensors, historic launch");
    out.println(
        launch.id()
            + ", "
            + flight.launchTime()
            + ", "
            + launch.site()
            + ": "
            + launch.type()
            + ", "
            + launch.profile());
    assumption.ifPresent(a -> out.println("assumed, because not published: " + a));
    if (launch.salvoSize() > 1) {
      out.println("the row reports " + launch.salvoSize() + " missiles; one of them is flown");
    }
    out.printf(
        Locale.ROOT,
        "flown: range %.0f km, apogee %.0f km, burnout T+%.0f s, impact T+%.0f s%n",
        flight.rangeM() / 1e3,
        flight.apogeeM() / 1e3,
        flight.burnoutS(),
        flight.durationS());
  }
}
