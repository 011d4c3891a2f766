package parallax.model;

import java.util.OptionalDouble;

/** One sensor's report of one target at one time. Never leaves the nation of the sensor. */
public sealed interface Plot permits Plot.RadarPlot, Plot.InfraredPlot {
  /** The sensor that measured it. */
  SensorId sensor();

  /** When the sensor measured it. */
  UtcTime timeOfValidity();

  /** The same measurement at another time. */
  Plot at(UtcTime time);

  /**
   * A radar's report, in the local frame at the antenna (WGS-84 geodetic vertical), without
   * refraction.
   *
   * @param sensor the radar
   * @param timeOfValidity when measured
   * @param rangeM slant range, metres
   * @param azimuthRad clockwise from geodetic north, radians, 0 to 2 pi
   * @param elevationRad above the local horizontal, radians
   * @param rangeRateMps rate of slant range, m/s, positive when receding; empty when not measured
   */
  record RadarPlot(
      SensorId sensor,
      UtcTime timeOfValidity,
      double rangeM,
      double azimuthRad,
      double elevationRad,
      OptionalDouble rangeRateMps)
      implements Plot {
    /** Validates every measurement. */
    public RadarPlot {
      Check.within("range (m)", rangeM, 1, 1e8);
      Check.within("azimuth (rad)", azimuthRad, 0, 2 * Math.PI);
      Check.within("elevation (rad)", elevationRad, -Math.PI / 2, Math.PI / 2);
      if (rangeRateMps.isPresent()) {
        Check.within("range rate (m/s)", rangeRateMps.getAsDouble(), -2e4, 2e4);
      }
    }

    @Override
    public RadarPlot at(UtcTime time) {
      return new RadarPlot(sensor, time, rangeM, azimuthRad, elevationRad, rangeRateMps);
    }
  }

  /**
   * An infrared satellite's report: the direction to a burning motor.
   *
   * @param sensor the satellite
   * @param timeOfValidity when measured
   * @param lineOfSight unit vector from the satellite to the target, ECEF axes
   */
  record InfraredPlot(SensorId sensor, UtcTime timeOfValidity, Vector3 lineOfSight)
      implements Plot {
    /** Validates that the direction has length 1 to 1e-6. */
    public InfraredPlot {
      Check.within("length of the line of sight", lineOfSight.norm(), 1 - 1e-6, 1 + 1e-6);
    }

    @Override
    public InfraredPlot at(UtcTime time) {
      return new InfraredPlot(sensor, time, lineOfSight);
    }
  }
}
