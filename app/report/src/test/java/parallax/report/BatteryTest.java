package parallax.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import parallax.evaluation.Battery;
import parallax.evaluation.BatteryJson;
import parallax.evaluation.BatteryResult;
import parallax.evaluation.ExerciseParties;
import parallax.evaluation.Fleet;
import parallax.evaluation.LaunchScore;
import parallax.evaluation.PictureScore;
import parallax.evaluation.Progress;
import parallax.exercise.LaunchTable;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.warning.AreaCatalogue;
import parallax.warning.MapOutline;

/** Two short made-up launches with two seeds; one row that cannot be flown, one malformed. */
class BatteryTest {
  private static final String TABLE =
      """
      id,site_lat,site_lon,bearing_deg_cns_derived,range_km,apogee_km,type_as_reported
      short,39.17,127.48,80,150,60,made up x2
      low & near,38.0,126.5,330,110,35,made up
      unpublished,39.17,127.48,80,,,made up
      wrong,139.17,127.48,80,150,60,made up
      """;
  private static BatteryResult result;
  private static JsonNode json;

  @BeforeAll
  static void fly() {
    result = run(2);
    json = parse(result);
  }

  private static BatteryResult run(int threads) {
    try {
      LaunchTable table = LaunchTable.parse(new StringReader(TABLE), "made up");
      PrintStream nowhere =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      Progress silent = new Progress(nowhere, false, () -> 0);
      TreeMap<String, String> made = new TreeMap<>();
      made.put("parallax", "test <1>");
      return new Battery(table, "made up", 2, threads, silent).run(made);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parse(BatteryResult r) {
    try {
      return new ObjectMapper().readTree(BatteryJson.bytes(r));
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneThreadGivesTheSameBytesAsTwo() {
    assertArrayEquals(BatteryJson.bytes(result), BatteryJson.bytes(run(1)));
  }

  @Test
  void everyPictureHasTheFiguresInTheirForm() {
    assertEquals(2, json.get("launches").size());
    for (JsonNode l : json.get("launches")) {
      assertEquals(2, l.get("seeds").asInt());
      assertEquals(0, l.get("problems").size(), l.get("problems").toString());
      for (Nation n : ExerciseParties.NATIONS) {
        for (String side : List.of("alone", "shared")) {
          JsonNode p = l.get("nations").get(n.code()).get(side);
          for (String f :
              List.of("firstKnowledgeS", "firstTrackS", "impactWithin50KmS", "areasRightFromS")) {
            assertEquals(
                List.of("p5", "median", "p95", "never"), names(p.get(f)), n + " " + side + f);
            int never = p.get(f).get("never").asInt();
            assertEquals(never > 0, p.get(f).get("p95").isNull(), n + " " + side + f);
          }
          assertTrue(p.get("areasWarnedWrongly").isInt());
          assertTrue(p.get("lostTrackS").get("median").isNumber());
          assertEquals(List.of("boost", "coast", "reentry", "glide"), names(p.get("consistency")));
        }
      }
    }
    for (Nation n : ExerciseParties.NATIONS) {
      assertTrue(json.get("gains").get(n.code()).has("firstKnowledgeS"));
      assertTrue(json.get("gains").get(n.code()).has("areasRightFromS"));
    }
  }

  private static List<String> names(JsonNode o) {
    List<String> out = new ArrayList<>();
    o.fieldNames().forEachRemaining(out::add);
    return out;
  }

  @Test
  void aloneANationKnowsNothingBeforeItsOwnSensorsAndNeverWithoutThem() {
    for (LaunchScore l : result.launches()) {
      for (int seed = 1; seed <= 2; seed++) {
        List<Plot> plots = Fleet.plots(l.salvo(), seed);
        for (Nation n : ExerciseParties.NATIONS) {
          double first = Double.POSITIVE_INFINITY;
          for (Plot p : plots) {
            if (p.sensor().owner().equals(n)) {
              double t = p.timeOfValidity().secondsSince(l.salvo().launchTime());
              first = Math.min(first, t);
            }
          }
          double known = knows(l.of(n).alone(), seed);
          assertTrue(known >= first, l.launch().id() + " " + n + " " + known + " " + first);
        }
      }
    }
  }

  @Test
  void sharedAllKnowWithinASecondOfTheFirst() {
    for (LaunchScore l : result.launches()) {
      for (int seed = 1; seed <= 2; seed++) {
        double earliest = Double.POSITIVE_INFINITY;
        for (Nation n : ExerciseParties.NATIONS) {
          earliest = Math.min(earliest, knows(l.of(n).alone(), seed));
        }
        assertTrue(Double.isFinite(earliest), l.launch().id());
        for (Nation n : ExerciseParties.NATIONS) {
          assertEquals(earliest, knows(l.of(n).shared(), seed), 1, l.launch().id() + " " + n);
        }
      }
    }
  }

  private static double knows(PictureScore s, int seed) {
    return s.runs().get(seed - 1).measures().firstKnowledgeS().orElse(Double.POSITIVE_INFINITY);
  }

  @Test
  void rowsThatCannotBeFlownAreListedWithTheReason() {
    assertEquals("unpublished", json.get("notFlown").get(0).get("id").asText());
    assertEquals(
        "no published apogee, no published range",
        json.get("notFlown").get(0).get("reason").asText());
    assertEquals(5, json.get("malformed").get(0).get("line").asInt());
    assertTrue(BatteryText.text(result).contains("not flown: unpublished: no published apogee"));
  }

  @Test
  void aSalvoFliesAllItsMissilesAndSaysSo() {
    JsonNode salvo = json.get("launches").get(0);
    assertEquals(2, salvo.get("missilesPublished").asInt());
    assertEquals(2, salvo.get("missilesFlown").asInt());
    assertEquals(
        salvo.get("impactS").asDouble() + 30, salvo.get("lastImpactS").asDouble(), 5, "30 s apart");
    assertTrue(BatteryText.text(result).contains("short is a salvo of 2 missiles"));
    assertTrue(salvo.get("assumption").asText().contains("2 missiles, 30 s and 0.5\u00b0 apart"));
  }

  @Test
  void thePageIsWellFormedAndHoldsEveryLaunch() throws Exception {
    String page = BatteryPage.html(result, MapOutline.bundled(), AreaCatalogue.bundled());
    Document d =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    page.replace("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8)));
    TreeSet<String> ids = new TreeSet<>();
    NodeList all = d.getElementsByTagName("*");
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      Element e = (Element) all.item(i);
      if (e.hasAttribute("id")) {
        assertTrue(ids.add(e.getAttribute("id")), "twice: " + e.getAttribute("id"));
      }
      String href = e.getAttribute("href");
      if (!href.isEmpty()) {
        assertTrue(href.startsWith("#"), href);
        asked.add(href.substring(1));
      }
      assertFalse(e.hasAttribute("src"), "nothing is fetched");
    }
    assertTrue(ids.containsAll(asked), "every reference is answered");
    for (LaunchScore l : result.launches()) {
      assertTrue(ids.contains(BatteryTables.anchor(l.launch().id())), l.launch().id());
    }
    assertTrue(page.contains("low &amp; near"));
    assertTrue(page.contains("test &lt;1&gt;"));
    assertTrue(page.contains("no published apogee, no published range"));
  }
}
