package parallax.exercise;

import parallax.model.FlightPhase;
import parallax.model.Vector3;

/**
 * The truth about a target at one moment of its flight.
 *
 * @param timeS seconds since launch
 * @param positionM ECEF position, metres
 * @param velocityMps velocity relative to the rotating earth, ECEF axes, m/s
 * @param accelerationMps2 rate of that velocity, ECEF axes, m/s^2
 * @param phase flight phase
 * @param burning whether a motor burns
 */
public record FlightState(
    double timeS,
    Vector3 positionM,
    Vector3 velocityMps,
    Vector3 accelerationMps2,
    FlightPhase phase,
    boolean burning) {}
