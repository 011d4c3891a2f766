package parallax.node.demo;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.engine.Picture;
import parallax.exercise.Flight;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.Nation;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.node.demo.DemoResult.Drawing;
import parallax.node.demo.DemoResult.Measures;

/** What the drawings of one nation's view say against the truth. */
final class FleetFindings {
  private FleetFindings() {}

  /** Drawings with an impact predicted while the motor truly burned. */
  static long falseWhileBurning(Scoreboard b, Picture.View view, Flight flight) {
    return b.history(view).stream()
        .filter(d -> d.impact().isPresent() && d.tS() < flight.burnoutS() - 0.5)
        .count();
  }

  /** When the first prediction that lasted to the end of all doubts was made. */
  static OptionalDouble firstPredictedAfterBurnout(Scoreboard b, Picture.View v, Flight flight) {
    return b.history(v).stream()
        .filter(d -> d.impact().isPresent() && d.tS() >= flight.burnoutS() - 0.5)
        .mapToDouble(Drawing::tS)
        .findFirst();
  }

  /** Squared Mahalanobis distance of the true impact point from the prediction (2 freedoms). */
  static double squaredSigmas(Predicted p, Geodetic truth) {
    Vector3 d = Wgs84.toEnu(Wgs84.toEcef(truth).minus(Wgs84.toEcef(p.point())), p.point());
    Covariance c = p.eastNorthM2();
    double a = c.get(0, 0);
    double b = c.get(0, 1);
    double e = c.get(1, 1);
    return (e * d.x() * d.x() - 2 * b * d.x() * d.y() + a * d.y() * d.y()) / (a * e - b * b);
  }

  /** Share of the predictions made after burnout whose true impact lies outside 99 % (9.21). */
  static double shareOutside(Scoreboard b, Picture.View v, Flight flight) {
    int all = 0;
    int out = 0;
    for (Drawing d : b.history(v)) {
      if (d.impact().isPresent() && d.tS() >= flight.burnoutS() && d.tS() < flight.durationS()) {
        all++;
        out += squaredSigmas(d.impact().get(), flight.impactPoint()) > 9.21 ? 1 : 0;
      }
    }
    return all == 0 ? 0 : (double) out / all;
  }

  /** Predictions that miss by more than 50 km and five standard deviations. */
  static SortedSet<String> confidentFalsehoods(Scoreboard b, Picture.View v, Flight flight) {
    SortedSet<String> out = new TreeSet<>();
    for (Drawing d : b.history(v)) {
      if (d.impact().isPresent()
          && d.tS() < flight.durationS()
          && d.impactErrorM().orElse(0) > 50_000
          && squaredSigmas(d.impact().get(), flight.impactPoint()) > 25) {
        out.add(
            String.format(
                Locale.ROOT,
                "%07.1f err %.0f km, %.1f sigma",
                d.tS(),
                d.impactErrorM().orElse(0) / 1e3,
                Math.sqrt(squaredSigmas(d.impact().get(), flight.impactPoint()))));
      }
    }
    return out;
  }

  /** Number of tracks of a nation that were ever drawn in its national view. */
  static String measures(Nation n, Scoreboard b, Picture.View v, Flight flight) {
    Measures m = b.measures(v);
    SortedSet<String> lies = confidentFalsehoods(b, v, flight);
    return String.format(
        Locale.ROOT,
        "%s %-8s known %6s track %6s pred %6s near %6s right %6s wrong %s burning %d out99 %.2f"
            + " lies %d%s",
        n,
        v,
        s(m.firstKnowledgeS()),
        s(m.firstTrackS()),
        s(firstPredictedAfterBurnout(b, v, flight)),
        s(m.impactWithin50KmS()),
        s(m.areasRightFromS()),
        m.areasWarnedWrongly(),
        falseWhileBurning(b, v, flight),
        shareOutside(b, v, flight),
        lies.size(),
        lies.isEmpty() ? "" : " " + lies.first() + " .. " + lies.last());
  }

  private static String s(OptionalDouble v) {
    return v.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", v.getAsDouble());
  }
}
