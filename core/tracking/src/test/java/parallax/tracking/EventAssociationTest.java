package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.Vector3;

final class EventAssociationTest {
  private static final List<Nation> NATIONS = List.of(Nation.JPN, Nation.KOR, Nation.USA);
  private static final Geodetic SITE = Geodetic.ofDegrees(39, 126, 0);

  /** Four at once on bearings two degrees apart. */
  private static List<TestFlight> four() {
    List<TestFlight> flights = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      flights.add(new TestFlight(SITE, 85 + 2 * i, 45, 3_000, new TestFlight.Stage(0, 70, 22, 45)));
    }
    return flights;
  }

  private static ReportedTrack track(
      Nation n,
      int number,
      TestFlight f,
      double t,
      Vector3 off,
      double sigmaM,
      TrackStatus status) {
    double[] x = f.at(t);
    double p = sigmaM * sigmaM;
    double v = 1e-4 * p;
    StateVector s =
        new StateVector(
            TestFlight.time(t),
            FlightPredictor.position(x).plus(off),
            new Vector3(x[3], x[4], x[5]),
            Covariance.diagonal(p, p, p, v, v, v));
    return new ReportedTrack(
        new TrackId(n, number),
        Optional.of(new LaunchPointEstimate(SITE, Covariance.diagonal(4e6, 4e6), TestFlight.T0, 5)),
        Optional.of(
            new TrackEstimate(s, FlightPhase.COAST, status, ThreatClass.SRBM, TestFlight.time(t))),
        Optional.empty());
  }

  private static Vector3 noise(Random random, double sigma) {
    return new Vector3(
        sigma * random.nextGaussian(),
        sigma * random.nextGaussian(),
        sigma * random.nextGaussian());
  }

  /** Every nation's tracks of four flights: of own times, noise and bias; number = flight + 1. */
  private static List<ReportedTrack> salvo(long seed) {
    Random random = new Random(seed);
    List<TestFlight> flights = four();
    List<ReportedTrack> all = new ArrayList<>();
    for (Nation n : NATIONS) {
      Vector3 bias = noise(random, 2_000);
      for (int i = 0; i < 4; i++) {
        double t = 178 + 4 * random.nextDouble();
        Vector3 off = bias.plus(noise(random, 150));
        all.add(track(n, i + 1, flights.get(i), t, off, 200, TrackStatus.CONFIRMED));
      }
    }
    return all;
  }

  @Test
  void pairsASalvoRightUnderABiasOfEachNation() {
    int right = 0;
    for (int seed = 0; seed < 60; seed++) {
      List<List<ReportedTrack>> events = EventAssociation.events(salvo(seed));
      boolean good = events.size() == 4;
      for (List<ReportedTrack> e : events) {
        good &= e.size() == 3;
        good &= e.stream().map(r -> r.id().number()).distinct().count() == 1;
      }
      right += good ? 1 : 0;
    }
    assertTrue(right >= 57, right + " of 60");
  }

  @Test
  void dependsOnTheSetOfReportsAndNotOnTheirOrder() {
    List<ReportedTrack> all = salvo(7);
    List<List<ReportedTrack>> events = EventAssociation.events(all);
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      List<ReportedTrack> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      assertEquals(events, EventAssociation.events(shuffled));
    }
  }

  @Test
  void twoHalvesOfAPartitionAgreeOnceTheyHaveToldEachOther() {
    List<ReportedTrack> all = salvo(9);
    List<ReportedTrack> east = all.subList(0, 6);
    List<ReportedTrack> west = all.subList(6, 12);
    List<ReportedTrack> one = new ArrayList<>(east);
    one.addAll(west);
    List<ReportedTrack> other = new ArrayList<>(west);
    other.addAll(east);
    assertEquals(EventAssociation.events(one), EventAssociation.events(other));
    assertEquals(EventAssociation.events(all), EventAssociation.events(one));
  }

  @Test
  void twoTracksHeldByOneOriginatorAreTwoEventsHoweverNear() {
    TestFlight f = four().getFirst();
    Vector3 none = new Vector3(0, 0, 0);
    ReportedTrack a = track(Nation.KOR, 1, f, 180, none, 200, TrackStatus.CONFIRMED);
    ReportedTrack b =
        track(Nation.KOR, 2, f, 180, new Vector3(900, 0, 0), 200, TrackStatus.CONFIRMED);
    assertEquals(2, EventAssociation.events(List.of(a, b)).size());
  }

  @Test
  void aLostTrackBelongsToTheEventItsOriginatorGoesOnWith() {
    TestFlight f = four().getFirst();
    Vector3 none = new Vector3(0, 0, 0);
    ReportedTrack lost = track(Nation.KOR, 1, f, 120, none, 200, TrackStatus.LOST);
    ReportedTrack again = track(Nation.KOR, 2, f, 180, none, 200, TrackStatus.CONFIRMED);
    ReportedTrack partner = track(Nation.JPN, 1, f, 180, none, 300, TrackStatus.CONFIRMED);
    assertEquals(
        List.of(List.of(partner, lost, again)),
        EventAssociation.events(List.of(lost, again, partner)));
  }

  @Test
  void launchesThatContradictPartTracksThatAreClose() {
    TestFlight f = four().getFirst();
    Vector3 none = new Vector3(0, 0, 0);
    ReportedTrack a = track(Nation.KOR, 1, f, 180, none, 200, TrackStatus.CONFIRMED);
    ReportedTrack b = track(Nation.JPN, 1, f, 180, none, 200, TrackStatus.CONFIRMED);
    LaunchPointEstimate elsewhere =
        new LaunchPointEstimate(
            Geodetic.ofDegrees(40.5, 128.5, 0), Covariance.diagonal(4e6, 4e6), TestFlight.T0, 5);
    ReportedTrack other =
        new ReportedTrack(b.id(), Optional.of(elsewhere), b.estimate(), Optional.empty());
    assertTrue(TrackAssociation.sameTarget(a, b));
    assertEquals(2, EventAssociation.events(List.of(a, other)).size());
  }
}
