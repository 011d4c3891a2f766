package parallax.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.wire.ProtoReportCodec;

/** Records as a hostile party would make them: true to form, and false, forbidden or mad. */
final class Lies {
  private final World world;
  private final Chance chance;
  private final ProtoReportCodec codec = new ProtoReportCodec();

  Lies(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  /** The bytes of a record that one nation might send another. */
  byte[] record(Nation from, Nation to) {
    if (chance.hit(0.05)) {
      return "no record at all".getBytes(StandardCharsets.US_ASCII);
    }
    if (chance.hit(0.02)) {
      return new byte[0];
    }
    return codec.encode(report(from, to));
  }

  private Report report(Nation from, Nation to) {
    UtcTime made =
        new UtcTime(world.now() + (chance.hit(0.8) ? chance.ns(-2, 1) : chance.ns(-20_000, 100)));
    Nation originator = chance.hit(0.8) ? from : chance.pick(world.topology().nations());
    Channel channel = chance.hit(0.9) ? world.channel() : chance.pick(List.of(Channel.values()));
    Report.Header h =
        new Report.Header(
            new TrackId(originator, NationLedger.FILED_FROM + 1 + chance.below(3)),
            channel,
            made,
            label(originator, to, made));
    return switch (chance.below(10)) {
      case 0, 1, 2 -> new Report.LaunchReport(h, launch());
      case 3, 4, 5 -> new Report.TrackReport(h, state());
      case 6 -> new Report.ImpactReport(h, impact());
      case 7 -> new Report.Recall(h, Optional.empty(), made, Report.RecallReason.UNSTATED);
      case 8 ->
          new Report.Correction(
              h,
              chance.hit(0.5)
                  ? new Report.LaunchReport(h, launch())
                  : new Report.TrackReport(h, state()));
      default -> new Report.Relabel(h, label(originator, to, made), made);
    };
  }

  private ConfidentialityLabel label(Nation originator, Nation to, UtcTime at) {
    SortedSet<Nation> readers = new TreeSet<>(world.topology().nations());
    readers.add(originator);
    int kind = chance.below(12);
    if (kind == 0 && !to.equals(originator)) {
      readers.remove(to);
    }
    return new ConfidentialityLabel(
        kind == 1 ? "OTHER" : "PARALLAX",
        kind == 2
            ? ConfidentialityLabel.Classification.SECRET
            : ConfidentialityLabel.Classification.UNCLASSIFIED,
        readers,
        kind == 3 ? List.of(new Caveat("EYES ONLY")) : List.of(),
        at);
  }

  private LaunchPointEstimate launch() {
    boolean inside = chance.hit(0.6);
    return new LaunchPointEstimate(
        inside
            ? Geodetic.ofDegrees(39.4, 125.8, 0)
            : Geodetic.ofDegrees(chance.between(-80, 80), chance.between(-179, 179), 0),
        chance.hit(0.8)
            ? Covariance.diagonal(4e7, 4e7)
            : Covariance.diagonal(chance.pick(VARIANCES), chance.pick(VARIANCES)),
        new UtcTime(world.now() + chance.ns(-60, chance.hit(0.9) ? 0 : 100)),
        chance.between(0.5, 3));
  }

  private static final List<Double> VARIANCES = List.of(1e-9, 1.0, 1e12, 1e20);

  private TrackEstimate state() {
    UtcTime at =
        new UtcTime(
            world.now() + chance.ns(chance.hit(0.9) ? -5 : -5_000, chance.hit(0.9) ? 0 : 9));
    double distance = chance.pick(List.of(6.21e6, 6.4e6, 6.5e6, 6.6e6, 8e6, 1.06e8));
    Vector3 position =
        Wgs84.toEcef(Geodetic.ofDegrees(chance.between(30, 45), chance.between(120, 140), 0))
            .unit()
            .times(distance);
    double speed = chance.pick(List.of(0.0, 500.0, 3_000.0, 7_500.0, 19_000.0));
    Vector3 velocity =
        new Vector3(chance.gaussian(), chance.gaussian(), chance.gaussian() + 1e-3)
            .unit()
            .times(speed);
    double p = chance.hit(0.7) ? 1e5 : chance.pick(VARIANCES);
    double v = chance.hit(0.7) ? 100 : chance.pick(VARIANCES);
    List<FlightPhase> phases = new ArrayList<>(List.of(FlightPhase.values()));
    return new TrackEstimate(
        new StateVector(at, position, velocity, Covariance.diagonal(p, p, p, v, v, v)),
        chance.pick(phases),
        chance.pick(List.of(TrackStatus.values())),
        ThreatClass.UNKNOWN,
        at);
  }

  private ImpactPointPrediction impact() {
    return new ImpactPointPrediction.Predicted(
        new UtcTime(world.now()),
        Geodetic.ofDegrees(chance.between(30, 43), chance.between(125, 142), 0),
        Covariance.diagonal(chance.hit(0.8) ? 1e8 : chance.pick(VARIANCES), 1e8),
        new UtcTime(world.now() + chance.ns(-100, 600)),
        chance.between(1, 5));
  }
}
