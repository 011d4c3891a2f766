package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.model.InvalidValueException;
import parallax.tables.RowError;

class LaunchTableTest {
  private static final String HEADER =
      "id,date_kst,launch_time_kst,site,site_lat,site_lon,bearing_deg_cns_derived,"
          + "type_as_reported,profile,range_km,apogee_km,flight_time_s,us_published\n";

  private static LaunchTable parse(String text) throws IOException {
    return LaunchTable.parse(new StringReader(text), "test.csv");
  }

  private static PublishedLaunch bundled(String id) {
    return LaunchTable.bundled().launches().stream()
        .filter(l -> l.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsEveryBundledRow() {
    LaunchTable table = LaunchTable.bundled();
    assertEquals(List.of(), table.errors());
    assertEquals(48, table.launches().size());
  }

  @Test
  void readsFiguresAndTimesOfOneRow() {
    PublishedLaunch l = bundled("L10");
    assertEquals("2017-07-28T14:42:00Z", l.launchTime().orElseThrow().toString());
    assertEquals(998_000, l.rangeM().orElseThrow());
    assertEquals(3_724_900, l.apogeeM().orElseThrow());
    assertEquals(Math.toRadians(70), l.bearingRad().orElseThrow(), 1e-12);
    assertEquals(
        List.of(
            new PublishedTime("table", 2832),
            new PublishedTime("KCNA", 2832),
            new PublishedTime("JCS", 2820),
            new PublishedTime("Japan", 2700)),
        l.publishedTimes());
  }

  @Test
  void findsMinutesInAmericanWords() {
    assertTrue(bundled("L09").publishedTimes().contains(new PublishedTime("US", 2220)));
    assertTrue(bundled("L14").publishedTimes().contains(new PublishedTime("US", 3000)));
    assertTrue(bundled("L08").publishedTimes().contains(new PublishedTime("US", 360)));
  }

  @Test
  void countsSalvos() {
    assertEquals(3, bundled("L03").salvoSize());
    assertEquals(4, bundled("L05").salvoSize());
    assertEquals(2, bundled("L23").salvoSize());
    assertEquals(1, bundled("L39").salvoSize());
    assertEquals(1, LaunchText.salvoSize("AXE-2 mix 7"));
    assertEquals(8, LaunchText.salvoSize("KN-23/24/25 (x8)"));
  }

  @Test
  void keepsGoodRowsBesideBadOnesAndSaysWhatWasWrong() throws IOException {
    LaunchTable table =
        parse(
            HEADER
                + "A,2024-01-01,07:00,Place,39,126,70,T,P,500,100,,\n"
                + ",2024-01-01,07:00,Place,39,126,70,T,P,500,100,,\n"
                + "B,2024-01-01,07:00,Place,91,126,70,T,P,500,100,,\n"
                + "C,2024-01-01,07:00,Place,39,126,70,T,P,-5,100,,\n"
                + "D,2024-01-01,07:00,Place,39,126,70,T,P,NaN,100,,\n"
                + "E,2024-01-01,25:00,Place,39,126,70,T,P,500,100,,\n"
                + "A,2024-01-01,07:00,Place,39,126,70,T,P,500,100,,\n"
                + "F,2024-01-01,07:00,Place,39,126\n"
                + "G,2024-01-01,07:00,Pl\"ace,39,126,70,T,P,500,100,,\n"
                + "H,2024-01-01,07:00,\"Place\" x,39,126,70,T,P,500,100,,\n"
                + "I,2024-01-01,07:00,Place,39,,70,T,P,500,100,,\n"
                + "J,2024-01-01,07:00,Place,39,126,70,T,P,about 500,100,,\n"
                + "K,2024-01-01,07:00,Place,39,126,370,T,P,500,100,,\n"
                + "Z,,,,39,126,,,,,,,\n");
    assertEquals(List.of("A", "Z"), table.launches().stream().map(PublishedLaunch::id).toList());
    assertEquals(
        List.of(3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14),
        table.errors().stream().map(RowError::line).toList());
    List<String> wanted =
        List.of(
            "id is blank",
            "site_lat is 91",
            "range_km is -5",
            "range_km is 'NaN'",
            "25:00",
            "earlier row",
            "has 6 fields; expected 13",
            "quote inside",
            "closing quote",
            "site_lon is blank",
            "range_km is 'about 500'",
            "bearing_deg_cns_derived is 370");
    for (int i = 0; i < wanted.size(); i++) {
      String message = table.errors().get(i).message();
      assertTrue(message.contains(wanted.get(i)), message);
    }
  }

  @Test
  void readsQuotedFieldsWithCommasBreaksAndQuotes() throws IOException {
    LaunchTable table =
        parse(
            "\uFEFF"
                + HEADER.replace("\n", ",extra\r\n")
                + "\r\n"
                + "A,2024-01-01,07:00,\"A \"\"b\"\",\r\nc\",39,126,70,T,P,500,100,,x,y,\r\n"
                + "A,2024-01-01,07:00,\"A \"\"b\"\",\r\nc\",39,126,70,T,P,500,100,,x,y\r\n"
                + "B,,,,39,126,70,T,P,500,100,,,");
    assertEquals(List.of("A", "B"), table.launches().stream().map(PublishedLaunch::id).toList());
    assertEquals("A \"b\",\r\nc", table.launches().get(0).site());
    assertEquals(List.of(5), table.errors().stream().map(RowError::line).toList());
  }

  @Test
  void losesOnlyTheRowWhoseQuoteNeverCloses() throws IOException {
    LaunchTable table =
        parse(
            HEADER
                + "A,,,\"open,39,126,70,T,P,500,100,,\n"
                + "B,,,,39,126,70,T,P,500,100,,\n"
                + "C,,,,39,126,70,T,P,500,100,,\n");
    assertEquals(List.of("B", "C"), table.launches().stream().map(PublishedLaunch::id).toList());
    assertEquals(2, table.errors().get(0).line());
  }

  @Test
  void refusesTableWithoutNeededColumnsInOneError() {
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> parse("id,site_lat,site_lon\nA,1,2\n"));
    assertEquals(
        "test.csv header is without column bearing_deg_cns_derived, range_km, apogee_km; expected"
            + " a header line with columns id, site_lat, site_lon, bearing_deg_cns_derived,"
            + " range_km, apogee_km",
        e.getMessage());
    assertThrows(InvalidValueException.class, () -> parse(""));
    assertThrows(InvalidValueException.class, () -> parse("id,id,site_lat\n"));
    assertThrows(InvalidValueException.class, () -> parse("\"id"));
  }

  @Test
  void survivesAnyDamage() throws IOException {
    String good = HEADER + "A,2024-01-01,07:00,\"P,l\",39,126,70,T x2,P,500,100,600,~9 min\n";
    SplittableRandom random = new SplittableRandom(5);
    for (int n = 0; n < 3000; n++) {
      StringBuilder b = new StringBuilder(good);
      for (int k = random.nextInt(1, 6); k > 0; k--) {
        int at = HEADER.length() + random.nextInt(good.length() - HEADER.length());
        b.setCharAt(at, "\",\n\r\u0000-9Ee.\uFEFF\uD800".charAt(random.nextInt(12)));
      }
      LaunchTable table = parse(b.toString());
      for (PublishedLaunch l : table.launches()) {
        assertTrue(l.rangeM().orElse(0) >= 0);
      }
    }
  }
}
