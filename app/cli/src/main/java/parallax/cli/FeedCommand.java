package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.client.SensorFeed;
import parallax.files.FileProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax feed}. */
@Command(
    name = "feed",
    mixinStandardHelpOptions = true,
    description =
        "Plays plots from a file, or as they come on standard input, into a running node, as a"
            + " sensor gateway would. A CSV file says in its header what each column is and in"
            + " which unit (time_utc, sensor, range_m, azimuth_deg, elevation_deg and more); a line"
            + " of JSON has the same keys. docs/sensors.md has all of them. Exit code 0: the node"
            + " used every plot; 1: it refused some, or lines were no plots; 2: wrong use.")
final class FeedCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final int LONGEST_FEED = 80;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "the plots, .csv or .jsonl; - is standard input")
  private @Nullable String file;

  @Mixin private FeedTarget target = new FeedTarget();

  @Option(
      names = "--format",
      paramLabel = "csv|jsonl",
      description = "how the plots are written (default: as the file's name ends; - is jsonl)")
  private PlotFile.@Nullable Format format;

  @Option(
      names = "--feed",
      paramLabel = "NAME",
      description = "the feed's name; each belongs to one gateway (default: the file's name)")
  private @Nullable String feedName;

  @Option(
      names = "--live",
      description =
          "move all times by the same amount, so that the first plot is of now; plots go at their"
              + " own speed")
  private boolean live;

  @Option(
      names = "--as-recorded",
      description = "leave times as they are (the default); for a node on an exercise clock")
  private boolean asRecorded;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "with times as recorded: N seconds between plots pass in one (default: 1)")
  private @Nullable Double speed;

  @Option(
      names = "--resume",
      description =
          "the feed has had the beginning of this file: go on with the first plot that the node"
              + " does not hold")
  private boolean resume;

  @Option(
      names = "--append",
      description = "the feed has had other plots: number all plots of this file after them")
  private boolean append;

  @Option(
      names = "--strict",
      description =
          "stop at the first line that is no plot; of a file nothing is sent then (exit code 2)")
  private boolean strict;

  @Option(
      names = "--example",
      paramLabel = "FILE",
      description =
          "write an example to play, of sensors that the node of --to DIR has, and end (.csv or"
              + " .jsonl)")
  private @Nullable Path example;

  @Override
  public Integer call() throws InterruptedException {
    if (example != null) {
      FeedExample.write(example, target);
      return 0;
    }
    requireSense();
    String name = String.valueOf(file);
    FeedPlayer player = new FeedPlayer(play(name), System.out, System.err);
    String feed = feedName == null ? defaultFeed(name) : feedName;
    try (SensorFeed open = target.feed(feed, player.listener())) {
      return player.into(open, feed);
    } catch (IOException e) {
      String why = FileProblem.of(e);
      throw new WrongUse(why.contains(name) ? why : name + ": " + why);
    }
  }

  private FeedPlayer.Play play(String name) {
    boolean piped = name.equals(STANDARD_INPUT);
    Path path = piped ? Path.of("") : existing(name);
    return new FeedPlayer.Play(
        piped ? "standard input" : name,
        piped ? () -> System.in : () -> Files.newInputStream(path),
        format == null ? formatOf(name) : format,
        !piped && Files.isRegularFile(path),
        target.nation(),
        resume
            ? FeedPlayer.Numbering.RESUME
            : append ? FeedPlayer.Numbering.APPEND : FeedPlayer.Numbering.NEW,
        live,
        speed == null ? OptionalDouble.empty() : OptionalDouble.of(speed),
        strict,
        target.hasExerciseClock(),
        target.clock());
  }

  private static Path existing(String name) {
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw new WrongUse(
          "FILE is '" + BadPlot.shown(name) + "'; expected the name of a file, or -");
    }
    if (!Files.exists(path)) {
      throw new WrongUse("there is no " + path);
    }
    if (Files.isDirectory(path)) {
      throw new WrongUse(path + " is a folder; expected a file of plots");
    }
    return path;
  }

  private static PlotFile.Format formatOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv")) {
      return PlotFile.Format.CSV;
    }
    if (name.equals(STANDARD_INPUT) || lower.endsWith(".jsonl")) {
      return PlotFile.Format.JSONL;
    }
    throw new WrongUse(
        name
            + ": the name does not say how the plots are written; expected .csv or .jsonl, or"
            + " --format csv or jsonl");
  }

  /** The name of the file, without its folder; at most as long as a feed's name may be. */
  private static String defaultFeed(String name) {
    if (name.equals(STANDARD_INPUT)) {
      return "standard input";
    }
    String last = String.valueOf(Path.of(name).getFileName());
    return last.length() <= LONGEST_FEED ? last : last.substring(last.length() - LONGEST_FEED);
  }

  private void requireSense() {
    if (file == null) {
      throw new WrongUse("no FILE of plots; expected one, or - for standard input");
    }
    if (!target.isNamed()) {
      throw new WrongUse("--to is missing; expected the node's directory or HOST:PORT");
    }
    if (live && asRecorded) {
      throw new WrongUse("--live and --as-recorded; expected one of them");
    }
    if (resume && append) {
      throw new WrongUse("--resume and --append; expected one of them");
    }
    if (speed != null && live) {
      throw new WrongUse(
          "--speed and --live; live plots go at their own speed. Expected --speed with times as"
              + " recorded");
    }
    if (speed != null && !(speed > 0 && speed <= 1e9)) {
      throw new WrongUse("--speed is " + speed + "; expected a number greater than 0");
    }
  }
}
