package parallax.warning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.PathPoint;
import parallax.model.UtcTime;

/** Places and flights that several tests use. Geodesics by GeographicLib, the referee. */
final class Scenes {
  static final AreaCatalogue CATALOGUE = AreaCatalogue.bundled();

  /** 2022-10-03T22:22:00Z, about the launch of 4 October 2022 Japanese time. */
  static final UtcTime LAUNCH = UtcTime.of(java.time.Instant.parse("2022-10-03T22:22:00Z"));

  private Scenes() {}

  static Geodetic at(double latDeg, double lonDeg) {
    return Geodetic.ofDegrees(latDeg, lonDeg, 0);
  }

  static Geodetic direct(Geodetic from, double bearingDeg, double metres) {
    GeodesicData d =
        Geodesic.WGS84.Direct(from.latitudeDeg(), from.longitudeDeg(), bearingDeg, metres);
    return at(d.lat2, d.lon2);
  }

  static Predicted impact(Geodetic at, double sigmaM, double afterLaunchS, double timeSigmaS) {
    return new Predicted(
        LAUNCH,
        at,
        Covariance.diagonal(sigmaM * sigmaM, sigmaM * sigmaM),
        LAUNCH.plusSeconds(afterLaunchS),
        timeSigmaS);
  }

  /** A flight along a geodesic at even ground speed, one point every {@code stepM}. */
  static List<PathPoint> flight(
      Geodetic from,
      double bearingDeg,
      double rangeM,
      double speedMps,
      double sigmaM,
      double stepM) {
    List<PathPoint> path = new ArrayList<>();
    int steps = (int) Math.round(rangeM / stepM);
    for (int i = 0; i <= steps; i++) {
      double d = rangeM * i / steps;
      path.add(
          new PathPoint(
              LAUNCH.plusSeconds(d / speedMps),
              direct(from, bearingDeg, d)
                  .withAltitudeM(900_000.0 * i * (steps - i) * 4 / steps / steps),
              sigmaM));
    }
    return path;
  }

  /** Like that of 4 October 2022: over the Tsugaru strait, 4,600 km in 22 minutes. */
  static List<PathPoint> overTsugaru(double sigmaM) {
    return flight(at(40.61, 126.43), 80, 4_600_000, 3_485, sigmaM, 35_000);
  }

  static List<String> codes(List<AreaAtRisk> risks) {
    return risks.stream().map(r -> r.area().code()).toList();
  }

  /** An area that is flown over so long after the launch, give or take 30 s. */
  static AreaAtRisk passing(String code, double afterS) {
    return new AreaAtRisk(
        area(code),
        AreaAtRisk.Kind.OVERFLIGHT,
        0.9,
        LAUNCH.plusSeconds(afterS - 30),
        LAUNCH.plusSeconds(afterS + 30));
  }

  static AdministrativeArea area(String code) {
    return CATALOGUE.area(code).orElseThrow();
  }

  static <T> Optional<T> none() {
    return Optional.empty();
  }
}
