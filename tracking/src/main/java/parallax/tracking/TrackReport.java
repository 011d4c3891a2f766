package parallax.tracking;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.FlightPhase;
import parallax.model.LaunchPointEstimate;
import parallax.model.ThreatClass;
import parallax.model.TrackStatus;

/** What was last told of a track, and the prediction it was told with. */
final class TrackReport {
  @Nullable NationalTrack told;
  long toldNanos = Long.MIN_VALUE;
  Optional<LaunchPointEstimate> launchTold = Optional.empty();
  final Staging staging = new Staging();
  TrackStatus status = TrackStatus.TENTATIVE;
  FlightPhase phase = FlightPhase.UNKNOWN;
  ThreatClass threatClass = ThreatClass.UNKNOWN;
  @Nullable FlightPrediction prediction;
  long predictedNanos = Long.MIN_VALUE;
  long predictedFromPlot = Long.MIN_VALUE;

  /** Forgets the prediction: it was of a belief that no longer holds. */
  void restart() {
    prediction = null;
    predictedNanos = Long.MIN_VALUE;
    predictedFromPlot = Long.MIN_VALUE;
  }
}
