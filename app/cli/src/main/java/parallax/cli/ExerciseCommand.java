package parallax.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.exercise.FlyReport;
import parallax.exercise.FlyResult;
import parallax.exercise.LaunchTable;
import parallax.exercise.PublishedLaunch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax exercise}. */
@Command(
    name = "exercise",
    mixinStandardHelpOptions = true,
    description = "Works with historic and made-up launches.",
    subcommands = {
      ExerciseCommand.Fly.class,
      ExercisePlots.class,
      ExerciseClock.class,
      BatteryCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class ExerciseCommand {
  /** {@code parallax exercise fly}. */
  @Command(
      name = "fly",
      mixinStandardHelpOptions = true,
      description =
          "Computes the flight of every row of a launch table and sets it beside the published"
              + " figures; a row that cannot be flown is listed with the reason.")
  static final class Fly implements Callable<Integer> {
    @Option(
        names = "--launches",
        paramLabel = "FILE",
        description = "table of launches, CSV (default: the published launches)")
    private @Nullable Path launches;

    @Option(names = "--launch", paramLabel = "ID", description = "only this one")
    private @Nullable String launchId;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
      GivenFile.requireWritable("--json", json);
      LaunchTable table = Launches.table(launches);
      table.errors().forEach(e -> System.err.println("row left out: " + e));
      List<PublishedLaunch> rows =
          launchId == null ? table.launches() : List.of(Launches.one(table, launchId));
      PrintStream out = System.out;
      out.printf(
          Locale.ROOT,
          "%-6s %9s %9s %9s %9s %9s %9s  %s%n",
          "id",
          "range km",
          "publ.",
          "apogee km",
          "publ.",
          "time s",
          "publ.",
          "nearest published");
      List<FlyResult> results = new ArrayList<>();
      for (PublishedLaunch row : rows) {
        FlyResult r = FlyReport.of(row);
        results.add(r);
        print(out, r);
      }
      long flown = results.stream().filter(FlyResult::flown).count();
      out.printf(
          Locale.ROOT,
          "%d of %d rows flown, %d not, %d malformed%n",
          flown,
          results.size(),
          results.size() - flown,
          table.errors().size());
      if (json != null) {
        Files.write(json, json(results));
      }
      return 0;
    }

    private static void print(PrintStream out, FlyResult r) {
      if (!r.flown()) {
        out.printf(Locale.ROOT, "%-6s not flown: %s%n", r.id(), r.reason());
        return;
      }
      out.printf(
          Locale.ROOT,
          "%-6s %9s %9s %9s %9s %9s %9s  %s%n",
          r.id(),
          figure(r.rangeKm(), 1),
          figure(r.publishedRangeKm(), 1),
          figure(r.apogeeKm(), 1),
          figure(r.publishedApogeeKm(), 1),
          figure(r.flightTimeS(), 0),
          figure(r.publishedFlightTimeS(), 0),
          r.nearestTimeS().isPresent() && r.flightTimeS().isPresent()
              ? String.format(
                  Locale.ROOT,
                  "%s %.0f s (%+.0f s)",
                  r.nearestTimePublisher(),
                  r.nearestTimeS().getAsDouble(),
                  r.flightTimeS().getAsDouble() - r.nearestTimeS().getAsDouble())
              : "");
    }

    private static String figure(OptionalDouble v, int digits) {
      return v.isPresent() ? String.format(Locale.ROOT, "%." + digits + "f", v.getAsDouble()) : "-";
    }

    private static byte[] json(List<FlyResult> results) throws IOException {
      ObjectMapper mapper = new ObjectMapper();
      ArrayNode array = mapper.createArrayNode();
      for (FlyResult r : results) {
        ObjectNode o = array.addObject();
        o.put("id", r.id());
        o.put("flown", r.flown());
        o.put("reason", r.flown() ? null : r.reason());
        put(o, "rangeKm", r.rangeKm());
        put(o, "apogeeKm", r.apogeeKm());
        put(o, "flightTimeS", r.flightTimeS());
        put(o, "publishedRangeKm", r.publishedRangeKm());
        put(o, "publishedApogeeKm", r.publishedApogeeKm());
        put(o, "publishedFlightTimeS", r.publishedFlightTimeS());
        put(o, "nearestPublishedFlightTimeS", r.nearestTimeS());
      }
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(array);
    }

    private static void put(ObjectNode o, String field, OptionalDouble v) {
      if (v.isPresent()) {
        o.put(field, v.getAsDouble());
      } else {
        o.putNull(field);
      }
    }
  }
}
