package parallax.tracking;

import parallax.model.SensorId;

/**
 * What the tracker has found of a radar's constant errors: measured less true.
 *
 * @param sensor the radar
 * @param rangeM of range, metres
 * @param azimuthRad of azimuth, radians clockwise
 * @param elevationRad of elevation, radians upward
 * @param rangeSigmaM standard deviation of {@code rangeM}
 * @param azimuthSigmaRad standard deviation of {@code azimuthRad}
 * @param elevationSigmaRad standard deviation of {@code elevationRad}
 * @param corrected whether it is known beyond doubt, and taken out of the radar's plots
 * @param pairs how many pairs of plots it rests on
 */
public record SensorBias(
    SensorId sensor,
    double rangeM,
    double azimuthRad,
    double elevationRad,
    double rangeSigmaM,
    double azimuthSigmaRad,
    double elevationSigmaRad,
    boolean corrected,
    int pairs) {}
