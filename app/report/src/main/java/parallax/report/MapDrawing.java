package parallax.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.evaluation.Drawing;
import parallax.exercise.Flight;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.Nation;
import parallax.model.TrackStatus;
import parallax.report.AzimuthalMap.Spot;
import parallax.report.MapHistory.Ellipse;
import parallax.report.ReportScene.Side;
import parallax.report.ReportScene.TrueSpot;

/** The six maps: each nation alone and shared, on one projection. */
public final class MapDrawing {
  /** Ellipses that would dwarf the map are not drawn. */
  private static final double GREATEST_AXIS = 1_680;

  private final ReportScene scene;
  private final MapBase base;
  private final AzimuthalMap map;
  private final String prefix;
  private final Map<String, List<Drawing>> pictures = new LinkedHashMap<>();

  /**
   * The maps of a scene.
   *
   * @param base the ground to draw on
   * @param prefix what the maps' identifiers on the page begin with
   */
  public MapDrawing(ReportScene scene, MapBase base, String prefix) {
    this.scene = scene;
    this.base = base;
    this.map = base.map();
    this.prefix = prefix;
    double early = scene.earlyS();
    for (Nation n : scene.nations()) {
      for (Side s : scene.sides(n)) {
        pictures.put(id(s), MapHistory.thinned(s.history(), early, scene.endS()));
      }
    }
  }

  /** What the page's script needs, as JSON. */
  public String json() {
    return MapHistory.json(scene, map, pictures);
  }

  private static String id(Side s) {
    return s.nation().code() + "-" + s.label();
  }

  /** The true flights, drawn once and used by every map. */
  public Markup truth() {
    return new Markup().add("<g id=\"{}truth\">{}</g>\n", prefix, flown());
  }

  private Markup flown() {
    Markup m = new Markup();
    for (List<TrueSpot> path : scene.paths()) {
      List<Spot> spots = path.stream().map(p -> map.spot(p.place())).toList();
      m.add("<path class=\"flown\" d=\"{}\"/>", OutlinePath.line(spots));
    }
    Flight first = scene.salvo().first();
    Spot site = map.spot(first.site());
    Spot impact = map.spot(first.impactPoint());
    m.add("<path class=\"site\" d=\"M{} {}l5 9h-10z\"/>", site.x(), site.y() - 6);
    for (Flight f : scene.salvo().flights().reversed()) {
      Spot s = map.spot(f.impactPoint());
      m.add("<path class=\"halo\" d=\"M{} {}m-6 -6l12 12m0 -12l-12 12\"/>", s.x(), s.y());
      m.add("<path class=\"struck\" d=\"M{} {}m-6 -6l12 12m0 -12l-12 12\"/>", s.x(), s.y());
    }
    return m.add("{}{}", sign("launch", site), sign("true impact", impact));
  }

  /** A word beside a place, on the side that has room. */
  private Markup sign(String word, Spot s) {
    boolean right = s.x() < map.width() - 90;
    return new Markup()
        .add(
            "<text class=\"sign\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
            right ? s.x() + 9 : s.x() - 9,
            s.y() + (s.y() < map.height() - 26 ? 17 : -9),
            right ? "start" : "end",
            word);
  }

  /**
   * One map.
   *
   * @param moving what a script moves, to lie on top; may be empty
   */
  public Markup panel(Side side, Markup moving) {
    Markup m = new Markup();
    String id = id(side);
    List<Drawing> history = pictures.getOrDefault(id, List.of());
    String name = ReportWords.name(side.nation()) + " " + side.label();
    m.add(
        "<figure class=\"map {} n-{}\" id=\"{}m-{}\">\n",
        side.label(),
        side.nation().code(),
        prefix,
        id);
    m.add("<figcaption><b class=\"{}\">{}</b> ", side.label(), name);
    m.add(
        "<span>{}</span></figcaption>\n",
        side.shared() ? "own sensors and partners\u2019 reports" : "own sensors only");
    m.add("<svg viewBox=\"0 0 {} {}\" role=\"img\"", map.width(), map.height());
    m.add(" xmlns=\"http://www.w3.org/2000/svg\" aria-label=\"{}\">\n", label(side, name));
    m.add("<use href=\"#{}\"/><g class=\"risks\">{}</g>\n", base.ground(), risks(side));
    m.add("<use href=\"#{}truth\"/>\n<g class=\"whole\">", prefix);
    m.add("{}{}</g>\n{}", ellipses(side), track(history), moving);
    m.add("{}</svg>\n<p class=\"now\">{}</p>\n</figure>\n", scaleBar(), summary(side));
    return m;
  }

  private String label(Side side, String name) {
    return "Map of what "
        + name
        + " knew: true ground track, "
        + (side.history().isEmpty() ? "nothing drawn" : "its track, its predicted impact")
        + " and the areas it had at risk. "
        + summary(side);
  }

  private String summary(Side side) {
    TreeSet<String> ever = new TreeSet<>();
    side.history().forEach(d -> ever.addAll(d.areas()));
    if (side.history().isEmpty()) {
      return "Nothing known at any time.";
    }
    Optional<Drawing> first = firstTelling(side);
    String impact = "";
    if (first.isPresent()) {
      double axis = HorizontalEllipse.of(impactOf(first.get()).eastNorthM2()).semiMajorM();
      impact =
          " First impact prediction fit to tell areas: "
              + ReportWords.at(first.get().tS())
              + ", 95 % within "
              + ReportWords.metres(axis * HorizontalEllipse.scaleFor(0.95))
              + ".";
    }
    return (ever.isEmpty()
            ? "At no time any area at risk."
            : "At risk at some time: " + ReportWords.areaNames(scene.areas(), ever) + ".")
        + impact;
  }

  private static Predicted impactOf(Drawing d) {
    return d.impact().orElseThrow();
  }

  private static Optional<Drawing> firstTelling(Side side) {
    return side.history().stream().filter(d -> d.impact().isPresent() && d.areasTold()).findFirst();
  }

  /** Every area ever at risk by the picture, and those truly at risk outlined. */
  private Markup risks(Side side) {
    Markup m = new Markup();
    TreeSet<String> ever = new TreeSet<>();
    side.history().forEach(d -> ever.addAll(d.areas()));
    TreeSet<String> allowed = new TreeSet<>();
    scene.of(side.nation()).truth().allowed().forEach(a -> allowed.add(a.code()));
    for (String c : ever) {
      if (scene.areas().area(c).isPresent()) {
        m.add(
            "<use class=\"risk {}\" data-a=\"{}\" href=\"#{}\"/>",
            allowed.contains(c) ? "rightly" : "wrongly",
            c,
            base.area(c));
      }
    }
    scene
        .of(side.nation())
        .truth()
        .required()
        .forEach(a -> m.add("<use class=\"required\" href=\"#{}\"/>", base.area(a.code())));
    return m;
  }

  /** The first prediction that could tell areas, and the last. */
  private Markup ellipses(Side side) {
    Optional<Drawing> first = firstTelling(side);
    Drawing last = null;
    for (Drawing d : side.history()) {
      if (d.impact().isPresent() && d.tS() <= scene.salvo().durationS()) {
        last = d;
      }
    }
    Markup m = new Markup();
    if (first.isPresent()) {
      m.add("{}", pair(first.get(), "first"));
    }
    if (last != null && !last.equals(first.orElse(null))) {
      m.add("{}", pair(last, "last"));
    }
    return m;
  }

  private Markup pair(Drawing d, String kind) {
    Markup m = new Markup();
    Ellipse e = Ellipse.of(map, impactOf(d));
    for (int percent : new int[] {95, 50}) {
      double k = HorizontalEllipse.scaleFor(percent / 100.0);
      if (e.rx() * k <= GREATEST_AXIS) {
        m.add(
            "<ellipse class=\"e{} {}\" rx=\"{}\" ry=\"{}\" transform=\"translate({} {})"
                + " rotate({})\">",
            percent,
            kind,
            e.rx() * k,
            e.ry() * k,
            e.x(),
            e.y(),
            e.turnDeg());
        m.add(
            "<title>{} % of the {} impact prediction, {}</title></ellipse>",
            percent, kind, ReportWords.at(d.tS()));
      }
    }
    if (kind.equals("last")) {
      m.add("<path class=\"aim\" d=\"M{} {}m-4 0h8m-4 -4v8\"/>", e.x(), e.y());
    }
    return m;
  }

  /** The believed ground track, by status. */
  private Markup track(List<Drawing> history) {
    Map<String, StringBuilder> paths = new LinkedHashMap<>();
    paths.put("t-held", new StringBuilder());
    paths.put("t-coast", new StringBuilder());
    paths.put("t-lost", new StringBuilder());
    Spot before = null;
    String kindBefore = "";
    int missile = 0;
    for (Drawing d : byMissile(history)) {
      if (d.missile() != missile) {
        missile = d.missile();
        before = null;
        kindBefore = "";
      }
      Spot s = d.place().map(map::spot).orElse(null);
      String kind = kind(d.status().orElse(null));
      if (s != null && before != null && paths.containsKey(kind)) {
        StringBuilder p = paths.get(kind);
        if (!kind.equals(kindBefore)) {
          p.append('M').append(tenth(before.x())).append(' ').append(tenth(before.y()));
        }
        p.append('L').append(tenth(s.x())).append(' ').append(tenth(s.y()));
        kindBefore = kind;
      }
      if (s == null) {
        kindBefore = "";
      }
      before = s;
    }
    Markup m = new Markup();
    paths.forEach(
        (kind, p) -> {
          if (!p.isEmpty()) {
            m.add("<path class=\"trk {}\" d=\"{}\"/>", kind, p.toString());
          }
        });
    return m;
  }

  private static List<Drawing> byMissile(List<Drawing> history) {
    return history.stream().sorted(Comparator.comparingInt(Drawing::missile)).toList();
  }

  private static String tenth(double v) {
    return Markup.number(Math.rint(v * 10) / 10);
  }

  private static String kind(@Nullable TrackStatus s) {
    return s == null
        ? ""
        : switch (s) {
          case TENTATIVE, CONFIRMED -> "t-held";
          case COASTED -> "t-coast";
          case LOST -> "t-lost";
          case ENDED -> "";
        };
  }

  private Markup scaleBar() {
    double km = map.width() / map.scale() > 4_500_000 ? 1000 : 500;
    double length = km * 1000 * map.scale();
    double y = map.height() - 12;
    return new Markup()
        .add("<path class=\"scale\" d=\"M12 {}v4h{}v-4\"/>", y - 4, length)
        .add("<text class=\"sign\" x=\"{}\" y=\"{}\">{} km</text>", 18 + length, y + 3, km);
  }
}
