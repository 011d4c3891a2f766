package parallax.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.evaluation.FlownLaunch;
import parallax.exercise.FlightPlan;
import parallax.files.FileProblem;
import parallax.files.WholeFile;
import parallax.host.NodeClock;
import parallax.host.NodeSettings;
import parallax.host.Setting;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax exercise clock}. */
@Command(
    name = "clock",
    mixinStandardHelpOptions = true,
    description =
        "Sets the clock of an exercise in the directories of its nodes: what time the exercise"
            + " begins at, when that is, and how fast its time passes. Nodes that do not run yet"
            + " need nothing else; 'parallax feed' then plays recorded plots by that clock.")
final class ExerciseClock implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "The directories of all nodes that take part.")
  private List<Path> directories = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "The exercise's time when it begins, for example 2026-11-24T23:00:00Z.")
  private @Nullable String from;

  @Option(
      names = "--launch",
      paramLabel = "ID",
      description = "In the place of --from: half a minute before this published launch.")
  private @Nullable String launch;

  @Option(
      names = "--begins-in",
      paramLabel = "S",
      description = "How many seconds from now it begins (default: ${DEFAULT-VALUE}).")
  private double beginsInS = 20;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "How many seconds of it pass in one (default: ${DEFAULT-VALUE}).")
  private double speed = 1;

  @Option(
      names = "--hours",
      paramLabel = "H",
      description = "How many hours of its own time it lasts (default: ${DEFAULT-VALUE}).")
  private double hours = 12;

  @Override
  public Integer call() throws IOException {
    UtcTime start = start();
    requireWithin("--speed", speed, 0.01, 1000);
    requireWithin("--begins-in", beginsInS, 0, 86_400);
    requireWithin("--hours", hours, 0.01, 10_000);
    for (Path d : directories) {
      settings(d); // all are looked at before one is changed
    }
    long beginsNs = NodeClock.wallNs() + Math.round(beginsInS * 1e9);
    NodeClock.Setting clock =
        new NodeClock.Setting(start, beginsNs, speed, start.plusSeconds(hours * 3_600));
    for (Path d : directories) {
      try {
        clock.write(d);
        switchOn(d);
      } catch (IOException e) {
        throw new WrongUse(FileProblem.of(e));
      }
      System.out.println(
          d
              + ": the exercise begins at "
              + start
              + " in "
              + Math.round(beginsInS)
              + " s, "
              + (speed == 1 ? "as fast as life" : speed + " times as fast as life"));
    }
    return 0;
  }

  private static void requireWithin(String option, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new WrongUse(option + " is " + value + "; expected " + low + " to " + high);
    }
  }

  private UtcTime start() {
    if ((from == null) == (launch == null)) {
      throw new WrongUse("when does the exercise begin? Expected either --from or --launch");
    }
    if (from != null) {
      return PartnerCommand.time(from);
    }
    return switch (FlownLaunch.of(Launches.one(Launches.table(null), launch)).plan()) {
      case FlightPlan.Flown f -> f.flight().launchTime().plusSeconds(-30);
      case FlightPlan.NotFlown n ->
          throw new WrongUse("launch " + launch + " cannot be flown: " + n.reason());
    };
  }

  private static NodeSettings settings(Path directory) throws IOException {
    NodeSettings s;
    try {
      s = NodeSettings.read(directory);
    } catch (InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
    if (s.channel() == Channel.REAL) {
      throw new WrongUse(
          directory + " is of channel REAL, where no clock but the real one is permitted");
    }
    return s;
  }

  /** Adds the setting that makes a node go by the exercise's clock, unless it is there. */
  private static void switchOn(Path directory) throws IOException {
    if (settings(directory).exerciseClock()) {
      return;
    }
    Path file = directory.resolve(NodeSettings.FILE);
    String key = Setting.EXERCISE_CLOCK.key() + ":";
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith(key)) {
        text.append(line).append('\n');
      }
    }
    WholeFile.write(
        file, text.append(key).append(" true\n").toString().getBytes(StandardCharsets.UTF_8));
  }
}
