package parallax.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.evaluation.FlownLaunch;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax exercise plots}. */
@Command(
    name = "plots",
    mixinStandardHelpOptions = true,
    description =
        "Writes what a nation's sensors would report of a published launch, as a file that"
            + " 'parallax feed' plays into a node. The figures of sensors are notional.")
final class ExercisePlots implements Callable<Integer> {
  @Option(
      names = "--launches",
      paramLabel = "FILE",
      description = "table of launches, CSV (default: the published launches)")
  private @Nullable Path launches;

  @Option(
      names = "--launch",
      paramLabel = "ID",
      required = true,
      description = "which one, for example L39")
  private String launchId = "";

  @Option(
      names = "--nation",
      paramLabel = "XXX",
      required = true,
      description = "whose sensors, for example JPN")
  private String nation = "";

  @Option(
      names = "--sensors",
      paramLabel = "FILE",
      description =
          "table of sensors, such as a node's sensors.csv (default: the notional sensors)")
  private @Nullable Path sensors;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of the sensors' noise and luck (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "the file to write, .csv or .jsonl")
  private Path out = Path.of("");

  @Override
  public Integer call() {
    GivenFile.requireWritable("--out", out);
    Nation whose = PartnerCommand.nation(nation);
    List<Sensor> own =
        (sensors == null ? NotionalSensors.table() : FeedExample.table(sensors)).of(whose);
    if (own.isEmpty()) {
      throw new WrongUse(
          "there is no sensor of "
              + whose
              + " in "
              + (sensors == null ? "the notional sensors" : sensors));
    }
    PublishedLaunch launch = Launches.one(Launches.table(launches), launchId);
    FlownLaunch flown = FlownLaunch.of(launch);
    Flight flight =
        switch (flown.plan()) {
          case FlightPlan.Flown f -> f.flight();
          case FlightPlan.NotFlown n ->
              throw new WrongUse("launch " + launch.id() + " cannot be flown: " + n.reason());
        };
    List<Plot> plots = PlotGenerator.plots(flight, own, seed);
    if (plots.isEmpty()) {
      throw new WrongUse("no sensor of " + whose + " sees launch " + launchId);
    }
    PlotText.write(plots, out);
    System.out.println(
        plots.size()
            + " plots of "
            + launchId
            + " by sensors of "
            + whose
            + " written to "
            + out
            + ", from "
            + plots.getFirst().timeOfValidity()
            + " to "
            + plots.getLast().timeOfValidity());
    return 0;
  }
}
