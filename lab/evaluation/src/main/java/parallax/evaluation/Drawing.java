package parallax.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.LaunchPointEstimate;
import parallax.model.TrackStatus;

/**
 * One drawing of a picture.
 *
 * @param tS when it was drawn
 * @param missile which of a salvo it is held against, from 0
 * @param place where the target is believed to be, with altitude
 * @param positionSigmaM 1-sigma size of that belief, root of the sum of three variances
 * @param positionErrorM distance from the true place at the same time
 * @param phase phase believed
 * @param status status of the track
 * @param launch launch point believed
 * @param impact predicted impact
 * @param impactErrorM distance of the predicted from the true impact point
 * @param areas codes of the areas at risk
 * @param areasTold whether the picture can tell areas at all
 */
public record Drawing(
    double tS,
    int missile,
    Optional<Geodetic> place,
    OptionalDouble positionSigmaM,
    OptionalDouble positionErrorM,
    FlightPhase phase,
    Optional<TrackStatus> status,
    Optional<LaunchPointEstimate> launch,
    Optional<Predicted> impact,
    OptionalDouble impactErrorM,
    List<String> areas,
    boolean areasTold) {}
