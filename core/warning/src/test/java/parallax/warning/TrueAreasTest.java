package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.warning.Scenes.CATALOGUE;
import static parallax.warning.Scenes.area;
import static parallax.warning.Scenes.at;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.warning.TrueAreas.TruePoint;

class TrueAreasTest {
  private static List<TruePoint> truth(List<parallax.model.PathPoint> path) {
    List<TruePoint> out = new ArrayList<>();
    path.forEach(p -> out.add(new TruePoint(p.time(), p.place())));
    return out;
  }

  private static SortedSet<AdministrativeArea> areas(String... codes) {
    TreeSet<AdministrativeArea> out = new TreeSet<>();
    for (String c : codes) {
      out.add(area(c));
    }
    return out;
  }

  @Test
  void theTrackOfOctober2022ConcernsAomoriAndHokkaido() {
    TrueAreas t =
        TrueAreas.of(
            CATALOGUE,
            Nation.JPN,
            truth(Scenes.overTsugaru(0)),
            Optional.empty(),
            TrueAreas.TOLERANCE_M);
    assertTrue(areas("JP-01", "JP-02").containsAll(t.required()), t.required().toString());
    assertFalse(t.required().isEmpty());
    assertTrue(t.allowed().containsAll(areas("JP-01", "JP-02")), t.allowed().toString());
    assertTrue(areas("JP-01", "JP-02", "JP-03", "JP-05").containsAll(t.allowed()));
  }

  @Test
  void impactAtSeaConcernsNobodyAndNearTheCoastMayBeWarned() {
    Geodetic coast = at(42.79, 140.22);
    Optional<Geodetic> far = Optional.of(Scenes.direct(coast, 270, 200_000));
    TrueAreas none = TrueAreas.of(CATALOGUE, Nation.JPN, List.of(), far, TrueAreas.TOLERANCE_M);
    assertTrue(none.required().isEmpty());
    assertTrue(none.allowed().isEmpty());
    Optional<Geodetic> near = Optional.of(Scenes.direct(coast, 270, 40_000));
    TrueAreas may = TrueAreas.of(CATALOGUE, Nation.JPN, List.of(), near, TrueAreas.TOLERANCE_M);
    assertTrue(may.required().isEmpty());
    assertEquals(areas("JP-01"), may.allowed());
  }

  @Test
  void scoresAWarnedSet() {
    TrueAreas truth = new TrueAreas(areas("JP-02"), areas("JP-01"));
    assertEquals(areas("JP-01", "JP-02"), truth.allowed());
    assertTrue(RiskScore.of(areas("JP-02"), truth).right());
    assertTrue(RiskScore.of(areas("JP-01", "JP-02"), truth).right());
    RiskScore late = RiskScore.of(List.of(), truth);
    assertFalse(late.right());
    assertEquals(areas("JP-02"), late.missing());
    RiskScore islands = RiskScore.of(areas("JP-02", "JP-13"), truth);
    assertFalse(islands.right());
    assertEquals(areas("JP-13"), islands.wrong());
  }

  @Test
  void severalFlightsTogetherConcernTheAreasOfEach() {
    TrueAreas north = new TrueAreas(areas("JP-01"), areas("JP-02"));
    TrueAreas south = new TrueAreas(areas("JP-47"), areas("JP-01"));
    TrueAreas both = TrueAreas.together(List.of(north, south));
    assertEquals(areas("JP-01", "JP-47"), both.required());
    assertEquals(areas("JP-01", "JP-02", "JP-47"), both.allowed());
    assertEquals(new TrueAreas(areas(), areas()), TrueAreas.together(List.of()));
  }
}
