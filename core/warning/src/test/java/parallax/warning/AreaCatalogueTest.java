package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.warning.Scenes.CATALOGUE;
import static parallax.warning.Scenes.at;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

class AreaCatalogueTest {
  @Test
  void holdsEveryPrefectureOfJapan() {
    List<AdministrativeArea> areas = CATALOGUE.areas(Nation.JPN);
    assertEquals(47, areas.size());
    for (int i = 0; i < 47; i++) {
      String number = String.format(Locale.ROOT, "%02d", i + 1);
      assertEquals("JP-" + number, areas.get(i).code());
      assertEquals(number, areas.get(i).nationalCode());
    }
    assertEquals("北海道", areas.get(0).nameLocal());
    assertEquals("沖縄県", areas.get(46).nameLocal());
  }

  @Test
  void holdsEveryProvinceOfKorea() {
    TreeSet<String> codes = new TreeSet<>();
    TreeSet<String> national = new TreeSet<>();
    for (AdministrativeArea a : CATALOGUE.areas(Nation.KOR)) {
      codes.add(a.code().substring(3));
      national.add(a.nationalCode());
      assertEquals(10, a.nationalCode().length());
    }
    String iso = "11 26 27 28 29 30 31 41 42 43 44 45 46 47 48 49 50";
    assertEquals(iso, String.join(" ", codes));
    assertEquals(17, national.size());
    assertEquals("2600000000", Scenes.area("KR-26").nationalCode());
    assertEquals("부산광역시", Scenes.area("KR-26").nameLocal());
  }

  @Test
  void holdsEveryStateAndOutlyingArea() {
    TreeSet<String> codes = new TreeSet<>();
    for (AdministrativeArea a : CATALOGUE.areas(Nation.USA)) {
      codes.add(a.code().substring(3));
    }
    String expected =
        "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT"
            + " NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY";
    assertEquals(expected, String.join(" ", codes));
  }

  @ParameterizedTest(name = "{0} in {3}")
  @CsvSource({
    "Sapporo, 43.0642, 141.3469, JP-01",
    "Hakodate, 41.7900, 140.7400, JP-01",
    "Aomori, 40.7800, 140.7400, JP-02",
    "Shinjuku, 35.6900, 139.7000, JP-13",
    "Ogasawara Chichijima, 27.0700, 142.2000, JP-13",
    "Osaka, 34.6800, 135.5200, JP-27",
    "Nara, 34.6851, 135.8048, JP-29",
    "Naha, 26.2000, 127.6900, JP-47",
    "Busan, 35.1900, 129.0500, KR-26",
    "Seoul, 37.5700, 126.9900, KR-11",
    "Sejong, 36.5000, 127.2600, KR-50",
    "Gwangju north, 35.2000, 126.9100, KR-29",
    "Baengnyeong, 37.9550, 124.6800, KR-28",
    "Yeonpyeong, 37.6650, 125.6970, KR-28",
    "Ganghwa, 37.7000, 126.4600, KR-28",
    "Udo, 33.5050, 126.9530, KR-49",
    "Ulleungdo, 37.5000, 130.8600, KR-47",
    "Tobishima, 39.1900, 139.5500, JP-06",
    "Daegu, 35.8700, 128.6000, KR-27",
    "Jeju Hallasan, 33.3617, 126.5292, KR-49",
    "Hagatna, 13.4745, 144.7504, US-GU",
    "Honolulu, 21.3200, -157.8000, US-HI",
    "Anchorage, 61.2000, -149.8000, US-AK",
    "Attu beyond the antimeridian, 52.9000, 172.9000, US-AK",
    "Adak before it, 51.8500, -176.6500, US-AK",
    "Denver, 39.7400, -104.9900, US-CO",
    "San Juan, 18.4000, -66.0600, US-PR"
  })
  void findsTheAreaOfAPlace(String name, double lat, double lon, String code) {
    assertEquals(code, CATALOGUE.containing(at(lat, lon)).orElseThrow().code(), name);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the middle of the Sea of Japan, 40.0, 135.0",
    "the Tsugaru strait, 41.35, 140.35",
    "Pyongyang, 39.03, 125.75",
    "Vladivostok, 43.12, 131.90",
    "the Pacific at the antimeridian, 30.0, 180.0",
    "the Pacific at the antimeridian from the west, 30.0, -180.0",
    "the north pole, 90.0, 0.0",
    "the south pole, -90.0, 0.0"
  })
  void findsNoAreaElsewhere(String name, double lat, double lon) {
    assertTrue(CATALOGUE.containing(at(lat, lon)).isEmpty(), name);
  }

  @Test
  void measuresDistanceAcrossTheAntimeridian() {
    AdministrativeArea alaska = Scenes.area("US-AK");
    Geodetic between = at(51.9, 179.99);
    assertTrue(alaska.isWithin(between, 100_000));
    assertFalse(alaska.isWithin(at(45, 180), 100_000));
    assertFalse(alaska.contains(at(45, -180)));
  }

  @Test
  void hasGuamNamesInEveryLanguage() {
    AdministrativeArea guam = Scenes.area("US-GU");
    assertEquals("Guam", guam.nameLocal());
    assertEquals("グアム", guam.nameJa());
    assertEquals("괌", guam.nameKo());
    assertEquals("66", guam.nationalCode());
  }

  @Test
  void keepsOutlinesWithinTheirCountry() {
    for (AdministrativeArea a : CATALOGUE.areas(Nation.JPN)) {
      for (OutlinePolygon p : a.polygons()) {
        for (int i = 0; i < p.shell().size(); i++) {
          assertTrue(p.shell().lonDeg(i) > 122 && p.shell().lonDeg(i) < 155, a.toString());
          assertTrue(p.shell().latDeg(i) > 20 && p.shell().latDeg(i) < 46, a.toString());
        }
      }
    }
  }

  @Test
  void refusesTheSameCodeTwice() {
    AdministrativeArea a = Scenes.area("JP-01");
    assertThrows(InvalidValueException.class, () -> AreaCatalogue.of(List.of(a, a)));
  }
}
