package parallax.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.demo.DemoResult.NodeProcessId;
import parallax.evaluation.NationResult;
import parallax.evaluation.Scoreboard;
import parallax.exercise.Flight;
import parallax.exercise.PublishedLaunch;
import parallax.exercise.Salvo;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.report.ErrorChart;
import parallax.report.ErrorCurve;
import parallax.report.MapBase;
import parallax.report.MapDrawing;
import parallax.report.Markup;
import parallax.report.PageParts;
import parallax.report.ReportScene;
import parallax.report.ReportWords;
import parallax.report.SightingChart;
import parallax.warning.AreaCatalogue;
import parallax.warning.MapOutline;

/**
 * The demo's report as one page: well-formed XHTML that stands alone, with all drawings, style and
 * script inside and no reference to anything outside.
 */
public final class HtmlReport {
  private final DemoResult result;
  private final MapOutline outline;
  private final ReportScene scene;
  private final MapBase base;
  private final MapDrawing map;

  private HtmlReport(DemoResult result, MapOutline outline, AreaCatalogue areas) {
    this.result = result;
    this.outline = outline;
    this.scene = ReportScene.of(Salvo.of(result.flight()), result.nations(), areas);
    this.base = new MapBase(MapBase.window(scene), "");
    this.map = new MapDrawing(scene, base, "");
  }

  /**
   * The page.
   *
   * @param result what the run measured
   * @param outline coasts to draw
   * @param areas areas, for names and borders
   */
  public static String html(DemoResult result, MapOutline outline, AreaCatalogue areas) {
    return new HtmlReport(result, outline, areas).page().toString();
  }

  private Markup page() {
    Markup m =
        PageParts.opening(
            "EXERCISE: " + result.launch().id() + " as three nations saw it, alone and shared", "");
    m.add("<main>\n{}", header());
    m.add("<section aria-labelledby=\"h-found\"><h2 id=\"h-found\">What sharing was worth</h2>\n");
    m.add(
        "{}{}</section>\n",
        new Findings(scene).drawing(),
        new ReportTables(result, scene).measures());
    m.add("{}{}{}", maps(), sightings(), errors());
    m.add("<section aria-labelledby=\"h-alerts\"><h2 id=\"h-alerts\">Alerts</h2>\n");
    m.add("{}</section>\n{}", new ReportTables(result, scene).alerts(), links());
    m.add("</main>\n{}", footer());
    m.add("<script type=\"application/json\" id=\"moves\">").raw(map.json()).add("</script>\n");
    m.add("<script>//<![CDATA[\n")
        .raw(PageParts.text(HtmlReport.class, "report.js"))
        .add("//]]></script>\n");
    return m.add("</body>\n</html>\n");
  }

  private Markup header() {
    DemoResult r = result;
    PublishedLaunch l = r.launch();
    Flight f = r.flight();
    Markup m = new Markup();
    m.add("<header>\n<h1>{}: three nations, one launch</h1>\n", l.id());
    m.add("<p class=\"lead\">{}{}", l.type().isEmpty() ? "A missile" : l.type(), from(l));
    m.add(
        " {}. The same flight, as each nation", l.launchTime().isPresent() ? "on " + time(f) : "");
    m.add(" knew it by its own sensors and with its partners\u2019 reports.</p>\n");
    m.add("<div class=\"facts\">\n<dl>\n");
    fact(
        m,
        "Launch site",
        (l.site().isEmpty() ? "" : l.site() + ", ") + ReportWords.place(f.site()));
    fact(m, "Published", published(l));
    r.assumption().ifPresent(a -> fact(m, "Assumed", a));
    fact(
        m,
        "Flown",
        String.format(
            Locale.ROOT,
            "range %,.0f km, apogee %,.0f km, burnout after %s, impact after %s at %s",
            f.rangeM() / 1000,
            f.apogeeM() / 1000,
            ReportWords.span(f.burnoutS()),
            ReportWords.span(f.durationS()),
            ReportWords.place(f.impactPoint())));
    m.add("</dl>\n<dl>\n");
    fact(m, "Node processes", processes(r.nodes()));
    fact(
        m,
        "Run",
        "sensor noise from seed "
            + r.seed()
            + ", "
            + Markup.number(r.speed())
            + " exercise seconds a second");
    m.add(
        "<div class=\"{}\"><dt>Final picture</dt>",
        r.pictureDigest().isPresent() ? "same" : "apart");
    if (r.pictureDigest().isPresent()) {
      m.add("<dd><b>the same on all {}</b>", r.nodes().size() == 3 ? "three" : r.nodes().size());
      m.add("<br/><code>SHA-256 {}</code>", r.pictureDigest().get());
    } else {
      m.add("<dd><b>not the same at all nodes</b>");
    }
    r.nations()
        .forEach(
            (n, x) -> {
              if (!x.withheldTracks().isEmpty()) {
                m.add("<br/>{} knows more of its own: ", n.code());
                m.add("{}, withheld from partners", ReportWords.list(tracks(x)));
              }
            });
    m.add("</dd></div>\n");
    r.deleteBy()
        .ifPresent(
            by ->
                fact(
                    m,
                    "Delete by",
                    by + ", as the agreement wants it of what rests on a partner\u2019s reports"));
    return m.add("</dl>\n</div>\n</header>\n");
  }

  private static List<String> tracks(NationResult x) {
    return x.withheldTracks().stream().map(TrackId::toString).toList();
  }

  private static String from(PublishedLaunch l) {
    return l.site().isEmpty() ? "" : " from " + l.site();
  }

  private static String time(Flight f) {
    return f.launchTime().toString().replace("T", " at ").replace("Z", " UTC");
  }

  private static void fact(Markup m, String name, String value) {
    m.add("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
  }

  private static String published(PublishedLaunch l) {
    List<String> parts = new ArrayList<>();
    parts.add(figure("range", l.rangeM(), 1000, "km"));
    parts.add(figure("apogee", l.apogeeM(), 1000, "km"));
    if (l.bearingRad().isPresent()) {
      parts.add(
          String.format(
              Locale.ROOT, "bearing %.0f\u00b0", Math.toDegrees(l.bearingRad().getAsDouble())));
    }
    parts.add(figure("flight time", l.flightTimeS(), 1, "s"));
    if (!l.profile().isEmpty()) {
      parts.add(l.profile());
    }
    return String.join(", ", parts);
  }

  private static String figure(String name, OptionalDouble v, double unit, String symbol) {
    return v.isEmpty()
        ? "no " + name
        : String.format(Locale.ROOT, "%s %,.0f %s", name, v.getAsDouble() / unit, symbol);
  }

  private static String processes(List<NodeProcessId> nodes) {
    List<String> parts = new ArrayList<>();
    for (NodeProcessId n : nodes) {
      parts.add(
          n.nation()
              + " "
              + n.pid()
              + (n.restarts() == 0
                  ? ""
                  : n.restarts() == 1
                      ? " (restarted once)"
                      : " (restarted " + n.restarts() + " times)"));
    }
    return String.join(", ", parts);
  }

  private Markup maps() {
    Markup m = new Markup();
    m.add(
        "<section class=\"maps\" aria-labelledby=\"h-maps\"><h2 id=\"h-maps\">What each"
            + " believed</h2>\n");
    m.add("<svg class=\"shapes\" width=\"0\" height=\"0\" aria-hidden=\"true\"");
    m.add(
        " focusable=\"false\" xmlns=\"http://www.w3.org/2000/svg\"><defs>\n{}", MapBase.hatching());
    m.add("{}{}</defs></svg>\n", base.shapes(outline, scene.areas()), map.truth());
    m.add("<input type=\"radio\" name=\"see\" id=\"see-all\" checked=\"checked\"/>");
    m.add("<label for=\"see-all\">all three</label>\n");
    for (Nation n : scene.nations()) {
      m.add("<input type=\"radio\" name=\"see\" id=\"see-{}\"/>", n.code());
      m.add("<label for=\"see-{}\">{}</label>\n", n.code(), ReportWords.name(n));
    }
    m.add("<div class=\"scrub\"><button type=\"button\" id=\"play\">Play</button>");
    m.add("<button type=\"button\" id=\"whole\">Whole flight</button>");
    m.add(
        "<input type=\"range\" id=\"at\" min=\"0\" max=\"{}\" step=\"any\"",
        result.flight().durationS());
    m.add(" value=\"{}\" aria-label=\"seconds since launch\"/>", result.flight().durationS());
    m.add("<output id=\"moment\" for=\"at\">whole flight</output></div>\n");
    m.add("{}<div class=\"grid6\">\n", PageParts.mapLegend());
    for (int shared = 0; shared < 2; shared++) {
      for (Nation n : scene.nations()) {
        m.add("{}", map.panel(scene.sides(n).get(shared), moving()));
      }
    }
    m.add(
        "</div>\n<p class=\"note\">{}. Upper row: each nation by its own sensors",
        base.projection());
    m.add(
        " alone. Lower row: with its partners\u2019 reports. Ellipses hold the impact with 50 and");
    return m.add(" 95 % by the picture\u2019s own account.</p>\n</section>\n");
  }

  /** What the page's script moves over a map. */
  private static Markup moving() {
    return new Markup()
        .add("<g class=\"then\" hidden=\"hidden\"><ellipse class=\"e95\"/><ellipse class=\"e50\"/>")
        .add("<path class=\"trk t-held\"/><path class=\"trk t-coast\"/>")
        .add("<path class=\"trk t-lost\"/><path class=\"there\"/>")
        .add("<circle class=\"here\" r=\"5\"/></g>\n");
  }

  private Markup sightings() {
    Markup m = new Markup();
    m.add("<section aria-labelledby=\"h-saw\"><h2 id=\"h-saw\">Who saw what when</h2>\n");
    m.add(
        "<p class=\"note\">This report is of an exercise and lists every nation\u2019s notional"
            + " sensors");
    m.add(
        " side by side. In the system each name stays in its own nation: no report carries"
            + " it.</p>\n");
    return m.add(
        "{}{}</section>\n", PageParts.sightingLegend(), new SightingChart(scene).drawing());
  }

  private Markup errors() {
    Markup m = new Markup();
    m.add("<section aria-labelledby=\"h-err\"><h2 id=\"h-err\">Error against time</h2>\n");
    m.add("<ul class=\"legend\">");
    PageParts.key(m, "<path class=\"line alone\" d=\"M2 7H32\"/>", "alone");
    PageParts.key(m, "<path class=\"line shared\" d=\"M2 7H32\"/>", "shared");
    PageParts.key(
        m,
        "<path class=\"sigma shared\" d=\"M2 7H32\"/>",
        "1-sigma by the picture\u2019s own account");
    PageParts.key(m, "<path class=\"limit\" d=\"M2 7H32\"/>", "50 km");
    m.add("</ul>\n<div class=\"grid6 plots\">\n");
    for (ErrorChart c : List.of(position(), impact())) {
      for (Nation n : scene.nations()) {
        m.add("{}", c.drawing(n));
      }
    }
    m.add(
        "</div>\n<p class=\"note\">Logarithmic scale. An honest picture\u2019s error lies mostly");
    return m.add(" below or near its 1-sigma line.</p>\n</section>\n");
  }

  private ErrorChart position() {
    SortedMap<Nation, List<ErrorCurve>> curves = new TreeMap<>();
    for (Nation n : scene.nations()) {
      curves.put(
          n,
          scene.sides(n).stream()
              .map(s -> ErrorCurve.position(s, scene.earlyS(), scene.endS()))
              .toList());
    }
    return chart("Position error", 0, curves);
  }

  private ErrorChart impact() {
    SortedMap<Nation, List<ErrorCurve>> curves = new TreeMap<>();
    for (Nation n : scene.nations()) {
      curves.put(
          n,
          scene.sides(n).stream()
              .map(s -> ErrorCurve.impact(s, scene.earlyS(), scene.endS()))
              .toList());
    }
    return chart("Impact-point error", Scoreboard.NEAR_M, curves);
  }

  private ErrorChart chart(String name, double limitM, SortedMap<Nation, List<ErrorCurve>> curves) {
    Flight f = scene.salvo().first();
    return new ErrorChart(name, limitM, f.burnoutS(), f.durationS(), curves);
  }

  private Markup links() {
    return new Markup()
        .add(
            "<section aria-labelledby=\"h-links\"><h2 id=\"h-links\">Streams between the"
                + " nodes</h2>\n")
        .add("{}</section>\n", new ReportTables(result, scene).links());
  }

  private Markup footer() {
    DemoResult r = result;
    Markup m = new Markup();
    m.add("<footer>\n<h2>How the figures are defined</h2>\n<ul>\n");
    m.add("<li><b>Alone</b>: the national picture, own sensors only. <b>Shared</b>: the combined");
    m.add(" picture of the same run.</li>\n");
    m.add("<li><b>First knowledge</b>: first launch point estimate or track in that picture.");
    m.add(" <b>First track</b>: first confirmed track.</li>\n");
    m.add("<li><b>Impact within 50 km</b>: first predicted impact point within 50 km of the true");
    m.add(" one, along the WGS-84 geodesic.</li>\n");
    m.add(
        "<li><b>Areas right from</b>: the first drawing from which on every drawing that can tell");
    m.add(
        " areas names every area truly overflown or struck, and none outside those within 50 km"
            + " of");
    m.add(
        " the true ground track or impact, until the first of them is reached or the flight"
            + " ends.</li>\n");
    m.add(
        "<li><b>Areas warned wrongly</b>: areas at any time at risk by that picture and not"
            + " within");
    m.add(" 50 km of the true ground track or impact.</li>\n");
    m.add(
        "<li>All times are seconds since the true launch, on the exercise\u2019s clock; latency is"
            + " wall");
    m.add(" time.</li>\n</ul>\n");
    m.add("<p>Made by <code>./parallax demo --launch {} --seed {}", r.launch().id(), r.seed());
    m.add(" --speed {} --html FILE</code>. Published figures", r.speed());
    m.add(" as in the launch table; sensors, their places where so marked, ranges and noise are");
    m.add(
        " notional. Coasts and borders: Natural Earth (public domain) and US Census Bureau"
            + " (public");
    m.add(" domain); simplified for drawing.</p>\n");
    return m.add("<p class=\"exercise\">EXERCISE EXERCISE EXERCISE</p>\n</footer>\n");
  }
}
