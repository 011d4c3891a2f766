package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

class OutlineReaderTest {
  private static final String GOOD =
      """
      {"scale":10,"areas":[{"code":"XX-1","nation":"JPN","national":"1","en":"A","ja":"B","ko":"C",
      "polygons":[[[1400,400,10,0,0,10,-10,-10]]]}]}\
      """;

  private static AreaCatalogue read(String json) {
    return AreaCatalogue.read(
        "test", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void readsAnArea() {
    AdministrativeArea a = read(GOOD).areas(Nation.JPN).get(0);
    Ring r = a.polygons().get(0).shell();
    assertEquals(4, r.size());
    assertEquals(141, r.lonDeg(1));
    assertEquals(41, r.latDeg(2));
    assertTrue(a.contains(Scenes.at(40.2, 140.6)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"scale\":0,\"areas\":[]}",
        "{\"scale\":1.5,\"areas\":[]}",
        "{\"scale\":10}",
        "{\"scale\":10,\"scale\":10,\"areas\":[]}",
        "{\"scale\":10,\"areas\":[7]}",
        "{\"scale\":10,\"areas\":{}}"
      })
  void saysWhatIsWrongWithADocument(String json) {
    InvalidValueException e = assertThrows(InvalidValueException.class, () -> read(json));
    assertTrue(String.valueOf(e.getMessage()).startsWith("test"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[[1400,400,10,0,0,10]]]",
        "[[[1400,400,10,0,0,10,-10,-9]]]",
        "[[[1400,400,10,0,0,10,-10]]]",
        "[[[1400,400,99999,0,0,10,-10,-10]]]",
        "[[[1400,400,1e9,0,0,10,-10,-10]]]",
        "[[[1400,\"x\",10,0,0,10,-10,-10]]]",
        "[[[1400,null,10,0,0,10,-10,-10]]]",
        "[[[]]]",
        "[[]]",
        "[]",
        "[7]",
        "null"
      })
  void saysWhatIsWrongWithAnOutline(String polygons) {
    String json = GOOD.replace("[[[1400,400,10,0,0,10,-10,-10]]]", polygons);
    InvalidValueException e = assertThrows(InvalidValueException.class, () -> read(json));
    assertTrue(String.valueOf(e.getMessage()).contains("XX-1"), e.getMessage());
  }

  @Test
  void refusesEndlessNesting() {
    String deep = "[".repeat(100_000);
    assertThrows(InvalidValueException.class, () -> read("{\"scale\":10,\"areas\":" + deep));
  }

  @Test
  void damagedBytesAreEitherReadOrRefusedInWords() {
    SplittableRandom random = new SplittableRandom(20221004);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int n = 0; n < 3_000; n++) {
      byte[] bad = good.clone();
      for (int k = 0; k < 1 + n % 3; k++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        AreaCatalogue.read("test", new ByteArrayInputStream(bad));
      } catch (InvalidValueException e) {
        refused++;
      }
    }
    assertTrue(refused > 1_000, "refused " + refused);
  }

  @Test
  void drawsTheCoastWithoutACutAtTheAntimeridian() {
    MapOutline map = MapOutline.bundled();
    assertTrue(map.countries().stream().anyMatch(c -> c.name().equals("Japan")));
    assertTrue(map.countries().stream().anyMatch(c -> c.name().equals("North Korea")));
    assertTrue(map.rings().size() > 100);
    for (Ring r : map.rings()) {
      for (int i = 0; i < r.size(); i++) {
        assertTrue(r.lonDeg(i) >= 90 && r.lonDeg(i) <= 215, "longitude " + r.lonDeg(i));
        assertTrue(r.latDeg(i) >= -2.0001 && r.latDeg(i) <= 62.0001, "latitude " + r.latDeg(i));
        if (i > 0) {
          boolean seam =
              Math.abs(r.lonDeg(i) - 180) < 1e-3 && Math.abs(r.lonDeg(i - 1) - 180) < 1e-3;
          assertTrue(!seam, "an edge along the antimeridian");
          boolean frame = r.latDeg(i) == r.latDeg(i - 1);
          assertTrue(
              frame || Math.abs(r.lonDeg(i) - r.lonDeg(i - 1)) < 20, "an edge across the map");
        }
      }
    }
  }
}
