package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction.Branch;
import parallax.model.ImpactPointPrediction.ThreatFan;
import parallax.model.Nation;

final class WatchListTest {
  private static final Geodetic AKITA = Scenes.at(39.7, 140.3);

  private static Branch branch(double probability, Geodetic at, double burnoutS) {
    return new Branch(
        probability,
        Scenes.LAUNCH.plusSeconds(burnoutS),
        at,
        Covariance.diagonal(1e8, 1e8),
        Scenes.LAUNCH.plusSeconds(500 + burnoutS),
        10);
  }

  private static List<WatchedArea> watched(Branch... branches) {
    return WatchList.of(
        Scenes.CATALOGUE,
        Nation.JPN,
        new ThreatFan(Scenes.LAUNCH, List.of(branches), 0),
        RiskSettings.DEFAULT);
  }

  @Test
  void areaUnderABranchIsWatchedWithTheBranchsProbability() {
    WatchedArea w =
        watched(branch(0.2, Scenes.at(40, 135), 60), branch(0.25, AKITA, 80)).stream()
            .filter(x -> x.area().code().equals("JP-05"))
            .findFirst()
            .orElseThrow();
    assertEquals(0.25, w.probability(), 0.01, "all of the branch is in the widened area");
    assertEquals(-30, w.earliest().secondsSince(Scenes.LAUNCH.plusSeconds(580)), 1e-9);
    assertEquals(30, w.latest().secondsSince(Scenes.LAUNCH.plusSeconds(580)), 1e-9);
  }

  @Test
  void branchesOverOneAreaAddUp() {
    WatchedArea w =
        watched(branch(0.125, AKITA, 80), branch(0.25, AKITA, 120)).stream()
            .filter(x -> x.area().code().equals("JP-05"))
            .findFirst()
            .orElseThrow();
    assertEquals(0.375, w.probability(), 0.01);
    assertEquals(100, w.latest().secondsSince(w.earliest()), 1e-9);
  }

  @Test
  void seaAndUnlikelyBranchesAreNotWatched() {
    assertEquals(List.of(), watched(branch(0.9, Scenes.at(40, 135), 60)));
    assertEquals(List.of(), watched(branch(0.005, AKITA, 60)));
    assertEquals(List.of(), watched());
  }

  @Test
  void surestFanTellsNothingOfAreasAtRisk() {
    ThreatFan sure = new ThreatFan(Scenes.LAUNCH, List.of(branch(1, AKITA, 0)), 0);
    assertFalse(AreasAtRisk.canTell(sure, RiskSettings.DEFAULT));
    assertFalse(watched(branch(1, AKITA, 0)).isEmpty());
    assertTrue(
        AreasAtRisk.assess(
                Scenes.CATALOGUE, Nation.JPN, Optional.empty(), List.of(), RiskSettings.DEFAULT)
            .isEmpty());
  }
}
