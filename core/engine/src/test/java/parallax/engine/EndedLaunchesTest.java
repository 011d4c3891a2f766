package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
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

/** Launches that are over cost nothing more, and are found again by what comes late. */
class EndedLaunchesTest {
  private static final UtcTime FIRST = MadeUpFlight.LAUNCH;
  private static final double APART_S = 7_200;

  private final CombinedPicture picture = new CombinedPicture();

  private static UtcTime launchOf(int flight) {
    return FIRST.plusSeconds(flight * APART_S);
  }

  private static Report.Header header(TrackId track, UtcTime made) {
    ConfidentialityLabel label =
        new ConfidentialityLabel(
            "PARALLAX",
            ConfidentialityLabel.Classification.UNCLASSIFIED,
            new TreeSet<>(Party.ALL),
            List.of(),
            FIRST);
    return new Report.Header(track, Channel.EXERCISE, made, label);
  }

  private static Report launch(TrackId track, int flight) {
    return new Report.LaunchReport(
        header(track, launchOf(flight).plusSeconds(1 + 0.001 * track.number())),
        new LaunchPointEstimate(
            MadeUpFlight.SITE, Covariance.diagonal(1e6, 1e6), launchOf(flight), 2));
  }

  private static Report state(TrackId track, int flight, double afterS, TrackStatus status) {
    UtcTime at = launchOf(flight).plusSeconds(afterS);
    return new Report.TrackReport(
        header(track, at),
        new TrackEstimate(
            new StateVector(
                at,
                Wgs84.toEcef(MadeUpFlight.SITE.withAltitudeM(60_000)),
                Wgs84.fromEnu(new Vector3(500, 0, 1_500), MadeUpFlight.SITE),
                Covariance.diagonal(1e6, 1e6, 1e6, 1e4, 1e4, 1e4)),
            FlightPhase.BOOST,
            status,
            ThreatClass.UNKNOWN,
            at));
  }

  private static TrackId track(Nation n, int flight) {
    return new TrackId(n, 1 + flight);
  }

  private static CombinedPicture.Changes draw(CombinedPicture p, int flight, double afterS) {
    UtcTime now = launchOf(flight).plusSeconds(afterS);
    return p.draw(now, now.nanos());
  }

  /** Two nations track one flight to its end; returns how many tracks were compared meanwhile. */
  private long fly(int flight, TrackStatus last) {
    long before = picture.associated();
    for (Nation n : List.of(Nation.JPN, Nation.KOR)) {
      picture.take(launch(track(n, flight), flight));
    }
    for (int s = 10; s < 20; s++) {
      for (Nation n : List.of(Nation.JPN, Nation.KOR)) {
        picture.take(state(track(n, flight), flight, s, s == 19 ? last : TrackStatus.CONFIRMED));
      }
      var unused = draw(picture, flight, s + 0.5);
    }
    return picture.associated() - before;
  }

  @Test
  void theWorkOfADrawingDoesNotGrowWithThem() {
    List<Long> compared = new ArrayList<>();
    for (int flight = 0; flight < 30; flight++) {
      compared.add(fly(flight, TrackStatus.ENDED));
    }
    assertEquals(compared.get(2), compared.getLast(), compared.toString());
    assertTrue(compared.getLast() < 10 * 6, compared.toString());
    assertEquals(60, picture.size(), "they stay known");
  }

  @Test
  void norWithThoseOfWhichNobodySaidThatTheyEnded() {
    List<Long> compared = new ArrayList<>();
    for (int flight = 0; flight < 30; flight++) {
      compared.add(fly(flight, TrackStatus.CONFIRMED));
    }
    assertEquals(compared.get(5), compared.getLast(), compared.toString());
  }

  @Test
  void whatComesLateFindsTheLaunchThatItIsOf() {
    for (int flight = 0; flight < 5; flight++) {
      fly(flight, TrackStatus.ENDED);
    }
    TrackId late = track(Nation.USA, 1);
    picture.take(launch(late, 1));
    List<CombinedLaunch> drawn = draw(picture, 5, 0).drawn();

    assertEquals(1, drawn.size());
    assertEquals(
        List.of(track(Nation.JPN, 1), track(Nation.KOR, 1), late), drawn.getFirst().sources());
    assertEquals(track(Nation.JPN, 1), drawn.getFirst().event());
  }

  @Test
  void aRecallOfOneIsShown() {
    for (int flight = 0; flight < 5; flight++) {
      fly(flight, TrackStatus.ENDED);
    }
    for (Nation n : List.of(Nation.JPN, Nation.KOR)) {
      picture.recall(track(n, 1), Optional.empty(), launchOf(5));
    }
    assertEquals(
        List.of(new CombinedPicture.Withdrawal(track(Nation.JPN, 1), Optional.empty(), false)),
        draw(picture, 5, 0).withdrawn());
  }

  @Test
  void thePictureDependsOnTheReportsAndNotOnWhatRestedMeanwhile() {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      List<Report> reports = new ArrayList<>();
      for (int flight = 0; flight < 4; flight++) {
        for (Nation n : Party.ALL) {
          if (random.nextInt(4) > 0) {
            reports.add(launch(track(n, flight), flight));
            reports.add(state(track(n, flight), flight, 30, TrackStatus.ENDED));
          }
        }
      }
      assertEquals(shown(reports, random, true), shown(reports, random, false), "seed " + seed);
    }
  }

  /** What is shown in the end of reports that come in some order. */
  private static SortedMap<TrackId, List<TrackId>> shown(
      List<Report> reports, Random random, boolean drawsBetween) {
    List<Report> shuffled = new ArrayList<>(reports);
    Collections.shuffle(shuffled, random);
    CombinedPicture p = new CombinedPicture();
    SortedMap<TrackId, List<TrackId>> shown = new TreeMap<>();
    int at = 0;
    for (Report r : shuffled) {
      p.take(r);
      if (drawsBetween) {
        show(draw(p, 7, 2 * at++), shown);
      }
    }
    show(draw(p, 7, 2 * at + 2), shown);
    show(draw(p, 7, 2 * at + 4), shown);
    return shown;
  }

  private static void show(
      CombinedPicture.Changes changes, SortedMap<TrackId, List<TrackId>> shown) {
    changes.drawn().forEach(c -> shown.put(c.event(), c.sources()));
    changes.withdrawn().forEach(w -> shown.remove(w.event()));
  }

  @Test
  void aFloodOfTracksIsBoundedAndPushesOutNobodyElses() {
    TrackId jpn = track(Nation.JPN, 0);
    TrackId kor = track(Nation.KOR, 1);
    picture.take(launch(jpn, 0));
    picture.take(launch(kor, 1));
    assertEquals(2, draw(picture, 1, 10).drawn().size());

    for (int i = 2; i < KnownTracks.MOST + 2; i++) {
      picture.take(launch(track(Nation.KOR, i), i));
    }

    assertEquals(KnownTracks.MOST + 1, picture.size());
    assertTrue(picture.of(jpn).isPresent());
    assertTrue(picture.of(kor).isEmpty());
    assertEquals(
        List.of(new CombinedPicture.Withdrawal(kor, Optional.empty(), true)),
        draw(picture, 1, 20).withdrawn());
  }
}
