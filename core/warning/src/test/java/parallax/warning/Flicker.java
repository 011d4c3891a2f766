package parallax.warning;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Hokkaido and Aomori come and go at random among the areas at risk. */
final class Flicker {
  private final SplittableRandom random;
  private boolean hokkaido;
  private boolean aomori;

  Flicker(SplittableRandom random) {
    this.random = random;
  }

  /** The areas at risk by the next assessment. */
  List<AreaAtRisk> next() {
    hokkaido ^= random.nextInt(12) == 0;
    aomori ^= random.nextInt(12) == 0;
    List<AreaAtRisk> areas = new ArrayList<>();
    double when = 400 + random.nextInt(3) * 20;
    if (hokkaido) {
      areas.add(Scenes.passing("JP-01", when));
    }
    if (aomori) {
      areas.add(Scenes.passing("JP-02", when));
    }
    return areas;
  }
}
