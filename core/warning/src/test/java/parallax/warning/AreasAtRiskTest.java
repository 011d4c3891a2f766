package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.warning.Scenes.CATALOGUE;
import static parallax.warning.Scenes.LAUNCH;
import static parallax.warning.Scenes.at;
import static parallax.warning.Scenes.codes;
import static parallax.warning.Scenes.direct;
import static parallax.warning.Scenes.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.DropArea;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.ImpactPointPrediction.CannotTellYet;
import parallax.model.ImpactPointPrediction.NoImpactExpected;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.PathPoint;

class AreasAtRiskTest {
  private static final RiskSettings SETTINGS = RiskSettings.DEFAULT;

  /** The west coast of Hokkaido at Suttsu. */
  private static final Geodetic COAST = at(42.79, 140.22);

  private static List<AreaAtRisk> assess(Nation n, Predicted p, List<PathPoint> path) {
    return AreasAtRisk.assess(CATALOGUE, n, Optional.ofNullable(p), path, SETTINGS);
  }

  private static List<AreaAtRisk> falling(Nation n, Predicted p) {
    return assess(n, p, List.of());
  }

  private static List<AreaAtRisk> passing(Nation n, List<PathPoint> path) {
    return AreasAtRisk.assess(CATALOGUE, n, Optional.empty(), path, SETTINGS);
  }

  @Test
  void impactFarAtSeaWarnsNobody() {
    Geodetic sea = direct(COAST, 270, 200_000);
    assertEquals(List.of(), falling(Nation.JPN, impact(sea, 10_000, 600, 5)));
    assertEquals(List.of(), falling(Nation.KOR, impact(sea, 10_000, 600, 5)));
    assertEquals(List.of(), falling(Nation.USA, impact(sea, 10_000, 600, 5)));
  }

  @Test
  void impactOffTheCoastWarnsTheCoast() {
    Geodetic near = direct(COAST, 270, 30_000);
    List<AreaAtRisk> risks = falling(Nation.JPN, impact(near, 10_000, 600, 20));
    assertEquals(List.of("JP-01"), codes(risks));
    AreaAtRisk r = risks.get(0);
    assertEquals(AreaAtRisk.Kind.IMPACT, r.kind());
    assertTrue(r.probability() > 0.2 && r.probability() < 0.9, "probability " + r.probability());
    assertEquals(LAUNCH.plusSeconds(560), r.earliest());
    assertEquals(LAUNCH.plusSeconds(640), r.latest());
  }

  @Test
  void impactInACityWarnsItsPrefecture() {
    List<AreaAtRisk> risks = falling(Nation.JPN, impact(at(43.3, 142.5), 8_000, 600, 1));
    assertEquals(List.of("JP-01"), codes(risks));
    assertEquals(1, risks.get(0).probability(), 1e-12);
    assertEquals(60, risks.get(0).latest().secondsSince(risks.get(0).earliest()), 1e-6);
  }

  @Test
  void theProbabilityIsThatOfTheGaussian() {
    // Far from its corners the square's widened edge is straight: half plane, Normal(-d / sigma).
    AdministrativeArea square = square(at(38, 138), 400_000);
    AreaCatalogue one = AreaCatalogue.of(List.of(square));
    double edge = edgeWest(square, 38);
    for (double offKm : new double[] {-20, 0, 10, 25, 35, 45, 55}) {
      Geodetic p = direct(at(38, edge), 270, 1_000 * offKm);
      Predicted prediction = impact(p, 15_000, 600, 5);
      double expected = Normal.below((25_000 - 1_000 * offKm) / 15_000);
      List<AreaAtRisk> risks =
          AreasAtRisk.assess(one, Nation.JPN, Optional.of(prediction), List.of(), SETTINGS);
      double found = risks.isEmpty() ? 0 : risks.get(0).probability();
      if (expected > 0.06 || found > 0) {
        assertEquals(expected, found, 0.02, offKm + " km off");
      }
    }
  }

  private static double edgeWest(AdministrativeArea a, double lat) {
    double west = 360;
    for (int i = 0; i < a.polygons().get(0).shell().size(); i++) {
      west = Math.min(west, a.polygons().get(0).shell().lonDeg(i));
    }
    return west + 0 * lat;
  }

  private static AdministrativeArea square(Geodetic centre, double sideM) {
    double h = sideM / 2;
    double w = direct(centre, 270, h).longitudeDeg();
    double e = direct(centre, 90, h).longitudeDeg();
    double n = direct(centre, 0, h).latitudeDeg();
    double s = direct(centre, 180, h).latitudeDeg();
    Ring ring = Ring.of("square", new double[] {w, e, e, w, w}, new double[] {s, s, n, n, s});
    return new AdministrativeArea(
        "XX-1",
        Nation.JPN,
        "1",
        "Square",
        "四角",
        "네모",
        List.of(new OutlinePolygon(ring, List.of())));
  }

  @Test
  void aVeryWideEllipseTellsNothing() {
    Predicted wide = impact(at(43, 142), 300_000, 600, 60);
    assertEquals(List.of(), falling(Nation.JPN, wide));
    assertFalse(AreasAtRisk.canTell(wide, SETTINGS));
    assertTrue(AreasAtRisk.canTell(impact(at(43, 142), 30_000, 600, 60), SETTINGS));
    assertFalse(AreasAtRisk.canTell(new CannotTellYet(LAUNCH, "boosting"), SETTINGS));
    assertTrue(AreasAtRisk.canTell(new NoImpactExpected(LAUNCH), SETTINGS));
  }

  private static DropArea stageOn(Geodetic place, double sigmaM) {
    return new DropArea(
        LAUNCH.plusSeconds(120),
        place,
        Covariance.diagonal(sigmaM * sigmaM, sigmaM * sigmaM),
        LAUNCH.plusSeconds(500),
        10);
  }

  private static List<AreaAtRisk> assess(ImpactPointPrediction p) {
    return AreasAtRisk.assess(CATALOGUE, Nation.JPN, p, List.of(), SETTINGS);
  }

  @Test
  void spentStageOnLandPutsItsAreaAtRisk() {
    Geodetic akita = at(39.7, 140.3);
    ImpactPointPrediction orbit = new NoImpactExpected(LAUNCH, List.of(stageOn(akita, 10_000)));
    AreaAtRisk r =
        assess(orbit).stream()
            .filter(x -> x.area().code().equals("JP-05"))
            .findFirst()
            .orElseThrow();
    assertEquals(AreaAtRisk.Kind.IMPACT, r.kind());
    assertTrue(r.probability() > 0.9);
    assertEquals(500, r.earliest().secondsSince(LAUNCH), 31);
    assertEquals(List.of(), assess(new NoImpactExpected(LAUNCH)));
    assertEquals(
        List.of(),
        assess(new NoImpactExpected(LAUNCH, List.of(stageOn(at(38, 134.5), 10_000)))),
        "at sea");
    assertEquals(
        List.of(), assess(new NoImpactExpected(LAUNCH, List.of(stageOn(akita, 90_000)))), "vague");
    assertEquals(
        codes(assess(orbit)),
        codes(assess(new CannotTellYet(LAUNCH, "burnout seen", orbit.dropAreas()))));
  }

  @Test
  void stageAndImpactOnOneAreaShareItsWindow() {
    Geodetic akita = at(39.7, 140.3);
    Predicted p = impact(akita, 10_000, 700, 5);
    AreaAtRisk r =
        assess(p.withDropAreas(List.of(stageOn(akita, 10_000)))).stream()
            .filter(x -> x.area().code().equals("JP-05"))
            .findFirst()
            .orElseThrow();
    assertEquals(470, r.earliest().secondsSince(LAUNCH), 1);
    assertEquals(730, r.latest().secondsSince(LAUNCH), 1);
  }

  @Test
  void anEllipseAcrossTheStraitWarnsBothSides() {
    Predicted p =
        new Predicted(
            LAUNCH,
            at(41.45, 140.6),
            Covariance.diagonal(4e6, 30_000.0 * 30_000),
            LAUNCH.plusSeconds(700),
            3);
    assertEquals(List.of("JP-01", "JP-02"), codes(falling(Nation.JPN, p)));
  }

  @Test
  void anImpactInTheAleutiansWarnsAlaskaFromBothSides() {
    assertEquals(
        List.of("US-AK"), codes(falling(Nation.USA, impact(at(51.9, 179.95), 20_000, 1_500, 9))));
    assertEquals(
        List.of("US-AK"), codes(falling(Nation.USA, impact(at(51.9, -179.95), 20_000, 1_500, 9))));
    assertEquals(
        List.of("US-GU"), codes(falling(Nation.USA, impact(at(13.4, 144.9), 10_000, 1_000, 9))));
  }

  @Test
  void theTrackOfOctober2022WarnsBothSidesOfTheStraitWithTheTimeOfThePass() {
    List<PathPoint> path = Scenes.overTsugaru(8_000);
    Geodetic end = path.get(path.size() - 1).place().withAltitudeM(0);
    List<AreaAtRisk> risks = assess(Nation.JPN, impact(end, 40_000, 1_320, 10), path);
    assertTrue(codes(risks).contains("JP-02"), codes(risks).toString());
    assertTrue(codes(risks).contains("JP-01"), codes(risks).toString());
    assertTrue(risks.size() <= 3, codes(risks).toString());
    for (AreaAtRisk r : risks) {
      assertEquals(AreaAtRisk.Kind.OVERFLIGHT, r.kind());
      // 1,150 to 1,650 km down range at 3.485 km/s.
      assertTrue(r.earliest().secondsSince(LAUNCH) > 270, "from " + r.earliest());
      assertTrue(r.latest().secondsSince(LAUNCH) < 520, "to " + r.latest());
    }
    assertEquals(List.of(), assess(Nation.KOR, impact(end, 40_000, 1_320, 10), path));
    assertEquals(List.of(), assess(Nation.USA, impact(end, 40_000, 1_320, 10), path));
  }

  @Test
  void aTrackThatProbablyFallsShortDoesNotWarnTheLandBeyond() {
    List<PathPoint> path = Scenes.overTsugaru(8_000).subList(0, 40);
    Geodetic end = path.get(39).place().withAltitudeM(0);
    Predicted unsure = impact(end, 400_000, 390, 60);
    assertEquals(List.of(), assess(Nation.JPN, unsure, path));
    Predicted sure = impact(end, 5_000, 390, 2);
    assertFalse(assess(Nation.JPN, sure, path).isEmpty());
  }

  @Test
  void anUncertainTrackWarnsOnlyWhatItProbablyCrosses() {
    TreeSet<String> sharp = new TreeSet<>(codes(passing(Nation.JPN, Scenes.overTsugaru(3_000))));
    TreeSet<String> blurred =
        new TreeSet<>(codes(passing(Nation.JPN, Scenes.overTsugaru(400_000))));
    assertTrue(sharp.contains("JP-02"));
    assertFalse(blurred.contains("JP-02"), blurred.toString());
  }

  @Test
  void aTrackAcrossTheAntimeridianWarnsTheAleutians() {
    List<PathPoint> path = Scenes.flight(at(51.5, 170), 80, 1_500_000, 4_000, 5_000, 50_000);
    assertEquals(List.of("US-AK"), codes(passing(Nation.USA, path)));
  }

  @Test
  void warnsRightlyOnRandomTracksWithSmallErrors() {
    SplittableRandom random = new SplittableRandom(13042023);
    int required = 0;
    for (int i = 0; i < 150; i++) {
      Geodetic from = at(random.nextDouble(38.5, 41.5), random.nextDouble(125, 129.5));
      double bearing = random.nextDouble(60, 140);
      double range = random.nextDouble(900_000, 4_000_000);
      double error = random.nextDouble(-0.3, 0.3); // degrees: up to 10 km where it passes Japan
      List<PathPoint> predicted = Scenes.flight(from, bearing + error, range, 3_000, 8_000, 40_000);
      List<PathPoint> flown = Scenes.flight(from, bearing, range, 3_000, 0, 40_000);
      Geodetic guess = predicted.get(predicted.size() - 1).place().withAltitudeM(0);
      Geodetic fell = flown.get(flown.size() - 1).place().withAltitudeM(0);
      List<TrueAreas.TruePoint> truth = new ArrayList<>();
      flown.forEach(p -> truth.add(new TrueAreas.TruePoint(p.time(), p.place())));
      TrueAreas areas =
          TrueAreas.of(CATALOGUE, Nation.JPN, truth, Optional.of(fell), TrueAreas.TOLERANCE_M);
      List<AreaAtRisk> risks =
          assess(Nation.JPN, impact(guess, 9_000, range / 3_000, 5), predicted);
      RiskScore score = RiskScore.of(risks.stream().map(AreaAtRisk::area).toList(), areas);
      required += areas.required().size();
      assertTrue(score.right(), i + " missing " + score.missing() + " wrong " + score.wrong());
    }
    assertTrue(required > 200, "areas required " + required);
  }

  @Test
  void sameQuestionSameAnswer() {
    List<PathPoint> path = Scenes.overTsugaru(8_000);
    assertEquals(passing(Nation.JPN, path), passing(Nation.JPN, path));
  }

  @Test
  void refusesAPathThatRunsBackInTime() {
    List<PathPoint> path = new ArrayList<>(Scenes.overTsugaru(8_000).subList(0, 3));
    path.add(path.get(0));
    assertThrows(InvalidValueException.class, () -> passing(Nation.JPN, path));
  }

  @Test
  void acceptsAPathOfOnePointAndOneThatStandsStill() {
    PathPoint p = new PathPoint(LAUNCH, at(43.3, 142.5), 1_000);
    assertEquals(List.of("JP-01"), codes(passing(Nation.JPN, List.of(p))));
    assertEquals(List.of("JP-01"), codes(passing(Nation.JPN, List.of(p, p))));
    assertEquals(List.of(), passing(Nation.JPN, List.of()));
  }

  @Test
  void anUnknownNationHasNoAreas() {
    assertEquals(List.of(), falling(new Nation("FRA"), impact(at(48.8, 2.3), 1_000, 600, 5)));
  }
}
