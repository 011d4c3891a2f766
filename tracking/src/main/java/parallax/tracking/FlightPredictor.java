package parallax.tracking;

import java.util.List;
import parallax.model.FlightPhase;
import parallax.model.ImpactPointPrediction;
import parallax.model.StateVector;

/** Predicts the rest of an unpowered flight. */
public final class FlightPredictor {
  private FlightPredictor() {}

  /** Predicts with {@link PredictionSettings#defaults()}. */
  public static FlightPrediction predict(StateVector state, FlightPhase phase) {
    return predict(state, phase, PredictionSettings.defaults());
  }

  /** Predicts. */
  public static FlightPrediction predict(
      StateVector state, FlightPhase phase, PredictionSettings settings) {
    return new FlightPrediction(
        new ImpactPointPrediction.CannotTellYet(state.timeOfValidity(), "not yet"), List.of());
  }
}
