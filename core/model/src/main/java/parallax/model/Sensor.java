package parallax.model;

/**
 * A sensor as its own nation registers it: where it stands, what it can see and how well. Never
 * shared with a partner.
 */
public sealed interface Sensor permits Sensor.Radar, Sensor.InfraredSatellite {
  /** Its identity. */
  SensorId id();

  /** Where it stands (for a satellite: its slot, fixed over the rotating earth). */
  Geodetic position();

  /** Seconds between two looks at the same target. */
  double scanPeriodS();

  /** Probability that a target in view is reported in one look, from 0 to 1. */
  double detectionProbability();

  /**
   * A radar that measures slant range, azimuth and elevation.
   *
   * @param id identity
   * @param position antenna
   * @param scanPeriodS seconds between looks
   * @param detectionProbability per look
   * @param maxRangeM instrumented slant range, metres
   * @param minElevationRad lowest beam above the local horizontal, radians
   * @param rangeSigmaM 1-sigma noise of range, metres
   * @param azimuthSigmaRad 1-sigma noise across the line of sight, radians (azimuth noise is this
   *     divided by cos elevation)
   * @param elevationSigmaRad 1-sigma noise of elevation, radians
   * @param rangeRateSigmaMps 1-sigma noise of range rate, m/s; 0 when it measures none
   */
  record Radar(
      SensorId id,
      Geodetic position,
      double scanPeriodS,
      double detectionProbability,
      double maxRangeM,
      double minElevationRad,
      double rangeSigmaM,
      double azimuthSigmaRad,
      double elevationSigmaRad,
      double rangeRateSigmaMps)
      implements Sensor {
    /** Validates every figure. */
    public Radar {
      Check.positive("scan period (s)", scanPeriodS);
      Check.within("detection probability", detectionProbability, 0, 1);
      Check.positive("maximum range (m)", maxRangeM);
      Check.within("minimum elevation (rad)", minElevationRad, -0.2, Math.PI / 2);
      Check.positive("range sigma (m)", rangeSigmaM);
      Check.positive("azimuth sigma (rad)", azimuthSigmaRad);
      Check.positive("elevation sigma (rad)", elevationSigmaRad);
      Check.notNegative("range rate sigma (m/s)", rangeRateSigmaMps);
    }
  }

  /**
   * An infrared satellite that measures the direction to a burning motor.
   *
   * @param id identity
   * @param position slot, fixed over the rotating earth
   * @param scanPeriodS seconds between looks
   * @param detectionProbability per look
   * @param lineOfSightSigmaRad 1-sigma noise of direction on each of two axes, radians
   */
  record InfraredSatellite(
      SensorId id,
      Geodetic position,
      double scanPeriodS,
      double detectionProbability,
      double lineOfSightSigmaRad)
      implements Sensor {
    /** Validates every figure. */
    public InfraredSatellite {
      Check.positive("scan period (s)", scanPeriodS);
      Check.within("detection probability", detectionProbability, 0, 1);
      Check.positive("line-of-sight sigma (rad)", lineOfSightSigmaRad);
    }
  }
}
