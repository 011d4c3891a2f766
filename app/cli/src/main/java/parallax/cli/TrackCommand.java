package parallax.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.engine.Order;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax track}: takes back, corrects or relabels what was told of an own track. */
@Command(
    name = "track",
    mixinStandardHelpOptions = true,
    description = "Takes back, corrects or relabels what partners were told of an own track.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrackCommand.Recall.class,
      TrackCommand.Correct.class,
      TrackCommand.Relabel.class
    })
final class TrackCommand {
  private TrackCommand() {}

  static TrackId track(String text) {
    int dash = text.indexOf('-');
    try {
      return new TrackId(
          new Nation(text.substring(0, Math.max(0, dash))),
          Long.parseLong(text.substring(dash + 1)));
    } catch (InvalidValueException | NumberFormatException e) {
      throw new WrongUse("track '" + WrongWords.shown(text) + "'; expected like KOR-3");
    }
  }

  /** {@code parallax track recall}. */
  @Command(
      name = "recall",
      mixinStandardHelpOptions = true,
      description = {
        "Takes back what partners were told of a track.",
        "They take it out of pictures, alerts and exports; their receipts show who has."
      })
  static final class Recall implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Mixin private NoticeWait wait = new NoticeWait();

    @Parameters(paramLabel = "TRACK", description = "the track, for example KOR-3")
    private String track = "";

    @Option(
        names = "--class",
        paramLabel = "LAUNCH_POINT|FLIGHT_PATH|IMPACT_POINT",
        description = "only this; without it the whole track, which is not told of again")
    private Report.@Nullable DataClass dataClass;

    @Option(
        names = "--reason",
        paramLabel = "unstated|false_report|mistake|told_in_error",
        defaultValue = "unstated",
        description = "why (default: ${DEFAULT-VALUE})")
    private Report.RecallReason reason = Report.RecallReason.UNSTATED;

    @Override
    public Integer call() throws IOException, InterruptedException {
      if (dataClass == Report.DataClass.NOTICE) {
        throw new WrongUse("a notice cannot be recalled");
      }
      TrackId id = track(track);
      return node.notice(
          new Order.Recall(id, Optional.ofNullable(dataClass), reason), id, wait.seconds());
    }
  }

  /** {@code parallax track correct}. */
  @Command(
      name = "correct",
      mixinStandardHelpOptions = true,
      description = "Puts a launch or impact point right that partners were told of the track.")
  static final class Correct implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Mixin private NoticeWait wait = new NoticeWait();

    @Parameters(paramLabel = "TRACK", description = "the track, for example KOR-3")
    private String track = "";

    @Option(
        names = "--what",
        required = true,
        paramLabel = "launch|impact",
        description = "which of the two")
    private What what = What.LAUNCH;

    @Option(
        names = "--at",
        required = true,
        paramLabel = "LAT,LON",
        description = "where, degrees north and east")
    private String at = "";

    @Option(
        names = "--time",
        required = true,
        paramLabel = "TIME",
        description = "when, for example 2026-11-24T23:00:00Z")
    private String time = "";

    @Option(
        names = "--sigma-km",
        paramLabel = "KM",
        defaultValue = "5",
        description = "standard deviation of the place, km (default: ${DEFAULT-VALUE})")
    private double sigmaKm;

    @Option(
        names = "--sigma-s",
        paramLabel = "S",
        defaultValue = "5",
        description = "standard deviation of the time, s (default: ${DEFAULT-VALUE})")
    private double sigmaS;

    /** What can be corrected. */
    enum What {
      LAUNCH,
      IMPACT
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      TrackId id = track(track);
      try {
        return node.notice(new Order.Correct(report(id)), id, wait.seconds());
      } catch (InvalidValueException e) {
        throw new WrongUse(String.valueOf(e.getMessage()));
      }
    }

    private Report report(TrackId id) {
      UtcTime when = PartnerCommand.time(time);
      // The node sets the times and the label; those here only make the report whole.
      Report.Header header =
          new Report.Header(
              id,
              node.settings().channel(),
              when,
              new ConfidentialityLabel(
                  "PARALLAX",
                  ConfidentialityLabel.Classification.UNCLASSIFIED,
                  new TreeSet<>(List.of(id.originator())),
                  List.of(),
                  when));
      double m2 = sigmaKm * 1_000 * sigmaKm * 1_000;
      Covariance place = Covariance.diagonal(m2, m2);
      return switch (what) {
        case LAUNCH ->
            new Report.LaunchReport(header, new LaunchPointEstimate(place(), place, when, sigmaS));
        case IMPACT ->
            new Report.ImpactReport(
                header, new ImpactPointPrediction.Predicted(when, place(), place, when, sigmaS));
      };
    }

    private Geodetic place() {
      String[] parts = at.split(",", -1);
      try {
        if (parts.length == 2) {
          return Geodetic.ofDegrees(
              Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()), 0);
        }
      } catch (NumberFormatException e) {
        throw new WrongUse("--at '" + WrongWords.shown(at) + "'; expected like 39.03,125.75");
      }
      throw new WrongUse("--at '" + WrongWords.shown(at) + "'; expected like 39.03,125.75");
    }
  }

  /** {@code parallax track relabel}. */
  @Command(
      name = "relabel",
      mixinStandardHelpOptions = true,
      description = {
        "Changes the label of what partners were told of a track.",
        "A partner to which it is no longer releasable gives up what it holds of it; the newest is"
            + " told again, under the new label, to every partner that may hold it now."
      })
  static final class Relabel implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Mixin private NoticeWait wait = new NoticeWait();

    @Parameters(paramLabel = "TRACK", description = "the track, for example KOR-3")
    private String track = "";

    @Mixin private LabelOptions label = new LabelOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
      TrackId id = track(track);
      // The node sets the policy and the time; those here only make the label whole.
      return node.notice(
          new Order.Relabel(id, label.label("PARALLAX", List.of(id.originator()), new UtcTime(0))),
          id,
          wait.seconds());
    }
  }
}
