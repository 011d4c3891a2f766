package parallax.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import parallax.evaluation.BatteryResult;
import parallax.evaluation.ExerciseParties;
import parallax.evaluation.Fleet;
import parallax.evaluation.LaunchScore;
import parallax.evaluation.LaunchScore.Named;
import parallax.evaluation.PictureScore.Figure;
import parallax.evaluation.PictureScore.Spread;
import parallax.evaluation.RunScore;
import parallax.evaluation.Scoreboard;
import parallax.evaluation.WorseShared;
import parallax.exercise.Flight;
import parallax.exercise.PublishedLaunch;
import parallax.exercise.Salvo;
import parallax.model.Nation;
import parallax.report.ErrorCurve.Point;
import parallax.report.ErrorCurve.Span;
import parallax.warning.AreaCatalogue;
import parallax.warning.MapOutline;

/**
 * A battery's report as one page: well-formed XHTML that stands alone, with all drawings and style
 * inside and no reference to anything outside.
 */
public final class BatteryPage {
  private final BatteryResult result;
  private final MapOutline outline;
  private final AreaCatalogue areas;
  private final BatteryTables tables;

  /** Launches in the same window of the earth are drawn on the same ground. */
  private final Map<AzimuthalMap, MapBase> bases = new LinkedHashMap<>();

  private BatteryPage(BatteryResult result, MapOutline outline, AreaCatalogue areas) {
    this.result = result;
    this.outline = outline;
    this.areas = areas;
    this.tables = new BatteryTables(result, areas);
  }

  /**
   * The page.
   *
   * @param result what was measured
   * @param outline coasts to draw
   * @param areas areas, for names and borders
   */
  public static String html(BatteryResult result, MapOutline outline, AreaCatalogue areas) {
    return new BatteryPage(result, outline, areas).page().toString();
  }

  private Markup page() {
    Markup launches = new Markup();
    result.launches().forEach(l -> launches.add("{}", launch(l)));
    Markup m =
        PageParts.opening(
            "EXERCISE: what sharing is worth", PageParts.text(BatteryPage.class, "battery.css"));
    m.add("<main>\n{}", header());
    m.add("<section aria-labelledby=\"h-worth\"><h2 id=\"h-worth\">What sharing is worth</h2>\n");
    m.add("<div class=\"tablescroll\">{}</div>", tables.gains());
    m.add("<h3>WorseShared with partners</h3>\n{}</section>\n", tables.worse());
    m.add("{}{}{}{}", pairs(), consistency(), notFlown(), contents());
    m.add("{}{}", shapes(), launches);
    m.add("</main>\n{}", footer());
    return m.add("</body>\n</html>\n");
  }

  private Markup header() {
    Markup m = new Markup();
    m.add("<header>\n<h1>What sharing is worth: {} launches</h1>\n", result.launches().size());
    m.add("<p class=\"lead\">Each launch of {} that can be flown,", result.table());
    m.add(
        " seen by notional sensors with {} {} of noise:", seeds(), seeds() == 1 ? "seed" : "seeds");
    m.add(" once by every nation alone, once by all three sharing under the default agreement and");
    m.add(" policies.</p>\n<div class=\"facts\">\n<dl>\n");
    fact(m, "Launches", flown());
    fact(m, "Seeds", seeds() == 1 ? "1" : "1 to " + seeds());
    fact(m, "Table", result.table());
    m.add("</dl>\n<dl>\n");
    result.made().forEach((k, v) -> fact(m, k.replace("Sha256", " SHA-256"), v));
    return m.add("</dl>\n</div>\n</header>\n");
  }

  private int seeds() {
    return result.seeds();
  }

  private String flown() {
    return String.format(
        Locale.ROOT,
        "%d flown, %d not, %d rows malformed",
        result.launches().size(),
        result.notFlown().size(),
        result.malformed().size());
  }

  private static void fact(Markup m, String name, String value) {
    m.add("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
  }

  private Markup pairs() {
    Markup m = new Markup();
    m.add("<section aria-labelledby=\"h-pairs\"><h2 id=\"h-pairs\">Launch by launch</h2>\n");
    m.add("<ul class=\"legend\">");
    PageParts.key(m, "<circle class=\"dot alone\" cx=\"17\" cy=\"7\" r=\"4\"/>", "alone, median");
    PageParts.key(m, "<circle class=\"dot shared\" cx=\"17\" cy=\"7\" r=\"4\"/>", "shared, median");
    PageParts.key(m, "<path class=\"pair later\" d=\"M2 7H32\"/>", "shared is later");
    m.add("</ul>\n");
    for (Figure f : List.of(Figure.FIRST_KNOWLEDGE, Figure.AREAS_RIGHT)) {
      PairChart chart = new PairChart(result.launches(), f);
      m.add("<div class=\"grid6\">\n");
      ExerciseParties.NATIONS.forEach(n -> m.add("{}", chart.drawing(n)));
      m.add("</div>\n");
    }
    m.add(
        "<p class=\"note\">Figure 1. Above: when each nation first knows of a launch. Below: from");
    m.add(" when its areas at risk are right for good. Medians over the seeds; the grey column");
    return m.add(" holds those that never come.</p>\n</section>\n");
  }

  private Markup consistency() {
    Markup m = new Markup();
    m.add(
        "<section aria-labelledby=\"h-cons\"><h2 id=\"h-cons\">Do the pictures know how well they");
    m.add(" know?</h2>\n<div class=\"tablescroll\">{}</div>", tables.consistency());
    m.add("<p class=\"note\">Drawings of one run are not independent of each other, launches that");
    m.add(
        " last long weigh more, and one glide that no motion model follows can outweigh the mean");
    return m.add(
        " NEES of a phase: the tables of the launches tell them apart in JSON.</p></section>\n");
  }

  private Markup notFlown() {
    Markup m = new Markup();
    if (result.notFlown().isEmpty() && result.malformed().isEmpty()) {
      return m;
    }
    m.add("<section aria-labelledby=\"h-not\"><h2 id=\"h-not\">Not flown</h2>\n<ul>\n");
    result.notFlown().forEach(n -> m.add("<li><b>{}</b>: {}</li>\n", n.id(), n.reason()));
    result.malformed().forEach(e -> m.add("<li>{}</li>\n", e));
    return m.add("</ul></section>\n");
  }

  private Markup contents() {
    Markup m = new Markup();
    m.add("<nav aria-label=\"launches\" id=\"launches\"><h2>Launches</h2>\n<ul class=\"toc\">");
    for (LaunchScore l : result.launches()) {
      String id = l.launch().id();
      m.add("<li><a href=\"#{}\">{}</a></li>", BatteryTables.anchor(id), id);
    }
    return m.add("</ul></nav>\n");
  }

  /** The grounds that the launches' maps stand on; known once these are drawn. */
  private Markup shapes() {
    Markup m = new Markup();
    m.add("<svg class=\"shapes\" width=\"0\" height=\"0\" aria-hidden=\"true\"");
    m.add(" focusable=\"false\" xmlns=\"http://www.w3.org/2000/svg\"><defs>\n");
    m.add("{}", MapBase.hatching());
    bases.values().forEach(b -> m.add("{}", b.shapes(outline, areas)));
    return m.add("</defs></svg>\n");
  }

  private Markup launch(LaunchScore l) {
    PublishedLaunch p = l.launch();
    String anchor = BatteryTables.anchor(p.id());
    ReportScene scene = ReportScene.of(Fleet.onDay(l.salvo(), 1), l.drawn(), areas);
    Markup m = new Markup();
    m.add("<section class=\"launch\" id=\"{}\" aria-label=\"launch {}\">\n", anchor, p.id());
    m.add("<h2>{} <small>{}</small></h2>\n", p.id(), title(l));
    m.add("<p class=\"note\">{}</p>\n", flownWords(l));
    m.add("<div class=\"tablescroll\">{}</div>\n", tables.launch(l));
    m.add("{}{}{}", errors(l), sightings(p.id(), scene), maps(p.id(), anchor, scene));
    return m.add("<p class=\"back\"><a href=\"#launches\">all launches</a></p>\n</section>\n");
  }

  private static String title(LaunchScore l) {
    List<String> parts = new ArrayList<>();
    parts.add(l.launch().type().isEmpty() ? l.salvo().first().missile() : l.launch().type());
    if (!l.launch().profile().isEmpty()) {
      parts.add(l.launch().profile());
    }
    l.launch()
        .launchTime()
        .ifPresent(t -> parts.add(t.toString().replace("T", " at ").replace("Z", " UTC")));
    return String.join(", ", parts);
  }

  private static String flownWords(LaunchScore l) {
    Flight f = l.salvo().first();
    String words =
        String.format(
            Locale.ROOT,
            "Flown as %s: range %,.0f km, apogee %,.0f km, burnout after %s, impact after %s at"
                + " %s.",
            f.missile(),
            f.rangeM() / 1000,
            f.apogeeM() / 1000,
            ReportWords.span(f.burnoutS()),
            ReportWords.span(f.durationS()),
            ReportWords.place(f.impactPoint()));
    if (l.assumption().isPresent()) {
      words += " Assumed: " + l.assumption().get() + ".";
    }
    if (l.launch().salvoSize() > 1) {
      words +=
          " Of the salvo that is the first; the last comes down after "
              + ReportWords.span(l.salvo().durationS())
              + ". Tracks, and impacts within 50 km, are of all missiles.";
    }
    if (!l.problems().isEmpty()) {
      words += " Unsound: " + String.join("; ", l.problems()) + ".";
    }
    return words;
  }

  private Markup errors(LaunchScore l) {
    Markup m = new Markup();
    m.add("<h3>Error against time</h3>\n<ul class=\"legend\">");
    PageParts.key(m, "<path class=\"line alone\" d=\"M2 7H32\"/>", "alone, median");
    PageParts.key(m, "<path class=\"band alone\" d=\"M2 1H32V13H2z\"/>", "alone, 5 to 95 %");
    PageParts.key(m, "<path class=\"line shared\" d=\"M2 7H32\"/>", "shared, median");
    PageParts.key(m, "<path class=\"band shared\" d=\"M2 1H32V13H2z\"/>", "shared, 5 to 95 %");
    m.add("</ul>\n<div class=\"grid6 plots\">\n");
    ErrorChart position = chart(l, "Position error", 0, RunScore::positionErrorM);
    ErrorChart impact = chart(l, "Impact-point error", Scoreboard.NEAR_M, RunScore::impactErrorM);
    for (ErrorChart c : List.of(position, impact)) {
      ExerciseParties.NATIONS.forEach(n -> m.add("{}", c.drawing(n)));
    }
    m.add(
        "</div>\n<p class=\"note\">{}: distance of the believed from the true place,",
        l.launch().id());
    m.add(" and of the predicted from the true impact point, over the seeds; drawn where at least");
    return m.add(" half of the seeds have one. Logarithmic scale.</p>\n");
  }

  private static ErrorChart chart(
      LaunchScore l, String name, double limitM, Function<RunScore, float[]> errorsM) {
    SortedMap<Nation, List<ErrorCurve>> curves = new TreeMap<>();
    for (Nation n : ExerciseParties.NATIONS) {
      List<ErrorCurve> mine = new ArrayList<>();
      for (Named s : l.of(n).both()) {
        List<Spread> spread = s.score().errors(l.grid(), errorsM);
        mine.add(
            new ErrorCurve(
                s.label(),
                spread.stream().map(e -> new Point(e.tS(), e.medianM())).toList(),
                List.of(),
                spread.stream().map(e -> new Span(e.tS(), e.p5M(), e.p95M())).toList()));
      }
      curves.put(n, mine);
    }
    Salvo s = l.salvo();
    return new ErrorChart(name, limitM, s.burnoutS(), s.durationS(), curves);
  }

  private static Markup sightings(String id, ReportScene scene) {
    Markup m = new Markup();
    m.add("<h3>Who saw what when</h3>\n{}", PageParts.sightingLegend());
    m.add("{}", new SightingChart(scene).drawing());
    m.add("<p class=\"note\">{}: sensors, pictures and alerts of seed 1.", id);
    return m.add(" Sensor names stay in their nation: no report carries them.</p>\n");
  }

  private Markup maps(String id, String anchor, ReportScene scene) {
    AzimuthalMap window = MapBase.window(scene);
    MapBase base =
        bases.computeIfAbsent(window, w -> new MapBase(w, "ground" + bases.size() + "-"));
    MapDrawing drawing = new MapDrawing(scene, base, anchor + "-");
    Markup m = new Markup();
    m.add("<h3>What each believed</h3>\n{}", PageParts.mapLegend());
    m.add("<svg class=\"shapes\" width=\"0\" height=\"0\" aria-hidden=\"true\"");
    m.add(" focusable=\"false\" xmlns=\"http://www.w3.org/2000/svg\"><defs>");
    m.add("{}</defs></svg>\n<div class=\"grid6\">\n", drawing.truth());
    for (int shared = 0; shared < 2; shared++) {
      for (Nation n : scene.nations()) {
        m.add("{}", drawing.panel(scene.sides(n).get(shared), new Markup()));
      }
    }
    m.add(
        "</div>\n<p class=\"note\">{}, seed 1. Above: alone. Below: shared. {}.",
        id,
        base.projection());
    return m.add(
        " Ellipses hold the impact with 50 and 95 % by the picture\u2019s own account.</p>\n");
  }

  private Markup footer() {
    Markup m = new Markup();
    m.add("<footer>\n<h2>How the figures are defined</h2>\n<ul>\n");
    m.add("<li><b>Alone</b>: the combined picture of a nation\u2019s engine without partners.");
    m.add(" <b>Shared</b>: the combined picture of the same engine, given the same plots, joined");
    m.add(" to its partners\u2019 engines with 30 ms on the way.</li>\n");
    m.add("<li><b>First knowledge</b>: first launch point estimate or track. <b>First track</b>:");
    m.add(" first confirmed track. <b>Impact within 50 km</b>: first impact prediction that near");
    m.add(
        " the true one.</li>\n<li><b>Areas right from</b>: from when every drawing that can tell");
    m.add(" areas names every area truly overflown or struck and none farther than 50 km from the");
    m.add(" true path or impact, until the first of them is reached or the flight ends.</li>\n");
    m.add("<li><b>Never</b> counts as later than every time. A percentile that falls on it, and a");
    m.add(" median gain that falls on a launch with it, is written {}.</li>\n", ReportWords.NEVER);
    m.add("<li><b>Noise</b>: the two pictures of one seed rest on the same plots. A figure counts");
    m.add(" as worse when a one-sided sign test over the seeds gives 5 % or less; with fewer than");
    m.add(
        " five seeds, when all are worse. Times within one drawing ({} s) are the same.",
        WorseShared.TIE_S);
    m.add(" With {} figures tested, some come out worse by chance.</li>\n</ul>\n", tests());
    m.add("<p>Made by <code>./parallax exercise battery --seeds {} --html FILE</code>", seeds());
    m.add(
        " over {}. Sensors, their ranges and noise are notional. Coasts and borders:",
        result.table());
    m.add(" Natural Earth and US Census Bureau (public domain), simplified for drawing.</p>\n");
    return m.add("<p class=\"exercise\">EXERCISE EXERCISE EXERCISE</p>\n</footer>\n");
  }

  private int tests() {
    return result.launches().size() * ExerciseParties.NATIONS.size() * (Figure.values().length + 1);
  }
}
