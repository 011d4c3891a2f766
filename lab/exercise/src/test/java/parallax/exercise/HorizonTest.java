package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import parallax.model.Geodetic;
import parallax.model.Sensor;
import parallax.model.Wgs84;

/** Lowest visible heights over launch sites, against the published straight-line table. */
class HorizonTest {
  private static final Map<String, Geodetic> SITES =
      new TreeMap<>(
          Map.of(
              "Sunan", Geodetic.ofDegrees(39.2, 125.67, 0),
              "Wonsan", Geodetic.ofDegrees(39.17, 127.48, 0),
              "Sinpo", Geodetic.ofDegrees(40.04, 128.18, 0),
              "Mupyong-ni", Geodetic.ofDegrees(40.61, 126.43, 0)));

  private static final String[][] SENSORS = {
    {"ROK Green Pine (N", "Green Pine N. Chungcheong"},
    {"ROK Green Pine (Busan", "Green Pine Block C Busan"},
    {"ROK Aegis", "Aegis SPY-1 ROK"},
    {"US AN/TPY-2 Seongju", "AN/TPY-2 Seongju"},
    {"US AN/TPY-2 Kyogamisaki", "AN/TPY-2 Kyogamisaki"},
    {"US AN/TPY-2 Shariki", "AN/TPY-2 Shariki"},
    {"JP J/FPS-5 Sado", "J/FPS-5 Sado"},
    {"JP J/FPS-5 Shimokoshiki", "J/FPS-5 Shimokoshikijima"},
    {"JP J/FPS-5 Ominato", "J/FPS-5 Ominato"},
    {"JP Aegis", "Aegis SPY-1 JP"}
  };

  private static double lowestVisibleKm(Sensor sensor, Geodetic site, double elevationDeg) {
    double low = 0;
    double high = 1e6;
    for (int i = 0; i < 60; i++) {
      double mid = 0.5 * (low + high);
      double e = Visibility.elevationRad(sensor.position(), Wgs84.toEcef(site.withAltitudeM(mid)));
      if (e < Math.toRadians(elevationDeg)) {
        low = mid;
      } else {
        high = mid;
      }
    }
    return high / 1000;
  }

  @Test
  void agreesWithThePublishedTable() throws IOException {
    String text;
    try (InputStream in = HorizonTest.class.getResourceAsStream("horizon.txt")) {
      text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    Pattern cell = Pattern.compile("(\\S+)\\s+\\d+:\\s+(\\d+)/\\s*(\\d+)");
    int checked = 0;
    for (String line : text.lines().toList()) {
      for (String[] names : SENSORS) {
        if (line.startsWith(names[0])) {
          Sensor sensor =
              NotionalSensors.table().sensors().stream()
                  .filter(s -> s.id().name().equals(names[1]))
                  .findFirst()
                  .orElseThrow();
          Matcher m = cell.matcher(line);
          while (m.find()) {
            Geodetic site = Objects.requireNonNull(SITES.get(m.group(1)));
            check(Double.parseDouble(m.group(2)), lowestVisibleKm(sensor, site, 0), line);
            check(Double.parseDouble(m.group(3)), lowestVisibleKm(sensor, site, 3), line);
            checked++;
          }
        }
      }
    }
    assertEquals(40, checked);
  }

  private static void check(double published, double computed, String line) {
    assertEquals(published, computed, Math.max(2.5, 0.03 * published), line);
  }

  @Test
  void earthHidesWhatLiesBehindIt() {
    var here = Wgs84.toEcef(Geodetic.ofDegrees(0, 0, 0));
    var over = Wgs84.toEcef(Geodetic.ofDegrees(0, 0, 1e6));
    var behind = Wgs84.toEcef(Geodetic.ofDegrees(10, 180, 35_786_000));
    var beside = Wgs84.toEcef(Geodetic.ofDegrees(0, 40, 35_786_000));
    assertEquals(true, Visibility.blocked(behind, over));
    assertEquals(false, Visibility.blocked(beside, over));
    assertEquals(false, Visibility.blocked(beside, here));
  }
}
