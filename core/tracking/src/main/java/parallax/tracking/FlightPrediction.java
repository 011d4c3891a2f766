package parallax.tracking;

import java.util.List;
import parallax.model.ImpactPointPrediction;
import parallax.model.PathPoint;

/**
 * The rest of a flight.
 *
 * @param impact where and when it ends, or why that cannot be told
 * @param path the way there, in order of time; empty without an impact
 */
public record FlightPrediction(ImpactPointPrediction impact, List<PathPoint> path) {
  /** Copies the path. */
  public FlightPrediction {
    path = List.copyOf(path);
  }
}
