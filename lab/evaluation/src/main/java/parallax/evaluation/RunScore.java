package parallax.evaluation;

/**
 * What one nation knew in one run.
 *
 * @param measures when it knew what
 * @param lostS how long it held no track after its first and before impact, seconds
 * @param positionErrorM error of the believed place on the launch's time grid, metres; NaN: none
 * @param impactErrorM error of the predicted impact point on the same grid, metres; NaN: none
 * @param consistency how well it knew its own uncertainty
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RunScore(
    Measures measures,
    double lostS,
    float[] positionErrorM,
    float[] impactErrorM,
    Consistency consistency) {}
