package parallax.exercise;

import parallax.model.Geodetic;
import parallax.model.Sensor;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Whether a sensor can see a target, by geometry alone: straight lines over the WGS-84 ellipsoid,
 * without refraction or terrain.
 */
public final class Visibility {
  /** Height from which clouds no longer hide a burning motor, metres. */
  public static final double CLOUD_BREAK_M = 10_000;

  private Visibility() {}

  /** Whether {@code sensor} has the target in view. */
  public static boolean sees(Sensor sensor, FlightState target) {
    return switch (sensor) {
      case Sensor.Radar r -> radarSees(r, target.positionM());
      case Sensor.InfraredSatellite s -> satelliteSees(s, target);
    };
  }

  private static boolean radarSees(Sensor.Radar radar, Vector3 target) {
    Vector3 antenna = Wgs84.toEcef(radar.position());
    double elevation = elevationRad(radar.position(), target);
    return target.minus(antenna).norm() <= radar.maxRangeM()
        && elevation >= radar.minElevationRad()
        && (elevation >= 0 || !blocked(antenna, target));
  }

  private static boolean satelliteSees(Sensor.InfraredSatellite satellite, FlightState target) {
    return target.burning()
        && Wgs84.toGeodetic(target.positionM()).altitudeM() >= CLOUD_BREAK_M
        && !blocked(Wgs84.toEcef(satellite.position()), target.positionM());
  }

  /** Angle of {@code target} (ECEF, m) above the local horizontal at {@code place}, radians. */
  public static double elevationRad(Geodetic place, Vector3 target) {
    Vector3 enu = Wgs84.toEnu(target.minus(Wgs84.toEcef(place)), place);
    return StrictMath.atan2(enu.z(), Math.hypot(enu.x(), enu.y()));
  }

  /**
   * Whether the earth stands between two places (ECEF, m): the segment comes inside the ellipsoid
   * away from its ends. The z axis is stretched by a/b so that the ellipsoid becomes a sphere.
   */
  static boolean blocked(Vector3 from, Vector3 to) {
    double k = Wgs84.A / Wgs84.B;
    Vector3 a = new Vector3(from.x(), from.y(), from.z() * k);
    Vector3 d = new Vector3(to.x(), to.y(), to.z() * k).minus(a);
    double nearest = -a.dot(d) / d.dot(d);
    return nearest > 0 && nearest < 1 && a.plus(d.times(nearest)).norm() < Wgs84.A - 1;
  }
}
