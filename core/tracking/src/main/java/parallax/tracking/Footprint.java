package parallax.tracking;

import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * What lift may add to where a ballistic target comes down: moments, east and north at the
 * ballistic impact point.
 *
 * <p>A glide spends the energy per weight, v^2/2g + h, at the ratio of lift to drag, so it can end
 * at most that ratio times as far away, from below 12 km at most 2.5 times the straight way left; a
 * dive shortens the way by up to three tenths. Between the two any end is taken to be as likely as
 * another, and the way to either side has a standard deviation of a tenth of the farthest reach. A
 * flight that tops out below 75 km is reckoned with as a glider; one that tops out from there to
 * 110 km is one with a probability of 0.1; a higher one is not.
 *
 * @param eastM shift of the mean to the east, metres
 * @param northM shift of the mean to the north, metres
 * @param eastEast variance, m^2
 * @param eastNorth covariance, m^2
 * @param northNorth variance, m^2
 * @param acrossVariance variance across the track, m^2
 * @param laterS how much later the mean comes down, seconds
 * @param timeVariance of the time, s^2
 * @param reason what to say of it before an uncertainty; empty without lift
 */
record Footprint(
    double eastM,
    double northM,
    double eastEast,
    double eastNorth,
    double northNorth,
    double acrossVariance,
    double laterS,
    double timeVariance,
    String reason) {
  /** Flights that stay below can glide. */
  static final double CEILING_M = 75_000;

  private static final double GLIDER_CEILING_M = 110_000;
  private static final double GLIDER_PROBABILITY = 0.1;
  private static final double DIVE = 0.3;
  private static final double LAST_DIVE_M = 12_000;
  private static final double STRETCH = 2.5;
  private static final double ASIDE = 0.1;
  private static final Footprint NONE = new Footprint(0, 0, 0, 0, 0, 0, 0, 0, "");

  /** From the state {@code s}, whose ballistic flight ends in the state {@code end}. */
  static Footprint of(double[] s, double[] end, Lift lift) {
    double top = Math.max(FlightPredictor.apogeeM(s), BallisticForces.height(s[0], s[1], s[2]));
    if (top > GLIDER_CEILING_M) {
      return NONE;
    }
    Vector3 here = FlightPredictor.position(s);
    Vector3 there = FlightPredictor.position(end);
    Vector3 way = there.minus(here);
    Vector3 up = there.unit();
    Vector3 flat = way.minus(up.times(way.dot(up)));
    Vector3 course = new Vector3(s[3], s[4], s[5]);
    Vector3 level = course.minus(up.times(course.dot(up)));
    double ballistic = flat.norm();
    if (!(level.norm() > 1)) {
      return NONE;
    }
    double g = Wgs84.GM / here.dot(here);
    double energyHeight =
        course.dot(course) / (2 * g) + Math.max(0, BallisticForces.height(s[0], s[1], s[2]));
    double reach = lift.most() * energyHeight;
    if (BallisticForces.height(s[0], s[1], s[2]) < LAST_DIVE_M) {
      reach = Math.min(reach, STRETCH * way.norm());
    }
    double farthest = Math.max(ballistic, reach);
    double nearest = (1 - DIVE * Math.min(1, lift.most())) * ballistic;
    double width = farthest - nearest;
    double probability = top < CEILING_M ? 1 : GLIDER_PROBABILITY;
    double shift = 0.5 * (farthest + nearest) - ballistic;
    double along = probability * (width * width / 12 + (1 - probability) * shift * shift);
    double across = probability * ASIDE * ASIDE * farthest * farthest * Math.min(1, lift.most());
    double mean = probability * shift;
    Vector3 enu = Wgs84.toEnu(level.unit(), Wgs84.toGeodetic(there));
    double size = Math.hypot(enu.x(), enu.y());
    double e = enu.x() / size;
    double n = enu.y() / size;
    double slow = 0.7 * course.norm();
    double timeWidth = width / Math.max(slow, 300);
    return new Footprint(
        mean * e,
        mean * n,
        along * e * e + across * n * n,
        (along - across) * e * n,
        along * n * n + across * e * e,
        across,
        mean / Math.max(slow, 300),
        probability * timeWidth * timeWidth / 6,
        probability < 1
            ? ""
            : "lift may carry it "
                + Math.round(nearest / 1000)
                + " to "
                + Math.round(farthest / 1000)
                + " km on; ");
  }
}
