package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Nation;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;

final class TrackFusionTest {
  private static final TestFlight FLIGHT = TestFlight.irbm();
  private static final UtcTime AT = TestFlight.time(302);

  private static SourceTrack source(
      Nation n, double t, double offsetM, TrackStatus status, double... sigma) {
    double[] x = FLIGHT.at(t);
    Vector3 r = FlightPredictor.position(x).plus(new Vector3(offsetM, 0, 0));
    double[] variances = new double[6];
    for (int i = 0; i < 6; i++) {
      variances[i] = sigma[i] * sigma[i];
    }
    StateVector s =
        new StateVector(
            TestFlight.time(t), r, new Vector3(x[3], x[4], x[5]), Covariance.diagonal(variances));
    return new SourceTrack(
        new TrackId(n, 1),
        new TrackEstimate(s, FlightPhase.COAST, status, ThreatClass.MRBM, TestFlight.time(t)));
  }

  private static final SourceTrack KOR =
      source(Nation.KOR, 300, 100, TrackStatus.CONFIRMED, 50, 400, 400, 2, 9, 9);
  private static final SourceTrack JPN =
      source(Nation.JPN, 301, -60, TrackStatus.COASTED, 400, 60, 300, 9, 2, 9);
  private static final SourceTrack USA =
      source(Nation.USA, 299.5, 20, TrackStatus.CONFIRMED, 300, 300, 80, 9, 9, 2);

  @Test
  void isTheSameToTheLastBitInAnyOrder() {
    FusedEstimate one = TrackFusion.fuse(List.of(KOR, JPN, USA), AT);
    assertEquals(one, TrackFusion.fuse(List.of(USA, KOR, JPN), AT));
    assertEquals(one, TrackFusion.fuse(List.of(JPN, USA, KOR), AT));
    assertEquals(3, one.used().size());
  }

  @Test
  void isCloserAndSurerThanItsWorstSourceAndCoversTheTruth() {
    TrackEstimate e = TrackFusion.combine(List.of(KOR, JPN, USA), AT).orElseThrow();
    double[] truth = FLIGHT.at(302);
    double error = e.state().positionM().minus(FlightPredictor.position(truth)).norm();
    assertTrue(error < 150, "error " + error);
    assertTrue(e.state().covariance().rms(3) < 400);
    assertEquals(TrackStatus.CONFIRMED, e.status());
    assertEquals(TestFlight.time(301), e.lastPlot());
  }

  @Test
  void leavesOutASourceThatContradictsTheOthers() {
    SourceTrack wrong =
        source(Nation.USA, 299.5, 60_000, TrackStatus.CONFIRMED, 300, 300, 80, 9, 9, 2);
    FusedEstimate f = TrackFusion.fuse(List.of(KOR, JPN, wrong), AT);
    assertEquals(List.of(wrong.id()), f.leftOut());
    assertEquals(List.of(JPN.id(), KOR.id()), f.used());
  }

  @Test
  void aRelayedCopyAddsNothing() {
    FusedEstimate once = TrackFusion.fuse(List.of(KOR, JPN), AT);
    assertEquals(once, TrackFusion.fuse(List.of(KOR, JPN, KOR, JPN, KOR), AT));
  }

  @Test
  void coversSourcesThatDisagreeAsBiasedSensorsDo() {
    SourceTrack off = source(Nation.JPN, 301, 4_000, TrackStatus.CONFIRMED, 300, 300, 300, 9, 9, 9);
    SourceTrack other =
        source(Nation.USA, 301, -4_000, TrackStatus.CONFIRMED, 300, 300, 300, 9, 9, 9);
    FusedEstimate f = TrackFusion.fuse(List.of(off, other), AT);
    assertEquals(2, f.used().size());
    TrackEstimate e = f.estimate().orElseThrow();
    double sigma = Math.sqrt(e.state().covariance().get(0, 0));
    assertTrue(sigma > 3_500 && sigma < 6_000, "1 sigma of x: " + sigma);
  }

  @Test
  void isLostOnlyWhenEverySourceIsLost() {
    SourceTrack lost = source(Nation.JPN, 200, 0, TrackStatus.LOST, 400, 60, 300, 9, 2, 9);
    FusedEstimate f = TrackFusion.fuse(List.of(lost, KOR), AT);
    assertEquals(List.of(KOR.id()), f.used());
    assertEquals(TrackStatus.CONFIRMED, f.estimate().orElseThrow().status());
    FusedEstimate alone = TrackFusion.fuse(List.of(lost), AT);
    assertEquals(TrackStatus.LOST, alone.estimate().orElseThrow().status());
    assertTrue(TrackFusion.combine(List.of(), AT).isEmpty());
  }

  @Test
  void believesWhoeverKnowsTheVelocityBestThatTheMotorIsOut() {
    SourceTrack slow = source(Nation.KOR, 300, 0, TrackStatus.CONFIRMED, 300, 400, 400, 30, 40, 40);
    SourceTrack burning = boosting(slow);
    assertEquals(
        FlightPhase.COAST, TrackFusion.combine(List.of(burning, USA), AT).orElseThrow().phase());
    SourceTrack unseen = source(Nation.USA, 294, 0, TrackStatus.CONFIRMED, 300, 300, 80, 9, 9, 2);
    assertEquals(
        FlightPhase.BOOST, TrackFusion.combine(List.of(burning, unseen), AT).orElseThrow().phase());
  }

  private static SourceTrack boosting(SourceTrack t) {
    TrackEstimate e = t.estimate();
    return new SourceTrack(
        t.id(),
        new TrackEstimate(
            e.state(), FlightPhase.BOOST, e.status(), ThreatClass.UNKNOWN, e.lastPlot()));
  }

  @Test
  void believesWhoSeesTheMotorBurnBeforeANewerSourceThatDoesNot() {
    SourceTrack seer =
        new SourceTrack(
            USA.id(),
            new TrackEstimate(
                USA.estimate().state(),
                FlightPhase.BOOST,
                TrackStatus.CONFIRMED,
                ThreatClass.UNKNOWN,
                USA.estimate().lastPlot()));
    TrackEstimate e = TrackFusion.combine(List.of(KOR, JPN, seer), AT).orElseThrow();
    assertEquals(FlightPhase.BOOST, e.phase());
    TrackEstimate late =
        TrackFusion.combine(List.of(KOR, JPN, seer), TestFlight.time(306)).orElseThrow();
    assertEquals(FlightPhase.COAST, late.phase());
  }
}
