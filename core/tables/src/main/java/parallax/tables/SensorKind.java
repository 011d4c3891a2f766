package parallax.tables;

import java.util.Locale;
import java.util.Optional;
import parallax.model.Geodetic;
import parallax.model.Sensor;
import parallax.model.SensorId;

/**
 * Noise, scan period and detection probability by kind of sensor. All figures are invented for
 * exercises, round and plausible; none describes a real sensor.
 */
enum SensorKind {
  /** X-band radar. */
  X_BAND(1, 0.95, 15, 0.4e-3, 1),
  /** L-band early-warning radar. */
  EARLY_WARNING(2, 0.92, 40, 1.5e-3, 5),
  /** Fixed L/S-band or unspecified radar. */
  FIXED(2, 0.92, 30, 1.2e-3, 3),
  /** Ship radar. */
  SHIP(1, 0.93, 20, 1.0e-3, 2),
  /** Infrared satellite. */
  INFRARED(2, 0.90, 0, 25e-6, 0);

  /** Height of a geostationary slot, metres. */
  private static final double GEOSTATIONARY_M = 35_786_000;

  private final double scanPeriodS;
  private final double detection;
  private final double rangeSigmaM;
  private final double angleSigmaRad;
  private final double rateSigmaMps;

  SensorKind(
      double scanPeriodS,
      double detection,
      double rangeSigmaM,
      double angleSigmaRad,
      double rateSigmaMps) {
    this.scanPeriodS = scanPeriodS;
    this.detection = detection;
    this.rangeSigmaM = rangeSigmaM;
    this.angleSigmaRad = angleSigmaRad;
    this.rateSigmaMps = rateSigmaMps;
  }

  /** The kind that a table's words speak of; empty for words that name no known kind. */
  static Optional<SensorKind> named(String words) {
    String w = words.toLowerCase(Locale.ROOT);
    if (w.contains("infrared")) {
      return Optional.of(INFRARED);
    } else if (!w.contains("radar")) {
      return Optional.empty();
    } else if (w.contains("x-band")) {
      return Optional.of(X_BAND);
    } else if (w.contains("early-warning") || w.contains("early warning")) {
      return Optional.of(EARLY_WARNING);
    }
    return Optional.of(w.contains("ship") ? SHIP : FIXED);
  }

  /** A radar of this kind. */
  Sensor radar(SensorId id, Geodetic place, double maxRangeM, double minElevationRad) {
    return new Sensor.Radar(
        id,
        place,
        scanPeriodS,
        detection,
        maxRangeM,
        minElevationRad,
        rangeSigmaM,
        angleSigmaRad,
        angleSigmaRad,
        rateSigmaMps);
  }

  /** A satellite of this kind in a geostationary slot over {@code place}. */
  Sensor satellite(SensorId id, Geodetic place) {
    return new Sensor.InfraredSatellite(
        id, place.withAltitudeM(GEOSTATIONARY_M), scanPeriodS, detection, angleSigmaRad);
  }
}
