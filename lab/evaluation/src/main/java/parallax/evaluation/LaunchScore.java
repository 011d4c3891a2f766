package parallax.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import parallax.exercise.PublishedLaunch;
import parallax.exercise.Salvo;
import parallax.model.Nation;

/**
 * What one launch showed.
 *
 * @param launch the published launch
 * @param assumption what was assumed to fly it; empty when nothing was
 * @param salvo the truth
 * @param grid the moments at which errors are compared
 * @param nations what each nation knew
 * @param drawn each nation's pictures with the first seed, to draw
 * @param problems what must not come in a sound run, by seed
 */
public record LaunchScore(
    PublishedLaunch launch,
    Optional<String> assumption,
    Salvo salvo,
    TimeGrid grid,
    SortedMap<Nation, Sides> nations,
    SortedMap<Nation, NationResult> drawn,
    SortedSet<String> problems) {
  /** A nation alone and with its partners. */
  public record Sides(PictureScore alone, PictureScore shared) {
    /** Both with their names, alone first. */
    public List<Named> both() {
      return List.of(new Named("alone", alone), new Named("shared", shared));
    }
  }

  /** A picture's score by name: {@code alone} or {@code shared}. */
  public record Named(String label, PictureScore score) {}

  /** A nation's scores. */
  public Sides of(Nation n) {
    Sides s = nations.get(n);
    if (s == null) {
      throw new IllegalStateException("no scores of " + n);
    }
    return s;
  }
}
