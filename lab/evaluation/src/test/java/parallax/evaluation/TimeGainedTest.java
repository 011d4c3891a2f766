package parallax.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parallax.evaluation.LaunchScore.Sides;
import parallax.evaluation.PictureScore.Figure;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.PublishedLaunch;
import parallax.exercise.Salvo;
import parallax.model.Nation;

class TimeGainedTest {
  private static final double NEVER = Double.NaN;
  private static PublishedLaunch launch = LaunchTable.bundled().launches().getFirst();
  private static Flight flight = FlownLaunch.of(launch).flight().orElseThrow();

  @BeforeAll
  static void fly() {
    launch = LaunchTable.bundled().launches().getFirst();
    flight = FlownLaunch.of(launch).flight().orElseThrow();
  }

  /** First knowledge, a value a seed. */
  private static PictureScore knows(double... times) {
    List<RunScore> runs = new ArrayList<>();
    for (double t : times) {
      OptionalDouble v = Double.isNaN(t) ? OptionalDouble.empty() : OptionalDouble.of(t);
      runs.add(
          new RunScore(
              new Measures(v, v, v, v, new TreeSet<>()),
              0,
              new float[0],
              new float[0],
              new Consistency(Salvo.of(flight))));
    }
    return new PictureScore(runs);
  }

  private static LaunchScore score(PictureScore alone, PictureScore shared) {
    SortedMap<Nation, Sides> nations = new TreeMap<>();
    ExerciseParties.NATIONS.forEach(n -> nations.put(n, new Sides(alone, shared)));
    return new LaunchScore(
        launch,
        Optional.empty(),
        Salvo.of(flight),
        TimeGrid.of(Salvo.of(flight)),
        nations,
        new TreeMap<>(),
        new TreeSet<>());
  }

  private static TimeGained gain(LaunchScore... launches) {
    return TimeGained.of(List.of(launches), Nation.JPN, Figure.FIRST_KNOWLEDGE);
  }

  @Test
  void isTheMedianOverLaunchesOfTheDifferenceOfMedians() {
    LaunchScore forty = score(knows(90, 80, 85), knows(45, 44, 46));
    LaunchScore ten = score(knows(60, 60, 60), knows(50, 50, 99));
    LaunchScore none = score(knows(60, 61, 62), knows(60, 61, 62));
    assertEquals(new TimeGained(OptionalDouble.of(10), 3, 0, 0, 0), gain(forty, ten, none));
  }

  @Test
  void knownOnlySharedCountsAsMoreThanEveryTime() {
    LaunchScore only = score(knows(NEVER, NEVER, 300), knows(50, 50, 50));
    LaunchScore ten = score(knows(60), knows(50));
    LaunchScore twenty = score(knows(70), knows(50));
    assertEquals(new TimeGained(OptionalDouble.of(20), 2, 1, 0, 0), gain(only, ten, twenty));
    assertEquals(new TimeGained(OptionalDouble.empty(), 1, 1, 0, 0), gain(only, ten));
  }

  @Test
  void knownOnlyAloneCountsAsLessAndNeitherIsLeftOut() {
    LaunchScore alone = score(knows(50), knows(NEVER));
    LaunchScore neither = score(knows(NEVER), knows(NEVER));
    LaunchScore ten = score(knows(60), knows(50));
    LaunchScore twenty = score(knows(70), knows(50));
    assertEquals(
        new TimeGained(OptionalDouble.of(10), 2, 0, 1, 1), gain(alone, neither, ten, twenty));
    assertEquals(new TimeGained(OptionalDouble.empty(), 0, 0, 0, 1), gain(neither));
  }

  @Test
  void listsWhatEverySeedFindsLater() {
    List<WorseShared> worse = WorseShared.of(score(knows(50, 51, 52), knows(60, 61, NEVER)));
    assertEquals(12, worse.size(), "four figures of three nations");
    WorseShared first = worse.getFirst();
    assertEquals("firstKnowledgeS", first.field());
    assertEquals(new SignTest(3, 0, 0), first.test());
    assertEquals(OptionalDouble.of(51), first.alone());
    assertEquals(OptionalDouble.of(61), first.shared());
  }

  @Test
  void oneTickLaterIsNotLater() {
    assertTrue(WorseShared.of(score(knows(50, 51, 52), knows(50.2, 51.2, 52.2))).isEmpty());
  }
}
