package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.tables.RowError;
import parallax.tables.SensorTable;

class SensorTableTest {
  private static final String HEADER =
      "sensor,owner,kind,lat_town_level,lon_town_level,notional_exercise_range_km,min_elev_deg\n";

  private static SensorTable parse(String text) throws IOException {
    return SensorTable.parse(new StringReader(text), "test.csv");
  }

  @Test
  void readsEveryBundledSensor() {
    SensorTable table = NotionalSensors.table();
    assertEquals(List.of(), table.errors());
    assertEquals(
        List.of(
            "USA/AN/TPY-2 Shariki",
            "USA/AN/TPY-2 Kyogamisaki",
            "USA/AN/TPY-2 Seongju",
            "JPN/J/FPS-5 Shimokoshikijima",
            "JPN/J/FPS-5 Sado",
            "JPN/J/FPS-5 Ominato",
            "JPN/J/FPS-5 Yozadake",
            "KOR/Green Pine N. Chungcheong",
            "KOR/Green Pine S. Chungcheong",
            "KOR/Green Pine Block C Busan",
            "KOR/Aegis SPY-1 ROK",
            "JPN/Aegis SPY-1 JP",
            "USA/Aegis SPY-1 US",
            "USA/SBX sea-based X-band",
            "USA/SBIRS-like GEO-West",
            "USA/SBIRS-like GEO-East"),
        table.sensors().stream().map(s -> s.id().toString()).toList());
  }

  @Test
  void takesRangeAndElevationFromTheTableAndNoiseFromTheKind() {
    Sensor.Radar seongju =
        assertInstanceOf(Sensor.Radar.class, NotionalSensors.table().sensors().get(2));
    assertEquals(600_000, seongju.maxRangeM());
    assertEquals(Math.toRadians(3), seongju.minElevationRad(), 1e-12);
    assertEquals(15, seongju.rangeSigmaM());
    Sensor west = NotionalSensors.table().sensors().get(14);
    assertInstanceOf(Sensor.InfraredSatellite.class, west);
    assertEquals(35_786_000, west.position().altitudeM());
    assertEquals(100, west.position().longitudeDeg(), 1e-9);
  }

  @Test
  void keepsGoodRowsBesideBadOnes() throws IOException {
    SensorTable table =
        parse(
            HEADER
                + "A (x),JP,ship radar,35,135,800,1\n"
                + "A (y),JP,ship radar,36,135,800,1\n"
                + "A (y),JP,ship radar,36,135,800,1\n"
                + "B,XX,ship radar,36,135,800,1\n"
                + "C,JP,sonar,36,135,800,1\n"
                + "D,JP,ship radar,NaN,135,800,1\n"
                + "E,JP,ship radar,36,135,-800,1\n"
                + ",JP,ship radar,36,135,800,1\n"
                + "F,ROK,infrared satellite,0,100,,5\n");
    assertEquals(
        List.of("JPN/A", "JPN/A (y)", "KOR/F"),
        table.sensors().stream().map(s -> s.id().toString()).toList());
    assertEquals(List.of(4, 5, 6, 7, 8, 9), table.errors().stream().map(RowError::line).toList());
    assertEquals(Nation.JPN, table.sensors().get(0).id().owner());
  }

  @Test
  void needsNoWordOfExercisesInTheHeaderOfARealTable() throws IOException {
    String real = "sensor,owner,kind,lat_deg,lon_deg,range_km,min_elev_deg\n";
    String row = "A,JP,ship radar,35,135,800,1\n";
    assertEquals(parse(HEADER + row), parse(real + row));
    assertFalse(String.join(",", SensorTable.NEEDED).contains("notional"));
  }

  @Test
  void refusesAColumnUnderBothOfItsNames() {
    String both =
        "sensor,owner,kind,lat_deg,lon_deg,range_km,notional_exercise_range_km,min_elev_deg\n";
    InvalidValueException e = assertThrows(InvalidValueException.class, () -> parse(both));
    assertTrue(String.valueOf(e.getMessage()).contains("range_km"), e.getMessage());
  }

  @Test
  void refusesTableWithoutNeededColumns() {
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> parse("sensor,owner\nA,JP\n"));
    assertTrue(String.valueOf(e.getMessage()).contains("without column kind"), e.getMessage());
  }
}
