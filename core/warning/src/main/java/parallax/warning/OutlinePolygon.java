package parallax.warning;

import java.util.List;

/**
 * A polygon on the map.
 *
 * @param shell the outer ring
 * @param holes rings cut out of it
 */
public record OutlinePolygon(Ring shell, List<Ring> holes) {
  /** Copies the list. */
  public OutlinePolygon {
    holes = List.copyOf(holes);
  }
}
