package parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.model.ImpactPointPrediction.Branch;
import parallax.model.ImpactPointPrediction.ThreatFan;

final class ThreatFanTest {
  private static final UtcTime T = new UtcTime(1_000_000_000_000L);

  private static Branch branch(double probability, double burnoutS) {
    return new Branch(
        probability,
        T.plusSeconds(burnoutS),
        Geodetic.ofDegrees(39, 131, 0),
        Covariance.diagonal(1e8, 1e8),
        T.plusSeconds(300 + burnoutS),
        5);
  }

  @Test
  void namesWhatItDoesNotPlace() {
    ThreatFan f = new ThreatFan(T, List.of(branch(0.25, 0), branch(0.25, 5)), 0.125);
    assertEquals(0.5, f.impact());
    assertEquals(0.375, f.beyond());
    assertEquals(1, new ThreatFan(T, List.of(), 0).beyond());
  }

  @Test
  void refusesProbabilitiesThatAddUpToMoreThanOne() {
    assertThrows(
        InvalidValueException.class,
        () -> new ThreatFan(T, List.of(branch(0.6, 0), branch(0.3, 5)), 0.2));
    assertThrows(InvalidValueException.class, () -> new ThreatFan(T, List.of(), -0.1));
    assertThrows(InvalidValueException.class, () -> new ThreatFan(T, List.of(), Double.NaN));
    assertThrows(InvalidValueException.class, () -> branch(0, 5));
    assertThrows(InvalidValueException.class, () -> branch(Double.NaN, 5));
  }

  @Test
  void refusesBranchesOutOfOrderAndTooMany() {
    assertThrows(
        InvalidValueException.class,
        () -> new ThreatFan(T, List.of(branch(0.1, 5), branch(0.1, 0)), 0));
    List<Branch> many = IntStream.range(0, 41).mapToObj(i -> branch(0.01, i)).toList();
    assertThrows(InvalidValueException.class, () -> new ThreatFan(T, many, 0));
    assertEquals(40, new ThreatFan(T, many.subList(0, 40), 0).branches().size());
  }

  @Test
  void refusesAStageThatFallsBeforeItIsLeftBehindOrWithoutAnEllipse() {
    Geodetic at = Geodetic.ofDegrees(39, 131, 0);
    Covariance c = Covariance.diagonal(1, 1);
    assertThrows(InvalidValueException.class, () -> new DropArea(T, at, c, T.plusSeconds(-1), 5));
    assertThrows(InvalidValueException.class, () -> new DropArea(T, at, c, T.plusSeconds(1), 0));
    assertThrows(
        InvalidValueException.class,
        () -> new DropArea(T, at, Covariance.diagonal(1, 1, 1), T.plusSeconds(1), 5));
    DropArea stage = new DropArea(T, at, c, T.plusSeconds(1), 5);
    assertThrows(
        InvalidValueException.class,
        () -> new ThreatFan(T, List.of(), 0).withDropAreas(Collections.nCopies(5, stage)));
  }

  @Test
  void refusesAFailureThatCannotBe() {
    for (double p : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThrows(
          InvalidValueException.class,
          () -> new LaunchFailure(LaunchFailure.Kind.BROKE_UP, p, T),
          "probability " + p);
    }
  }

  @Test
  void refusesABranchWithoutAnEllipse() {
    assertThrows(
        InvalidValueException.class,
        () ->
            new Branch(0.1, T, Geodetic.ofDegrees(39, 131, 0), Covariance.diagonal(1, 1, 1), T, 5));
    assertThrows(
        InvalidValueException.class,
        () -> new Branch(0.1, T, Geodetic.ofDegrees(39, 131, 0), Covariance.diagonal(1, 1), T, 0));
    assertThrows(
        InvalidValueException.class,
        () ->
            new Branch(0.1, T, Geodetic.ofDegrees(39, 131, 0), Covariance.diagonal(1, 1), T, 1e7));
  }
}
