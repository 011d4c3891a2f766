package parallax.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Channel;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.Report.DataClass;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.release.NationalPolicy.Outcome;

/** Reads examples: records made up from a few figures in the units of a policy's conditions. */
final class ExampleFile {
  private static final int MOST = 1000;
  private static final double LAUNCH_TIME_SIGMA_S = 2;
  private static final double IMPACT_TIME_SIGMA_S = 10;
  private static final double VELOCITY_SIGMA_MPS = 20;

  private final Agreement agreement;
  private final Nation nation;
  private final Channel usual;
  private final UtcTime launched;

  ExampleFile(Agreement agreement, Nation nation, Channel channel) {
    this.agreement = agreement;
    this.nation = nation;
    this.usual = channel;
    long half = (agreement.until().nanos() - agreement.from().nanos()) / 2;
    this.launched = new UtcTime(agreement.from().nanos() + half);
  }

  private static YamlFields file(byte[] yaml, String source) {
    return new YamlFields(source, "", YamlReader.read(yaml, source), "policy", "examples");
  }

  static Optional<String> policyNamed(byte[] yaml, String source) {
    YamlFields file = file(yaml, source);
    if (!file.has("policy")) {
      return Optional.empty();
    }
    String name = file.text("policy", 200);
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw file.wrong("policy", "is a path; expected the name of a file beside this one");
    }
    return Optional.of(name);
  }

  List<PolicyExample> read(byte[] yaml, String source) {
    YamlFields file = file(yaml, source);
    List<PolicyExample> out = new ArrayList<>();
    for (YamlNode item : file.items("examples", 1, MOST)) {
      YamlFields f =
          file.child(
              "examples",
              item,
              "name",
              "record",
              "channel",
              "afterLaunchS",
              "ageS",
              "status",
              "phase",
              "threatClass",
              "launch",
              "state",
              "impact",
              "expect");
      try {
        out.add(example(f, item.line()));
      } catch (InvalidValueException e) {
        throw f.wrongAsAWhole("cannot be: " + e.getMessage());
      }
    }
    return List.copyOf(out);
  }

  private PolicyExample example(YamlFields f, int line) {
    String name = f.text("name", 120);
    DataClass dataClass = f.constant("record", Agreement.LISTED_CLASSES);
    UtcTime now = launched.plusSeconds(f.number("afterLaunchS", -3600, 86_400));
    UtcTime made = now.plusSeconds(f.has("ageS") ? -f.number("ageS", -600, 3600) : 0);
    Optional<LaunchPointEstimate> launch =
        f.has("launch") ? Optional.of(launch(f.child("launch", PLACE))) : Optional.empty();
    Optional<TrackStatus> status =
        f.has("status") ? Optional.of(f.one("status", TrackStatus.class)) : Optional.empty();
    Optional<TrackEstimate> estimate =
        f.has("state") ? Optional.of(estimate(f, made, status)) : Optional.empty();
    Optional<ImpactPointPrediction> impact =
        f.has("impact")
            ? Optional.of(impact(f.child("impact", IMPACT), made, now))
            : Optional.empty();
    Channel channel =
        f.has("channel") ? f.constant("channel", List.copyOf(agreement.channels())) : usual;
    Report.Header header =
        new Report.Header(
            new TrackId(nation, 1),
            channel,
            now,
            Labels.forReport(new AgreementInForce(agreement, channel), nation, now));
    ReleaseContext context =
        new ReleaseContext(
            launch,
            impact.flatMap(ExampleFile::time),
            status.filter(s -> s == TrackStatus.ENDED).isPresent(),
            status,
            estimate);
    return new PolicyExample(
        name,
        line,
        report(f, dataClass, header, launch, estimate, impact),
        context,
        now,
        expected(f));
  }

  private static Report report(
      YamlFields f,
      DataClass dataClass,
      Report.Header header,
      Optional<LaunchPointEstimate> launch,
      Optional<TrackEstimate> estimate,
      Optional<ImpactPointPrediction> impact) {
    return switch (dataClass) {
      case LAUNCH_POINT ->
          new Report.LaunchReport(header, launch.orElseThrow(() -> needs(f, "launch")));
      case FLIGHT_PATH ->
          new Report.TrackReport(header, estimate.orElseThrow(() -> needs(f, "state")));
      case IMPACT_POINT ->
          new Report.ImpactReport(header, impact.orElseThrow(() -> needs(f, "impact")));
      case NOTICE -> throw f.wrong("record", "is a notice, which no rule decides about");
    };
  }

  private static MalformedFileException needs(YamlFields f, String key) {
    return f.wrong("record", "is without '" + key + "', which it is about");
  }

  private static final String[] PLACE = {"latitudeDeg", "longitudeDeg", "sigmaKm"};
  private static final String[] STATE = {
    "latitudeDeg", "longitudeDeg", "altitudeKm", "speedKmps", "headingDeg", "climbDeg", "sigmaKm"
  };
  private static final String[] IMPACT = {"latitudeDeg", "longitudeDeg", "sigmaKm", "inS"};

  private static Geodetic place(YamlFields f, double altitudeM) {
    return Geodetic.ofDegrees(
        f.number("latitudeDeg", -90, 90), f.number("longitudeDeg", -180, 180), altitudeM);
  }

  private static double variance(YamlFields f) {
    double sigma = f.number("sigmaKm", 0.001, 2000) * 1000;
    return sigma * sigma;
  }

  private LaunchPointEstimate launch(YamlFields f) {
    return new LaunchPointEstimate(
        place(f, 0), Covariance.diagonal(variance(f), variance(f)), launched, LAUNCH_TIME_SIGMA_S);
  }

  /**
   * Speed and direction are relative to the rotating earth: heading from north, climb from level.
   */
  private static TrackEstimate estimate(YamlFields f, UtcTime made, Optional<TrackStatus> status) {
    if (status.isEmpty()) {
      throw f.wrong("state", "is without 'status', which every track has");
    }
    YamlFields s = f.child("state", STATE);
    Geodetic g = place(s, s.number("altitudeKm", -1, 40_000) * 1000);
    double speed = s.number("speedKmps", 0, 19) * 1000;
    double heading = Math.toRadians(s.optionalNumber("headingDeg", 0, 360).orElse(90));
    double climb = Math.toRadians(s.optionalNumber("climbDeg", -90, 90).orElse(0));
    double level = speed * StrictMath.cos(climb);
    Vector3 velocity =
        Wgs84.fromEnu(
            new Vector3(
                level * StrictMath.sin(heading),
                level * StrictMath.cos(heading),
                speed * StrictMath.sin(climb)),
            g);
    double axis = variance(s) / 3;
    double v = VELOCITY_SIGMA_MPS * VELOCITY_SIGMA_MPS;
    return new TrackEstimate(
        new StateVector(
            made, Wgs84.toEcef(g), velocity, Covariance.diagonal(axis, axis, axis, v, v, v)),
        f.has("phase") ? f.one("phase", FlightPhase.class) : FlightPhase.UNKNOWN,
        status.get(),
        f.has("threatClass") ? f.one("threatClass", ThreatClass.class) : ThreatClass.UNKNOWN,
        made);
  }

  private static ImpactPointPrediction impact(YamlFields f, UtcTime made, UtcTime now) {
    return new ImpactPointPrediction.Predicted(
        made,
        place(f, 0),
        Covariance.diagonal(variance(f), variance(f)),
        now.plusSeconds(f.number("inS", -3600, 7200)),
        IMPACT_TIME_SIGMA_S);
  }

  private static Optional<UtcTime> time(ImpactPointPrediction i) {
    return i instanceof ImpactPointPrediction.Predicted p
        ? Optional.of(p.time())
        : Optional.empty();
  }

  private SortedMap<Nation, PolicyExample.Expected> expected(YamlFields f) {
    SortedMap<Nation, PolicyExample.Expected> out = new TreeMap<>();
    if (!f.has("expect")) {
      return out;
    }
    List<String> partners = new ArrayList<>();
    for (Nation n : agreement.parties()) {
      if (!n.equals(nation)) {
        partners.add(n.code());
      }
    }
    YamlFields expect = f.child("expect", partners.toArray(String[]::new));
    for (String partner : partners) {
      if (expect.isMapping(partner)) {
        YamlFields one = expect.child(partner, "decision", "rule");
        out.put(
            new Nation(partner),
            new PolicyExample.Expected(
                one.oneInLowerCase("decision", Outcome.class),
                one.has("rule") ? Optional.of(one.text("rule", 120)) : Optional.empty()));
      } else if (expect.has(partner)) {
        out.put(
            new Nation(partner),
            new PolicyExample.Expected(
                expect.oneInLowerCase(partner, Outcome.class), Optional.empty()));
      }
    }
    return out;
  }
}
