package parallax.tracking;

import parallax.model.Geodetic;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * What winds no one knows add to where a target comes down: the last part of its ballistic flight,
 * through the air, is flown again in a wind from the west and in one from the south.
 *
 * @param eastEast variance, m^2
 * @param eastNorth covariance, m^2
 * @param northNorth variance, m^2
 */
record Wind(double eastEast, double eastNorth, double northNorth) {
  private static final Wind NONE = new Wind(0, 0, 0);
  private static final double AIR_BELOW_M = 90_000;
  private static final double LOOK_BACK_S = 5;

  /** On a flight that ends at {@code at}. */
  static Wind of(BallisticArc flight, Geodetic at, PredictionSettings settings) {
    double w = settings.windSigmaMps();
    if (w == 0) {
      return NONE;
    }
    double[] entry = entry(flight);
    BallisticForces calm = BallisticForces.wgs84(settings.ballisticCoefficient());
    Vector3 still = end(calm, entry);
    Vector3 west = moved(calm.inWind(Wgs84.fromEnu(new Vector3(w, 0, 0), at)), entry, still, at);
    Vector3 south = moved(calm.inWind(Wgs84.fromEnu(new Vector3(0, w, 0), at)), entry, still, at);
    return new Wind(
        west.x() * west.x() + south.x() * south.x(),
        west.x() * west.y() + south.x() * south.y(),
        west.y() * west.y() + south.y() * south.y());
  }

  /** The state where the flight last comes into the air. */
  private static double[] entry(BallisticArc flight) {
    double t = flight.durationS();
    double[] y = flight.at(t);
    while (t > 0 && BallisticForces.height(y[0], y[1], y[2]) < AIR_BELOW_M) {
      t = Math.max(0, t - LOOK_BACK_S);
      y = flight.at(t);
    }
    return y;
  }

  private static Vector3 moved(BallisticForces forces, double[] entry, Vector3 still, Geodetic at) {
    return Wgs84.toEnu(end(forces, entry).minus(still), at);
  }

  private static Vector3 end(BallisticForces forces, double[] entry) {
    BallisticArc arc =
        BallisticArc.flyToGround(
            forces, entry, FlightPredictor.MAX_FLIGHT_S, FlightPredictor.TOLERANCE_M);
    return FlightPredictor.position(arc.end());
  }
}
