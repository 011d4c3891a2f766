package parallax.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
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
import parallax.simulation.AgreementWords.Answer;

/** The oracle on cases that a person can check against the words. */
class OracleTest {
  private static final UtcTime LAUNCH = new UtcTime(1_750_000_000_000_000_000L);
  private static final UtcTime NOW = LAUNCH.plusSeconds(60);
  private static final String AGREEMENT =
      """
      name: Test
      version: 1
      purpose: Test.
      parties: [JPN, KOR, USA]
      channels: [REAL, EXERCISE, TEST]
      validity:
        from: 2020-01-01T00:00:00Z
        until: 2036-01-01T00:00:00Z
      scope:
        launchRegions:
          - name: Square
            polygon:
              - [[124.0, 38.0], [128.0, 38.0], [128.0, 42.0], [124.0, 42.0], [124.0, 38.0]]
        probability: 0.5
        dataClasses: [LAUNCH_POINT, FLIGHT_PATH]
        window:
          from: launch
          until: impact
          marginBeforeLaunchS: 15
          marginAfterImpactS: 120
          longestFlightS: 600
      neverShared: [PLOT]
      marking:
        policy: PARALLAX
        classification: RESTRICTED
        releasableTo: [JPN, KOR, USA]
        caveats: []
      onwardRelease: none
      retentionDays: 30
      """;
  private static final String POLICY =
      """
      name: Test
      version: 1
      nation: KOR
      rules:
        - name: not to Japan while lost
          dataClasses: [FLIGHT_PATH]
          to: [JPN]
          minimumStatus: LOST
          decision: withhold
        - name: paths
          dataClasses: [FLIGHT_PATH]
          to: [JPN, USA]
          minimumStatus: CONFIRMED
          decision: release
        - name: launches
          dataClasses: [LAUNCH_POINT]
          to: [JPN]
          decision: release
      default: withhold
      """;
  private final Oracle oracle = new Oracle(new AgreementWords(AGREEMENT), POLICY);

  private static LaunchPointEstimate launchAt(double lat, double lon, double sigmaM) {
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(lat, lon, 0),
        Covariance.diagonal(sigmaM * sigmaM, sigmaM * sigmaM),
        LAUNCH,
        2);
  }

  private static Report.Header header(Nation originator, UtcTime made) {
    return new Report.Header(
        new TrackId(originator, 7),
        Channel.EXERCISE,
        made,
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(List.of(Nation.JPN, Nation.KOR, Nation.USA)),
            List.of(),
            made));
  }

  private static Report.TrackReport track(TrackStatus status, UtcTime at) {
    return new Report.TrackReport(
        header(Nation.KOR, at),
        new TrackEstimate(
            new StateVector(
                at,
                Wgs84.toEcef(Geodetic.ofDegrees(40, 126, 50_000)),
                new Vector3(1, 2, 3),
                Covariance.diagonal(1, 1, 1, 1, 1, 1)),
            FlightPhase.COAST,
            status,
            ThreatClass.UNKNOWN,
            at));
  }

  private static Oracle.About about(Optional<LaunchPointEstimate> launch) {
    return new Oracle.About(launch, Optional.empty(), Optional.empty());
  }

  private static final Oracle.About INSIDE = about(Optional.of(launchAt(40, 126, 5_000)));

  private Answer tell(Report r, Oracle.About about, Nation to, UtcTime now) {
    return oracle.mayTell(r, about, Nation.KOR, to, "EXERCISE", now).answer();
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    assertEquals(Answer.YES, tell(track(TrackStatus.CONFIRMED, NOW), INSIDE, Nation.JPN, NOW));
    assertEquals(Answer.NO, tell(track(TrackStatus.TENTATIVE, NOW), INSIDE, Nation.JPN, NOW));
    assertEquals(Answer.NO, tell(track(TrackStatus.LOST, NOW), INSIDE, Nation.JPN, NOW));
    assertEquals(Answer.YES, tell(track(TrackStatus.LOST, NOW), INSIDE, Nation.USA, NOW));
    Report launch = new Report.LaunchReport(header(Nation.KOR, NOW), INSIDE.launch().get());
    assertEquals(Answer.YES, tell(launch, INSIDE, Nation.JPN, NOW));
    assertEquals(Answer.NO, tell(launch, INSIDE, Nation.USA, NOW));
  }

  @Test
  void whatIsNotAgreedIsNotTold() {
    Report impact =
        new Report.ImpactReport(
            header(Nation.KOR, NOW), new ImpactPointPrediction.NoImpactExpected(NOW));
    Report others = new Report.LaunchReport(header(Nation.USA, NOW), INSIDE.launch().get());
    assertEquals(Answer.NO, tell(impact, INSIDE, Nation.JPN, NOW));
    assertEquals(Answer.NO, tell(others, INSIDE, Nation.JPN, NOW));
    assertEquals(
        Answer.NO, tell(track(TrackStatus.CONFIRMED, NOW), INSIDE, new Nation("XAA"), NOW));
  }

  @Test
  void theLaunchMustBeInsideAndNearTheEdgeNothingIsSaid() {
    Report r = track(TrackStatus.CONFIRMED, NOW);
    assertEquals(Answer.NO, tell(r, about(Optional.empty()), Nation.JPN, NOW));
    assertEquals(Answer.NO, tell(r, about(Optional.of(launchAt(37, 126, 5_000))), Nation.JPN, NOW));
    assertEquals(
        Answer.UNSURE, tell(r, about(Optional.of(launchAt(38, 126, 5_000))), Nation.JPN, NOW));
    assertEquals(
        Answer.NO, tell(r, about(Optional.of(launchAt(40, 126, 900_000))), Nation.JPN, NOW));
  }

  @Test
  void theWindowIsFromLaunchUntilImpact() {
    UtcTime before = LAUNCH.plusSeconds(-16);
    UtcTime late = LAUNCH.plusSeconds(601);
    assertEquals(Answer.NO, tell(track(TrackStatus.CONFIRMED, before), INSIDE, Nation.JPN, NOW));
    assertEquals(Answer.NO, tell(track(TrackStatus.CONFIRMED, late), INSIDE, Nation.JPN, late));
    Oracle.About cameDown =
        new Oracle.About(INSIDE.launch(), Optional.of(LAUNCH.plusSeconds(100)), Optional.empty());
    UtcTime after = LAUNCH.plusSeconds(221);
    assertEquals(
        Answer.YES,
        tell(track(TrackStatus.CONFIRMED, NOW), cameDown, Nation.USA, LAUNCH.plusSeconds(219)));
    assertEquals(Answer.NO, tell(track(TrackStatus.CONFIRMED, NOW), cameDown, Nation.USA, after));
    assertEquals(Answer.NO, tell(track(TrackStatus.CONFIRMED, NOW), INSIDE, Nation.JPN, LAUNCH));
  }

  @Test
  void aCovarianceIsCheckedByAFactorisationOfItsOwn() {
    Promises.requirePositive(Covariance.of(2, 2, 1, 1, 2));
    Promises.requirePositive(Covariance.diagonal(1, 1e-9, 1e9));
  }
}
