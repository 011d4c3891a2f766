package parallax.bench.common;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import parallax.engine.NodeConfiguration;
import parallax.engine.TrialParties;
import parallax.model.Channel;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.Sensor;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.release.AgreementInForce;
import parallax.release.AgreementVerifier;
import parallax.release.DefaultFiles;
import parallax.release.Labels;
import parallax.release.NationalPolicy;
import parallax.release.ReleaseContext;
import parallax.release.ReleaseDecision;
import parallax.release.Released;
import parallax.release.Releaser;
import parallax.signing.SigningKey;

/**
 * Made-up track reports of the Republic of Korea, and the real decision that releases them to Japan
 * under the default agreement and policy. The same seed gives the same reports.
 */
public final class Samples {
  /** Whose reports they are. */
  public static final Nation ORIGINATOR = Nation.KOR;

  /** Whom they are released to. */
  public static final Nation RECIPIENT = Nation.JPN;

  /** The channel. */
  public static final Channel CHANNEL = Channel.EXERCISE;

  private static final List<Nation> PARTIES = List.of(Nation.JPN, Nation.KOR, Nation.USA);
  private static final UtcTime LAUNCHED = new UtcTime(1_681_338_180_000_000_000L);

  private final AgreementInForce inForce;
  private final Releaser releaser;
  private final ReleaseContext context;
  private final SplittableRandom random;

  /** Reports from a seed. */
  public Samples(long seed) {
    NodeConfiguration c = configuration(PARTIES.getFirst(), PARTIES.getLast());
    inForce = AgreementVerifier.verify(c.agreement(), c.agreementKeys(), CHANNEL, LAUNCHED);
    NationalPolicy policy =
        NationalPolicy.parse(DefaultFiles.policy(ORIGINATOR), "policy", inForce.agreement());
    releaser = new Releaser(inForce, policy, ORIGINATOR, CHANNEL);
    context =
        new ReleaseContext(
            Optional.of(launch(LAUNCHED)),
            Optional.empty(),
            false,
            Optional.of(TrackStatus.CONFIRMED));
    random = new SplittableRandom(seed);
  }

  private static SigningKey agreementKey(Nation nation) {
    return key("agreement key of " + nation);
  }

  /** The key that a nation signs its streams with. */
  public static SigningKey linkKey(Nation nation) {
    return key("link key of " + nation);
  }

  /** What is in force at a nation's node that has one partner, under the default files. */
  public static NodeConfiguration configuration(Nation nation, Nation partner) {
    return configuration(nation, List.of(partner), List.of());
  }

  /** The same at a node that has several partners, and sensors. */
  public static NodeConfiguration configuration(
      Nation nation, List<Nation> partners, List<Sensor> sensors) {
    TrialParties parties =
        new TrialParties(PARTIES, CHANNEL, "default", Samples::agreementKey, Samples::linkKey);
    return parties.configuration(
        nation,
        parties.signed(DefaultFiles.agreement()),
        partners,
        TrialParties.defaultPolicy(nation),
        sensors);
  }

  /** A launch in the agreed region. */
  public static LaunchPointEstimate launch(UtcTime at) {
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(39.2, 126, 0), Covariance.diagonal(1e6, 1e6), at, 1);
  }

  /** A key that follows from a text. */
  public static SigningKey key(String text) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, seed, 0, Math.min(bytes.length, seed.length));
    return SigningKey.fromSeed(seed);
  }

  /** The next state of a track, at a time. */
  public TrackEstimate estimate(UtcTime time) {
    double[] covariance = new double[36];
    for (int i = 0; i < 6; i++) {
      for (int j = i; j < 6; j++) {
        double c = i == j ? 1e4 * (1 + random.nextDouble()) : 100 * random.nextDouble();
        covariance[6 * i + j] = c;
        covariance[6 * j + i] = c;
      }
    }
    StateVector state =
        new StateVector(
            time,
            Wgs84.toEcef(Geodetic.ofDegrees(39 + random.nextDouble(), 130, 200_000)),
            new Vector3(-1000 * random.nextDouble(), -1000, 500),
            Covariance.of(6, covariance));
    return new TrackEstimate(
        state, FlightPhase.COAST, TrackStatus.CONFIRMED, ThreatClass.MRBM, time);
  }

  /** The next report. */
  public Report report() {
    UtcTime time = LAUNCHED.plusSeconds(30 + 300 * random.nextDouble());
    return new Report.TrackReport(
        new Report.Header(
            new TrackId(ORIGINATOR, 1 + random.nextInt(50)),
            CHANNEL,
            time,
            Labels.forReport(inForce, ORIGINATOR, time)),
        estimate(time));
  }

  /** What the real releaser decides of a report, at the moment it was made. */
  public ReleaseDecision decide(Report report) {
    return releaser.decide(report, context, RECIPIENT, report.header().createdAt());
  }

  /** So many reports, released. */
  public List<Released<Report>> released(int count) {
    List<Released<Report>> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ReleaseDecision decision = decide(report());
      switch (decision) {
        case ReleaseDecision.Release r -> all.add(r.released());
        case ReleaseDecision.Hold h -> throw notReleased(h);
        case ReleaseDecision.Later l -> throw notReleased(l);
        case ReleaseDecision.Withhold w -> throw notReleased(w);
      }
    }
    return all;
  }

  private static IllegalStateException notReleased(ReleaseDecision decision) {
    return new IllegalStateException("a sample report was not released: " + decision);
  }
}
