package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import parallax.evaluation.Drawing;
import parallax.evaluation.Measures;
import parallax.evaluation.NationResult;
import parallax.evaluation.Sighting;
import parallax.exercise.PublishedLaunch;
import parallax.model.Nation;
import parallax.model.SensorId;
import parallax.model.TrackId;
import parallax.report.Markup;
import parallax.report.ReportWords;
import parallax.warning.AreaCatalogue;
import parallax.warning.MapOutline;

class HtmlReportTest {
  private static final String HOSTILE = "</script><img src=x onerror=\"a()\">&'<b>]]>{}";

  private static AreaCatalogue areas;
  private static MapOutline outline;
  private static DemoResult lofted;
  private static String page;

  @BeforeAll
  static void makeOnePage() {
    areas = AreaCatalogue.bundled();
    outline = MapOutline.bundled();
    lofted = new HtmlReportSample("L48", areas).result();
    page = HtmlReport.html(lofted, outline, areas);
  }

  private static Document parse(String html) throws Exception {
    DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();
    f.setNamespaceAware(true);
    f.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    f.setFeature("http://xml.org/sax/features/external-general-entities", false);
    return f.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
  }

  @Test
  void isWellFormedAndEveryIdentifierIsUnique() throws Exception {
    NodeList all = parse(page).getElementsByTagName("*");
    TreeSet<String> ids = new TreeSet<>();
    List<String> used = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      Element e = (Element) all.item(i);
      if (e.hasAttribute("id")) {
        assertTrue(ids.add(e.getAttribute("id")), e.getAttribute("id"));
      }
      if (e.hasAttribute("href")) {
        used.add(e.getAttribute("href"));
      }
    }
    assertFalse(used.isEmpty());
    for (String u : used) {
      assertTrue(u.startsWith("#") && ids.contains(u.substring(1)), u);
    }
  }

  @Test
  void closesNothingButVoidElementsInPlace() throws Exception {
    Matcher m = Pattern.compile("<([a-z0-9]+)[^<>]*/>").matcher(page);
    TreeSet<String> closed = new TreeSet<>();
    while (m.find()) {
      closed.add(m.group(1));
    }
    closed.removeAll(
        List.of("meta", "br", "input", "path", "use", "rect", "ellipse", "circle", "line"));
    assertEquals(new TreeSet<String>(), closed);
  }

  @Test
  void refersToNothingOutside() {
    Matcher m = Pattern.compile("(?i)(.{12})(https?:|//[a-z])").matcher(page);
    while (m.find()) {
      assertTrue(m.group(1).contains("xmlns="), m.group());
    }
    for (String s : List.of("src=", "<link", "@import", "fetch(", "XMLHttpRequest", "import(")) {
      assertFalse(page.contains(s), s);
    }
    assertFalse(Pattern.compile("url\\((?!#)").matcher(page).find());
  }

  @Test
  void staysSmall() {
    assertTrue(page.length() < 3_000_000, page.length() + " characters");
  }

  @Test
  void namesEveryFigureOfTheTable() {
    for (NationResult n : lofted.nations().values()) {
      for (Measures m : List.of(n.alone(), n.shared())) {
        for (OptionalDouble v :
            List.of(
                m.firstKnowledgeS(), m.firstTrackS(), m.impactWithin50KmS(), m.areasRightFromS())) {
          v.ifPresent(
              s -> assertTrue(page.contains("<td>" + ReportWords.seconds(s)), "figure " + s));
        }
        for (String code : m.areasWarnedWrongly()) {
          assertTrue(page.contains(areas.area(code).orElseThrow().nameEn()), code);
        }
      }
    }
    for (DemoResult.NodeProcessId p : lofted.nodes()) {
      assertTrue(page.contains(p.nation() + " " + p.pid()));
    }
    assertTrue(page.contains(lofted.pictureDigest().orElseThrow()));
    assertTrue(page.contains(lofted.assumption().orElseThrow()));
    assertTrue(page.contains("EXERCISE EXERCISE EXERCISE"));
  }

  @Test
  void drawsTwoMapsAndTwoChartsANation() throws Exception {
    NodeList figures = parse(page).getElementsByTagName("figure");
    assertEquals(6 + 6, figures.getLength());
    for (String id : List.of("JPN-alone", "JPN-shared", "KOR-alone", "USA-shared")) {
      assertTrue(page.contains("id=\"m-" + id + "\""), id);
    }
  }

  @Test
  void everyDrawingHasWordsForThoseWhoCannotSeeIt() throws Exception {
    NodeList drawings = parse(page).getElementsByTagName("svg");
    for (int i = 0; i < drawings.getLength(); i++) {
      Element e = (Element) drawings.item(i);
      boolean told =
          e.getAttribute("role").equals("img") && !e.getAttribute("aria-label").isEmpty();
      assertTrue(told || e.getAttribute("aria-hidden").equals("true"));
    }
  }

  @Test
  void hostileNamesStayText() throws Exception {
    DemoResult r = hostile(lofted);
    String html = HtmlReport.html(r, outline, areas);
    Document d = parse(html);
    assertEquals(0, d.getElementsByTagName("img").getLength());
    assertEquals(2, d.getElementsByTagName("script").getLength());
    assertTrue(html.contains("JPN knows more of its own: JPN-7, withheld from partners"));
    assertFalse(html.contains("<img"));
    assertTrue(
        html.contains("&lt;img src=x onerror=&quot;a()&quot;&gt;&amp;&#39;&lt;b&gt;]]&gt;{}"));
    String bell = new Markup().add("{}", "a\u0007b\uD800c\u0085").toString();
    assertEquals("a\uFFFDb\uFFFDc\uFFFD", bell);
  }

  private static DemoResult hostile(DemoResult r) {
    PublishedLaunch l = r.launch();
    PublishedLaunch named =
        new PublishedLaunch(
            HOSTILE,
            l.launchTime(),
            HOSTILE,
            l.sitePosition(),
            l.bearingRad(),
            HOSTILE,
            HOSTILE,
            l.rangeM(),
            l.apogeeM(),
            l.flightTimeS(),
            l.publishedTimes(),
            HOSTILE);
    SortedMap<Nation, NationResult> nations = new TreeMap<>();
    for (var e : r.nations().entrySet()) {
      NationResult n = e.getValue();
      List<Sighting> seen = new ArrayList<>();
      for (Sighting s : n.sightings()) {
        seen.add(new Sighting(new SensorId(e.getKey(), HOSTILE), s.firstS(), s.lastS(), s.plots()));
      }
      TreeSet<String> wrong = new TreeSet<>(List.of(HOSTILE));
      List<Drawing> drawn = new ArrayList<>();
      for (Drawing d : n.aloneHistory()) {
        drawn.add(
            new Drawing(
                d.tS(),
                0,
                d.place(),
                d.positionSigmaM(),
                d.positionErrorM(),
                d.phase(),
                d.status(),
                d.launch(),
                d.impact(),
                d.impactErrorM(),
                List.of(HOSTILE),
                true));
      }
      Measures a = n.alone();
      nations.put(
          e.getKey(),
          new NationResult(
              new Measures(
                  a.firstKnowledgeS(),
                  a.firstTrackS(),
                  a.impactWithin50KmS(),
                  a.areasRightFromS(),
                  wrong),
              n.shared(),
              drawn,
              n.sharedHistory(),
              List.of(
                  new parallax.wire.NodeEvent.AlertSent(
                      "i", HOSTILE, "e", r.flight().launchTime(), List.of(), HOSTILE)),
              n.truth(),
              seen,
              new TreeSet<>(List.of(new TrackId(e.getKey(), 7)))));
    }
    return new DemoResult(
        named,
        Optional.of(HOSTILE),
        r.flight(),
        r.seed(),
        r.speed(),
        r.nodes(),
        nations,
        r.links(),
        Optional.of(HOSTILE),
        r.deleteBy());
  }

  @Test
  void saysWhenTheAgreementWantsItDeleted() {
    assertTrue(page.contains("<dt>Delete by</dt><dd>2026-12-25T10:00:00Z, as"), page);
  }

  @Test
  void aRunInWhichNobodyKnewAnythingIsStillAReport() throws Exception {
    SortedMap<Nation, NationResult> nations = new TreeMap<>();
    OptionalDouble never = OptionalDouble.empty();
    Measures none = new Measures(never, never, never, never, new TreeSet<>());
    lofted
        .nations()
        .forEach(
            (n, r) ->
                nations.put(
                    n,
                    new NationResult(
                        none,
                        none,
                        List.of(),
                        List.of(),
                        List.of(),
                        r.truth(),
                        List.of(),
                        new TreeSet<>())));
    DemoResult r =
        new DemoResult(
            lofted.launch(),
            Optional.empty(),
            lofted.flight(),
            1,
            20,
            List.of(),
            nations,
            List.of(),
            Optional.empty(),
            Optional.empty());
    String html = HtmlReport.html(r, outline, areas);
    parse(html);
    assertTrue(html.contains("it never knew of the launch."));
    assertTrue(html.contains("<abbr title=\"never\">"));
    assertTrue(html.contains("not the same at all nodes"));
    assertFalse(html.contains("Delete by"), "nothing of a partner's is in it");
    assertTrue(html.contains("No nation\u2019s node issued an alert."));
  }

  @Test
  void aFlightOverJapanShowsItsImpactInThePacific() throws Exception {
    DemoResult r = new HtmlReportSample("L39", areas).result();
    String html = HtmlReport.html(r, outline, areas);
    parse(html);
    assertTrue(html.contains("In truth overflown or struck: "));
    assertTrue(html.contains("data-a=\"JP-"));
    Matcher site = Pattern.compile("class=\"site\" d=\"M([0-9.]+) ([0-9.]+)").matcher(html);
    assertTrue(site.find());
    assertTrue(Double.parseDouble(site.group(1)) < 100, "the launch lies in the west");
    Matcher x = Pattern.compile("class=\"struck\" d=\"M([0-9.]+) ([0-9.]+)").matcher(html);
    assertTrue(x.find());
    assertTrue(Double.parseDouble(x.group(1)) > 480, "the impact lies in the east");
  }
}
