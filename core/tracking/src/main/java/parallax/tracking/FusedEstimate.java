package parallax.tracking;

import java.util.List;
import java.util.Optional;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;

/**
 * What fusion made of its sources.
 *
 * @param estimate the combined estimate; empty when no source was usable
 * @param used identities that went into it, in natural order
 * @param leftOut identities left out because they contradict the others, in natural order
 */
public record FusedEstimate(
    Optional<TrackEstimate> estimate, List<TrackId> used, List<TrackId> leftOut) {
  /** Copies the lists. */
  public FusedEstimate {
    used = List.copyOf(used);
    leftOut = List.copyOf(leftOut);
  }
}
