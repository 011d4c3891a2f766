package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.release.fixtures.ReleaseFixtures.LAUNCH_TIME;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.DropArea;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchFailure;
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
import parallax.release.fixtures.ReleaseFixtures;

final class SanitisingTest {
  private static final LaunchRegion REGION =
      Agreement.parse(DefaultFiles.agreement(), "a").scope().launchRegions().getFirst();

  private static Sanitising grid(double km, OptionalDouble velocity) {
    return new Sanitising(
        false,
        false,
        Optional.of(new Sanitising.Grid(km, velocity)),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static Sanitising coarse(double s) {
    return new Sanitising(
        false,
        false,
        Optional.empty(),
        OptionalDouble.of(s),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static Sanitising floor(double km) {
    return new Sanitising(
        false,
        false,
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(km),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static Report.LaunchReport launch(Geodetic point, Covariance c) {
    return new Report.LaunchReport(
        ReleaseFixtures.header(Nation.KOR, 1, LAUNCH_TIME),
        new LaunchPointEstimate(point, c, LAUNCH_TIME, 2));
  }

  private static Report.TrackReport track(Vector3 position, Vector3 velocity, UtcTime time) {
    return new Report.TrackReport(
        ReleaseFixtures.header(Nation.KOR, 1, time),
        new TrackEstimate(
            new StateVector(
                time, position, velocity, Covariance.diagonal(1e4, 1e4, 1e4, 100, 100, 100)),
            FlightPhase.COAST,
            TrackStatus.CONFIRMED,
            ThreatClass.MRBM,
            time));
  }

  private static Report.LaunchReport told(Sanitising s, Report.LaunchReport r) {
    return (Report.LaunchReport) s.apply(r, REGION);
  }

  private static Report.TrackReport told(Sanitising s, Report.TrackReport r) {
    return (Report.TrackReport) s.apply(r, REGION);
  }

  @Test
  void roundsAPlaceByNoMoreThanHalfACellAnywhereOnEarth() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 20_000; i++) {
      double km = StrictMath.exp(random.nextDouble(-3, 4.6));
      double lat = Math.toDegrees(StrictMath.asin(random.nextDouble(-1, 1)));
      Geodetic g = Geodetic.ofDegrees(lat, random.nextDouble(-180, 180), 0);
      Geodetic r = GridCell.round(g, km);
      assertEquals(r, GridCell.round(r, km), "a centre stays");
      Vector3 error = Wgs84.toEnu(Wgs84.toEcef(r).minus(Wgs84.toEcef(g)), g);
      if (Math.abs(lat) < 85) {
        assertTrue(Math.abs(error.x()) <= km * 500 * 1.03 + 1e-6, km + " " + g + " " + error);
        assertTrue(Math.abs(error.y()) <= km * 500 * 1.03 + 1e-6, km + " " + g + " " + error);
      }
      Vector3 high = Wgs84.toEcef(g.withAltitudeM(random.nextDouble(0, 1.5e6)));
      double off = GridCell.round(high, km).minus(high).norm();
      assertTrue(off <= km * 500 * Math.sqrt(3) * 1.05 + 1e-6, km + " " + g + " off " + off);
    }
  }

  @Test
  void placesInOneCellAreToldAlike() {
    Sanitising s = grid(20, OptionalDouble.empty());
    Covariance c = Covariance.diagonal(4e6, 9e6);
    Geodetic centre = GridCell.round(Geodetic.ofDegrees(39.2, 125.67, 0), 20);
    Geodetic near =
        Geodetic.ofDegrees(centre.latitudeDeg() + 0.05, centre.longitudeDeg() - 0.05, 0);
    assertEquals(told(s, launch(centre, c)).launch(), told(s, launch(near, c)).launch());
  }

  @Test
  void covarianceCoversTheRounding() {
    SplittableRandom random = new SplittableRandom(12);
    double cell = 10_000;
    double[] sum = new double[3];
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      Geodetic g =
          Geodetic.ofDegrees(
              random.nextDouble(36, 42), random.nextDouble(124, 131), random.nextDouble(5e4, 9e5));
      Report.TrackReport r = track(Wgs84.toEcef(g), new Vector3(-910, 800, 700), LAUNCH_TIME);
      StateVector s = told(grid(10, OptionalDouble.of(60)), r).estimate().state();
      Vector3 error = Wgs84.toEnu(s.positionM().minus(r.estimate().state().positionM()), g);
      sum[0] += error.x() * error.x() / n;
      sum[1] += error.y() * error.y() / n;
      sum[2] += error.z() * error.z() / n;
      for (int k = 0; k < 3; k++) {
        assertEquals(1e4 + cell * cell / 12, s.covariance().get(k, k), 1e-3);
        assertEquals(100 + 300, s.covariance().get(k + 3, k + 3), 1e-9);
      }
      assertEquals(new Vector3(-930, 810, 690), s.velocityMps());
    }
    for (double meanSquare : sum) {
      assertTrue(meanSquare <= 1.03 * cell * cell / 12, "covers: " + meanSquare);
      assertTrue(meanSquare >= 0.9 * cell * cell / 12, "is not wider than need be: " + meanSquare);
    }
  }

  @Test
  void coarseTimesGoBackAndTheWayFlownIsCovered() {
    Vector3 v = new Vector3(-3000, 2000, 1000);
    UtcTime at = LAUNCH_TIME.plusSeconds(123.4);
    Report.TrackReport r = track(Wgs84.toEcef(Geodetic.ofDegrees(39, 128, 300_000)), v, at);
    TrackEstimate e = told(coarse(10), r).estimate();
    assertEquals(0, e.state().timeOfValidity().nanos() % 10_000_000_000L);
    assertTrue(!e.state().timeOfValidity().isAfter(at));
    assertTrue(at.secondsSince(e.state().timeOfValidity()) < 10);
    assertEquals(e.state().timeOfValidity(), e.lastPlot());
    assertEquals(1e4 + 9e6 * 100 / 3, e.state().covariance().get(0, 0), 1);
    assertEquals(-6e6 * 100 / 3, e.state().covariance().get(0, 1), 1);
    LaunchPointEstimate l =
        told(coarse(10), launch(Geodetic.ofDegrees(39.2, 125.67, 0), Covariance.diagonal(1, 1)))
            .launch();
    assertEquals(Math.sqrt(4 + 100 / 3.0), l.timeSigmaS(), 1e-9);
    Report.ImpactReport i = ReleaseFixtures.impactReport(Nation.KOR, 1, 33);
    ImpactPointPrediction.Predicted was = (ImpactPointPrediction.Predicted) i.impact();
    ImpactPointPrediction.Predicted p =
        (ImpactPointPrediction.Predicted)
            ((Report.ImpactReport) coarse(7).apply(i, REGION)).impact();
    assertTrue(!p.time().isBefore(was.time()) && p.time().secondsSince(was.time()) < 7);
    assertTrue(!p.madeFrom().isAfter(was.madeFrom()));
  }

  @Test
  void failureGoesWithTheClassAndItsTimeIsCoarsened() {
    UtcTime at = LAUNCH_TIME.plusSeconds(91.4);
    Report.TrackReport healthy = track(new Vector3(7e6, 0, 0), new Vector3(1, 2, 3), at);
    Report.TrackReport r =
        new Report.TrackReport(
            healthy.header(),
            healthy
                .estimate()
                .withFailure(
                    Optional.of(new LaunchFailure(LaunchFailure.Kind.BROKE_UP, 0.875, at))));
    LaunchFailure f = told(coarse(10), r).estimate().failure().orElseThrow();
    assertEquals(LaunchFailure.Kind.BROKE_UP, f.kind());
    assertEquals(0.875, f.probability());
    assertEquals(0, f.at().nanos() % 10_000_000_000L);
    assertTrue(!f.at().isAfter(at));
    Sanitising withoutClass =
        new Sanitising(
            false,
            true,
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    assertEquals(Optional.empty(), told(withoutClass, r).estimate().failure());
  }

  @Test
  void everyBranchOfAFanIsRoundedWidenedAndMadeLater() {
    UtcTime from = LAUNCH_TIME.plusSeconds(63.4);
    List<ImpactPointPrediction.Branch> branches = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      branches.add(
          new ImpactPointPrediction.Branch(
              0.125,
              from.plusSeconds(5 * i),
              Geodetic.ofDegrees(39.123 + 0.3 * i, 131.456 + 0.5 * i, 0),
              Covariance.diagonal(1e6 + i, 4e6),
              from.plusSeconds(301.3 + 11 * i),
              3));
    }
    ImpactPointPrediction.ThreatFan fan =
        new ImpactPointPrediction.ThreatFan(
            from,
            branches,
            0.25,
            List.of(
                new DropArea(
                    from,
                    branches.getFirst().point(),
                    branches.getFirst().eastNorthM2(),
                    branches.getFirst().time(),
                    3)));
    Report.ImpactReport r =
        new Report.ImpactReport(ReleaseFixtures.header(Nation.KOR, 1, from), fan);
    Sanitising s =
        new Sanitising(
            false,
            false,
            Optional.of(new Sanitising.Grid(10, OptionalDouble.empty())),
            OptionalDouble.of(7),
            OptionalDouble.of(5),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    ImpactPointPrediction.ThreatFan told =
        (ImpactPointPrediction.ThreatFan) ((Report.ImpactReport) s.apply(r, REGION)).impact();
    assertEquals(0.25, told.noImpact());
    assertEquals(0, told.madeFrom().nanos() % 7_000_000_000L);
    assertTrue(!told.madeFrom().isAfter(from));
    assertEquals(5, told.branches().size());
    DropArea drop = told.dropAreas().getFirst();
    assertEquals(told.branches().getFirst().point(), drop.point());
    assertEquals(told.branches().getFirst().eastNorthM2(), drop.eastNorthM2());
    assertEquals(told.branches().getFirst().time(), drop.time());
    assertEquals(told.branches().getFirst().burnout(), drop.separated());
    assertEquals(told.branches().getFirst().timeSigmaS(), drop.timeSigmaS());
    for (int i = 0; i < 5; i++) {
      ImpactPointPrediction.Branch was = branches.get(i);
      ImpactPointPrediction.Branch b = told.branches().get(i);
      assertEquals(0.125, b.probability());
      assertEquals(GridCell.round(was.point(), 10), b.point());
      assertNotEquals(was.point(), b.point());
      double cell = 1e8 / 12;
      double floor = 25e6 - (was.eastNorthM2().get(0, 0) + cell);
      assertEquals(was.eastNorthM2().get(0, 0) + cell + floor, b.eastNorthM2().get(0, 0), 1e-3);
      assertEquals(4e6 + cell + floor, b.eastNorthM2().get(1, 1), 1e-3);
      assertEquals(0, b.burnout().nanos() % 7_000_000_000L);
      assertTrue(!b.burnout().isAfter(was.burnout()));
      assertEquals(0, b.time().nanos() % 7_000_000_000L);
      assertTrue(!b.time().isBefore(was.time()) && b.time().secondsSince(was.time()) < 7);
      assertEquals(Math.sqrt(9 + 49 / 3.0), b.timeSigmaS(), 1e-12);
    }
  }

  @Test
  void floorHoldsInEveryDirection() {
    SplittableRandom random = new SplittableRandom(13);
    for (int i = 0; i < 5000; i++) {
      double[] l = new double[36];
      for (int row = 0; row < 6; row++) {
        for (int col = 0; col <= row; col++) {
          l[6 * row + col] = random.nextDouble(-3000, 3000);
        }
        l[7 * row] = StrictMath.exp(random.nextDouble(6, 8));
      }
      double[] m = new double[36];
      for (int row = 0; row < 36; row++) {
        for (int k = 0; k < 6; k++) {
          m[row] += l[6 * (row / 6) + k] * l[6 * (row % 6) + k];
        }
      }
      Report.TrackReport r =
          new Report.TrackReport(
              ReleaseFixtures.header(Nation.KOR, 1, LAUNCH_TIME),
              new TrackEstimate(
                  new StateVector(
                      LAUNCH_TIME,
                      new Vector3(7e6, 0, 0),
                      new Vector3(1, 2, 3),
                      Covariance.of(6, m)),
                  FlightPhase.COAST,
                  TrackStatus.CONFIRMED,
                  ThreatClass.MRBM,
                  LAUNCH_TIME));
      Covariance c = told(floor(2), r).estimate().state().covariance();
      for (int k = 0; k < 50; k++) {
        double[] d = {random.nextDouble(-1, 1), random.nextDouble(-1, 1), random.nextDouble(-1, 1)};
        double along = 0;
        double length = 0;
        for (int a = 0; a < 3; a++) {
          length += d[a] * d[a];
          for (int b = 0; b < 3; b++) {
            along += d[a] * d[b] * c.get(a, b);
          }
        }
        assertTrue(along / length >= 4e6 * (1 - 1e-6), "sigma^2 " + along / length);
      }
    }
  }

  @Test
  void leavesAWideCovarianceAsItIs() {
    Report.LaunchReport wide =
        launch(Geodetic.ofDegrees(39.2, 125.67, 0), Covariance.of(2, 9e6, 1e6, 1e6, 8e6));
    assertEquals(wide, told(floor(2), wide));
  }

  @Test
  void aDroppedLaunchPointIsTheWholeRegion() {
    Sanitising drop =
        new Sanitising(
            true,
            true,
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    Covariance c = Covariance.diagonal(1e8, 1e8);
    LaunchPointEstimate a = told(drop, launch(Geodetic.ofDegrees(39.2, 125.67, 0), c)).launch();
    LaunchPointEstimate b = told(drop, launch(Geodetic.ofDegrees(41.5, 129.1, 0), c)).launch();
    assertEquals(a, b);
    assertTrue(RegionProbability.inside(REGION, a) > 0.5);
    assertEquals(
        ThreatClass.UNKNOWN,
        told(drop, ReleaseFixtures.trackReport(Nation.KOR, 1, 30)).estimate().threatClass());
  }

  @Test
  void momentsOfARectangleAreThoseOfAUniformPlace() {
    LaunchRegion square =
        new LaunchRegion(
            "square",
            List.of(
                List.of(
                    new LaunchRegion.Corner(125, 0),
                    new LaunchRegion.Corner(125, 1),
                    new LaunchRegion.Corner(127, 1),
                    new LaunchRegion.Corner(127, 0),
                    new LaunchRegion.Corner(125, 0))));
    RegionMoments m = RegionMoments.of(square);
    double degree = Math.toRadians(1) * Wgs84.A;
    assertEquals(126, m.centroid().longitudeDeg(), 1e-9);
    assertEquals(0.5, m.centroid().latitudeDeg(), 1e-9);
    assertEquals(4 * degree * degree / 12, m.eastNorthM2().get(0, 0), 1);
    assertEquals(degree * degree / 12, m.eastNorthM2().get(1, 1), 1);
    assertEquals(0, m.eastNorthM2().get(0, 1), 1);
  }
}
