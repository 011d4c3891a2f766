package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * A flight that never was, from 39.0 N 125.7 E to the east: 110 s of constant thrust, then nothing
 * but gravity (a point mass) and the earth's rotation, in steps of 0.1 s. And what two nations'
 * notional sensors see of it.
 */
final class MadeUpFlight {
  static final UtcTime LAUNCH = new UtcTime(1_700_000_000_000_000_000L);
  static final Geodetic SITE = Geodetic.ofDegrees(39.0, 125.7, 0);
  private static final double STEP_S = 0.1;
  private static final double BURN_S = 110;
  private static final double THRUST_MPS2 = 31;
  private static final double RANGE_SIGMA_M = 50;
  private static final double ANGLE_SIGMA_RAD = 5e-4;
  private static final double INFRARED_SIGMA_RAD = 5e-5;

  private final List<Vector3> positions = new ArrayList<>();

  MadeUpFlight() {
    Vector3 x = Wgs84.toEcef(SITE);
    Vector3 v = new Vector3(0, 0, 0);
    Vector3 thrust = Wgs84.fromEnu(new Vector3(0.6, 0, 0.8), SITE).times(THRUST_MPS2);
    for (int i = 0; i == 0 || Wgs84.toGeodetic(x).altitudeM() > -10; i++) {
      positions.add(x);
      Vector3 middle = x.plus(v.times(STEP_S / 2));
      Vector3 a = acceleration(middle, v).plus(i * STEP_S < BURN_S ? thrust : new Vector3(0, 0, 0));
      x = x.plus(v.times(STEP_S)).plus(a.times(STEP_S * STEP_S / 2));
      v = v.plus(a.times(STEP_S));
    }
  }

  private static Vector3 acceleration(Vector3 x, Vector3 v) {
    double r = x.norm();
    Vector3 omega = new Vector3(0, 0, Wgs84.OMEGA);
    return x.times(-Wgs84.GM / (r * r * r))
        .minus(omega.cross(v).times(2))
        .minus(omega.cross(omega.cross(x)));
  }

  double durationS() {
    return (positions.size() - 1) * STEP_S;
  }

  Vector3 positionAt(double seconds) {
    return positions.get((int) Math.round(seconds / STEP_S));
  }

  static Sensor.Radar radar(Nation nation) {
    Geodetic place =
        nation.equals(Nation.JPN)
            ? Geodetic.ofDegrees(38.0, 138.4, 500)
            : Geodetic.ofDegrees(37.0, 127.6, 500);
    return new Sensor.Radar(
        new SensorId(nation, "radar"),
        place,
        1,
        1,
        3e6,
        0,
        RANGE_SIGMA_M,
        ANGLE_SIGMA_RAD,
        ANGLE_SIGMA_RAD,
        0);
  }

  static Sensor.InfraredSatellite satellite(Nation nation) {
    return new Sensor.InfraredSatellite(
        new SensorId(nation, "satellite"),
        Geodetic.ofDegrees(0, 110, 35_786_000),
        1,
        1,
        INFRARED_SIGMA_RAD);
  }

  static List<Sensor> sensors(Nation nation) {
    return List.of(radar(nation), satellite(nation));
  }

  /** What a nation's sensors report, by time. */
  List<Plot> plots(Nation nation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Plot> out = new ArrayList<>();
    Sensor.Radar radar = radar(nation);
    Sensor.InfraredSatellite satellite = satellite(nation);
    Vector3 antenna = Wgs84.toEcef(radar.position());
    for (double t = 0; t <= durationS(); t += 1) {
      UtcTime time = LAUNCH.plusSeconds(t);
      Vector3 x = positionAt(t);
      if (t < BURN_S && Wgs84.toGeodetic(x).altitudeM() > 5_000) {
        Vector3 los = x.minus(Wgs84.toEcef(satellite.position())).unit();
        Vector3 side = los.cross(new Vector3(0, 0, 1)).unit();
        Vector3 noisy =
            los.plus(side.times(INFRARED_SIGMA_RAD * random.nextGaussian()))
                .plus(los.cross(side).times(INFRARED_SIGMA_RAD * random.nextGaussian()));
        out.add(new Plot.InfraredPlot(satellite.id(), time, noisy.unit()));
      }
      Vector3 enu = Wgs84.toEnu(x.minus(antenna), radar.position());
      double elevation = StrictMath.asin(enu.z() / enu.norm());
      if (elevation > 0.005) {
        double azimuth =
            StrictMath.atan2(enu.x(), enu.y())
                + ANGLE_SIGMA_RAD * random.nextGaussian() / StrictMath.cos(elevation);
        out.add(
            new Plot.RadarPlot(
                radar.id(),
                time,
                enu.norm() + RANGE_SIGMA_M * random.nextGaussian(),
                azimuth < 0 ? azimuth + 2 * Math.PI : azimuth,
                elevation + ANGLE_SIGMA_RAD * random.nextGaussian(),
                OptionalDouble.empty()));
      }
    }
    return out;
  }
}
