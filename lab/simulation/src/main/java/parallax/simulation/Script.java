package parallax.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.engine.FiledTrack;
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
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * What is launched in a run, and what each nation's own systems say of it and when: mostly sound,
 * sometimes odd.
 */
final class Script {
  private static final double[][] INSIDE = {
    {39.2, 125.7}, {40.1, 125.4}, {38.6, 126.0}, {40.6, 129.1}, {39.4, 128.4}, {41.2, 128.9}
  };
  private static final double[][] OUTSIDE = {
    {36.4, 127.8}, {43.5, 125.1}, {37.4, 132.0}, {41.5, 121.0}, {38.0, 118.5}
  };
  private static final double[][] NEAR = {{38.0, 125.9}, {40.4, 127.5}, {42.1, 129.6}};

  /** Tokyo, Sapporo, Seoul and Busan: latitude and longitude, degrees. */
  private static final double[][] TARGETS = {
    {35.7, 139.7}, {43.1, 141.3}, {37.5, 127.0}, {35.2, 129.1}
  };

  private static final double KM_OF_LATITUDE = 111;
  private static final double FASTEST_KM_S = 5;
  private static final double KM_OF_LONGITUDE = 85;

  private final Chance chance;
  private final double predicts;
  private final double aims;
  private final double fallsShort;
  private final double ends;
  private final double endsEarly;

  /** By when all is said of the tracks, seconds after the start. */
  private final double saidS;

  private final long startNs;
  private final double lengthS;
  private final List<Filing> filings = new ArrayList<>();

  /** A system of a nation says something of a track at a moment. */
  record Filing(long atNs, Nation nation, FiledTrack track) {}

  /** A launch as it is, a plain parabola. */
  private record Launch(
      double lat, double lon, long atNs, double bearing, double groundMps, double flightS) {
    UtcTime time() {
      return new UtcTime(atNs);
    }

    Vector3 at(double s) {
      double t = Math.max(0, Math.min(s, flightS));
      double apogee = 9.8 * flightS * flightS / 8;
      double up = 4 * apogee * (t / flightS) * (1 - t / flightS);
      double north = groundMps * t * StrictMath.cos(bearing);
      double east = groundMps * t * StrictMath.sin(bearing);
      double toLat = lat + north / 111_000;
      double toLon = lon + east / (111_000 * StrictMath.cos(Math.toRadians(lat)));
      return Wgs84.toEcef(Geodetic.ofDegrees(toLat, toLon, Math.max(0, up)));
    }
  }

  /**
   * What is said in a run.
   *
   * @param eventful whether more than usual is predicted and ends
   */
  Script(Chance chance, Topology topology, long startNs, double lengthS, boolean eventful) {
    this.chance = chance;
    this.predicts = eventful ? 0.5 : 0.09;
    this.aims = eventful ? 0.6 : 0;
    this.fallsShort = eventful ? 0.3 : 0;
    this.ends = eventful ? 1 : 0.3;
    this.endsEarly = eventful ? 0.15 : 0;
    this.saidS = eventful ? 0.6 * lengthS : lengthS;
    this.startNs = startNs;
    this.lengthS = lengthS;
    int launches = 1 + chance.below(3);
    for (int i = 0; i < launches; i++) {
      Launch launch = launch();
      for (Nation n : topology.nations()) {
        if (chance.hit(0.65)) {
          watch(launch, n, i + 1);
        }
      }
    }
    filings.sort(Comparator.comparingLong(Filing::atNs));
  }

  List<Filing> filings() {
    return filings;
  }

  /** A report of a track that was filed, as an operator would put it right; it may be odd. */
  Optional<Report> someReport(Report.Header header) {
    List<FiledTrack> of = new ArrayList<>();
    for (Filing f : filings) {
      if (f.nation().equals(header.originator())) {
        of.add(f.track());
      }
    }
    if (of.isEmpty()) {
      return Optional.empty();
    }
    FiledTrack f = chance.pick(of);
    return f.launch()
        .map(l -> (Report) new Report.LaunchReport(header, l))
        .or(() -> f.estimate().map(e -> new Report.TrackReport(header, e)))
        .or(() -> f.impact().map(i -> new Report.ImpactReport(header, i)));
  }

  private Launch launch() {
    int kind = chance.below(10);
    double[] site =
        kind < 6
            ? INSIDE[chance.below(INSIDE.length)]
            : kind < 8 ? OUTSIDE[chance.below(OUTSIDE.length)] : NEAR[chance.below(NEAR.length)];
    Launch l =
        new Launch(
            site[0] + chance.between(-0.1, 0.1),
            site[1] + chance.between(-0.1, 0.1),
            startNs + chance.ns(-30, 0.4 * lengthS),
            chance.between(0, 2 * Math.PI),
            chance.between(800, 2500),
            chance.between(chance.hit(0.2) ? 20 : 200, 900));
    return aims > 0 && chance.hit(aims) ? aimed(l, TARGETS[chance.below(TARGETS.length)]) : l;
  }

  /** The same from where it is to a place where people are warned. */
  private static Launch aimed(Launch l, double[] at) {
    double northKm = KM_OF_LATITUDE * (at[0] - l.lat());
    double eastKm = KM_OF_LONGITUDE * (at[1] - l.lon());
    double km = StrictMath.hypot(northKm, eastKm);
    double flightS = Math.max(l.flightS(), km / FASTEST_KM_S);
    return new Launch(
        l.lat(),
        l.lon(),
        l.atNs(),
        StrictMath.atan2(eastKm, northKm),
        1000 * km / flightS,
        flightS);
  }

  private void watch(Launch l, Nation n, long number) {
    int count = 2 + chance.below(6);
    boolean predicted = chance.hit(predicts);
    boolean saysLaunch = chance.hit(0.92);
    LaunchPointEstimate estimate = launchEstimate(l, chance.hit(0.95) ? l.atNs() : oddTime(l));
    double first = Math.max(0, (l.atNs() - startNs) * 1e-9) + chance.between(0.2, 4);
    for (int i = 0; i < count; i++) {
      double s = first + i * Math.max(0.5, (saidS - first) / count) + chance.between(0, 0.5);
      if (s > lengthS) {
        return;
      }
      long now = startNs + Math.round(s * 1e9);
      boolean news = i == 0 || chance.hit(0.08);
      if (i > 0 && news) {
        estimate = launchEstimate(chance.hit(0.15) ? elsewhere(l) : l, l.atNs());
      }
      Optional<LaunchPointEstimate> launch =
          saysLaunch && news ? Optional.of(estimate) : Optional.empty();
      TrackStatus status =
          i == count - 1 && chance.hit(ends)
              ? TrackStatus.ENDED
              : i == 0
                  ? TrackStatus.TENTATIVE
                  : endsEarly > 0 && chance.hit(endsEarly) ? TrackStatus.ENDED : status();
      Optional<TrackEstimate> state =
          chance.hit(0.85) ? Optional.of(state(l, now, status, predicted)) : Optional.empty();
      Optional<ImpactPointPrediction> impact =
          chance.hit(0.5) ? Optional.of(impact(l, now, predicted)) : Optional.empty();
      if (launch.isPresent() || state.isPresent() || impact.isPresent()) {
        filings.add(new Filing(now, n, new FiledTrack(number, launch, state, impact)));
      }
    }
  }

  private static Launch elsewhere(Launch l) {
    return new Launch(
        OUTSIDE[0][0], OUTSIDE[0][1], l.atNs(), l.bearing(), l.groundMps(), l.flightS());
  }

  private long oddTime(Launch l) {
    return l.atNs() + chance.ns(-300, 300);
  }

  private TrackStatus status() {
    int k = chance.below(10);
    return k < 7
        ? TrackStatus.CONFIRMED
        : k == 7 ? TrackStatus.TENTATIVE : k == 8 ? TrackStatus.COASTED : TrackStatus.LOST;
  }

  private LaunchPointEstimate launchEstimate(Launch l, long atNs) {
    double sigma = chance.between(3_000, 20_000);
    double ratio = chance.between(0.4, 1);
    double correlation = chance.between(-0.6, 0.6);
    double ee = sigma * sigma;
    double nn = ee * ratio * ratio;
    double en = correlation * sigma * sigma * ratio;
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(
            l.lat() + 0.3 * sigma / 111_000 * chance.gaussian(),
            l.lon() + 0.3 * sigma / 90_000 * chance.gaussian(),
            0),
        Covariance.of(2, ee, en, en, nn),
        new UtcTime(atNs + chance.ns(-1, 1)),
        chance.between(0.5, 3));
  }

  private TrackEstimate state(Launch l, long nowNs, TrackStatus status, boolean predicts) {
    double since = (nowNs - l.atNs()) * 1e-9 - chance.between(0.1, 1.5);
    if (chance.hit(0.04)) {
      since -= 60;
    }
    double s = StrictMath.rint(since);
    UtcTime at = l.time().plusSeconds(s);
    Vector3 position = l.at(s);
    Vector3 velocity = l.at(s + 0.5).minus(l.at(s - 0.5));
    double scatter = chance.between(50, 800);
    Vector3 seen =
        position.plus(
            new Vector3(
                scatter * chance.gaussian(),
                scatter * chance.gaussian(),
                scatter * chance.gaussian()));
    FlightPhase phase =
        predicts ? FlightPhase.COAST : chance.hit(0.7) ? FlightPhase.BOOST : FlightPhase.UNKNOWN;
    double pp = scatter * scatter;
    double vv = chance.between(25, 2_500);
    return new TrackEstimate(
        new StateVector(at, seen, velocity, Covariance.diagonal(pp, pp, pp, vv, vv, vv)),
        phase,
        status,
        ThreatClass.UNKNOWN,
        at.plusSeconds(-chance.between(0, 1)));
  }

  private ImpactPointPrediction impact(Launch believed, long nowNs, boolean predicts) {
    Launch l =
        aims > 0 && chance.hit(0.3)
            ? aimed(believed, TARGETS[chance.below(TARGETS.length)])
            : believed;
    UtcTime from = new UtcTime(nowNs - chance.ns(0.1, 2));
    if (predicts && fallsShort > 0 && chance.hit(fallsShort)) {
      return new ImpactPointPrediction.NoImpactExpected(from);
    }
    if (predicts || chance.hit(0.1)) {
      double km = l.groundMps() * l.flightS() / 1000;
      double lat = l.lat() + km / KM_OF_LATITUDE * StrictMath.cos(l.bearing());
      double lon = l.lon() + km / KM_OF_LONGITUDE * StrictMath.sin(l.bearing());
      double sigma = chance.between(5_000, 60_000);
      return new ImpactPointPrediction.Predicted(
          from,
          Geodetic.ofDegrees(
              lat + chance.between(-0.3, 0.3), Math.min(179, lon + chance.between(-0.3, 0.3)), 0),
          Covariance.diagonal(sigma * sigma, sigma * sigma),
          l.time().plusSeconds(l.flightS() + chance.between(-5, 5)),
          chance.between(1, 10));
    }
    return chance.hit(0.05)
        ? new ImpactPointPrediction.NoImpactExpected(from)
        : new ImpactPointPrediction.CannotTellYet(from, "sensor 7 at site B is still looking");
  }
}
