package parallax.node.demo;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import parallax.model.Nation;
import parallax.node.demo.DemoResult.Drawing;
import parallax.node.demo.ReportScene.Side;

/** Errors of a nation's two pictures against time, on a logarithmic scale common to all. */
final class ErrorChart {
  private static final double WIDTH = 440;
  private static final double HEIGHT = 236;
  private static final double LEFT = 66;
  private static final double TOP = 16;
  private static final double BOTTOM = HEIGHT - 34;

  /** A line is broken where nothing was drawn for longer, seconds, or this share of the flight. */
  private static final double GAP_S = 20;

  private final ReportScene scene;
  private final String name;
  private final Function<Drawing, OptionalDouble> error;
  private final Function<Drawing, OptionalDouble> sigma;
  private final TimeAxis axis;
  private final double earlyS;
  private int lowest = 9;
  private int highest = -9;

  private ErrorChart(
      ReportScene scene,
      String name,
      Function<Drawing, OptionalDouble> error,
      Function<Drawing, OptionalDouble> sigma) {
    this.scene = scene;
    this.name = name;
    this.error = error;
    this.sigma = sigma;
    this.earlyS = 1.3 * scene.result().flight().burnoutS();
    this.axis =
        TimeAxis.of(
            scene.result().flight().burnoutS(),
            scene.result().flight().durationS(),
            LEFT,
            WIDTH - 8);
    for (Nation n : scene.nations()) {
      for (Side s : scene.sides(n)) {
        for (Drawing d : s.history()) {
          widen(error.apply(d));
        }
      }
    }
    if (lowest > highest) {
      lowest = 2;
      highest = 5;
    }
    highest = Math.max(highest, lowest + 1);
  }

  /** Distance of the believed from the true place. */
  static ErrorChart position(ReportScene scene) {
    return new ErrorChart(
        scene, "Position error", Drawing::positionErrorM, Drawing::positionSigmaM);
  }

  /** Distance of the predicted from the true impact point. */
  static ErrorChart impact(ReportScene scene) {
    return new ErrorChart(
        scene, "Impact-point error", Drawing::impactErrorM, ErrorChart::impactSigma);
  }

  private static OptionalDouble impactSigma(Drawing d) {
    return d.impact()
        .map(p -> OptionalDouble.of(p.eastNorthM2().rms(2)))
        .orElse(OptionalDouble.empty());
  }

  private void widen(OptionalDouble v) {
    if (v.isPresent() && v.getAsDouble() > 0 && Double.isFinite(v.getAsDouble())) {
      double log = StrictMath.log10(v.getAsDouble());
      lowest = Math.max(0, Math.min(lowest, (int) Math.floor(log)));
      highest = Math.min(7, Math.max(highest, (int) Math.ceil(log)));
    }
  }

  /** The chart of one nation. */
  Markup drawing(Nation nation) {
    List<Side> sides = scene.sides(nation);
    Markup m = new Markup();
    m.add(
        "<figure class=\"plot\"><figcaption>{}, {}</figcaption>\n", name, ReportWords.name(nation));
    m.add("<svg viewBox=\"0 0 {} {}\" role=\"img\"", WIDTH, HEIGHT);
    m.add(" xmlns=\"http://www.w3.org/2000/svg\" aria-label=\"{}\">\n", label(nation, sides));
    m.raw(axis.drawing(TOP, BOTTOM, 34).toString());
    for (int decade = lowest; decade <= highest; decade++) {
      m.add("<path class=\"grid\" d=\"M{} {}H{}\"/>", LEFT, yOf(decade), WIDTH - 8);
      m.add(
          "<text class=\"ytick\" x=\"{}\" y=\"{}\">{}</text>",
          LEFT - 6,
          yOf(decade) + 4,
          tick(decade));
    }
    event(m, "burnout", scene.result().flight().burnoutS());
    if (name.startsWith("Impact")) {
      double y = yOf(StrictMath.log10(50_000));
      if (y > TOP && y < BOTTOM) {
        m.add("<path class=\"limit\" d=\"M{} {}H{}\"/>", LEFT, y, WIDTH - 8);
        m.add("<text class=\"event\" x=\"{}\" y=\"{}\">50 km</text>", LEFT + 4, y - 4);
      }
    }
    boolean any = false;
    for (Side s : sides) {
      List<Drawing> thin = MapHistory.thinned(s.history(), earlyS, scene.endS());
      m.add("<path class=\"sigma {}\" d=\"{}\"/>", s.label(), path(thin, sigma));
      String line = path(thin, error);
      any |= !line.isEmpty();
      m.add("<path class=\"line {}\" d=\"{}\"/>\n", s.label(), line);
    }
    if (!any) {
      m.add(
          "<text class=\"empty\" x=\"{}\" y=\"{}\">never known</text>",
          (LEFT + WIDTH) / 2,
          HEIGHT / 2);
    }
    m.add("<text class=\"axis\" x=\"{}\" y=\"{}\">s since launch</text>", LEFT, HEIGHT - 4);
    return m.add("</svg></figure>\n");
  }

  private String label(Nation nation, List<Side> sides) {
    StringBuilder s = new StringBuilder();
    s.append(name).append(" of ").append(ReportWords.name(nation)).append(" against time.");
    for (Side side : sides) {
      Optional<Drawing> last =
          side.history().stream().filter(d -> error.apply(d).isPresent()).reduce((a, b) -> b);
      s.append(' ').append(side.label()).append(": ");
      s.append(
          last.map(
                  d ->
                      "last "
                          + ReportWords.metres(error.apply(d).orElse(0))
                          + " at "
                          + ReportWords.at(d.tS()))
              .orElse("never known"));
      s.append('.');
    }
    return s.toString();
  }

  private void event(Markup m, String word, double t) {
    m.add("<path class=\"mile\" d=\"M{} {}V{}\"/>", axis.x(t), TOP, BOTTOM);
    m.add(
        "<text class=\"event\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
        axis.x(t),
        TOP - 4,
        word);
  }

  private static String tick(int decade) {
    long m = Math.round(StrictMath.pow(10, decade));
    return m < 1000 ? m + " m" : String.format(java.util.Locale.ROOT, "%,d km", m / 1000);
  }

  private double yOf(double log) {
    double share = (log - lowest) / (highest - lowest);
    return BOTTOM - Math.max(0, Math.min(1, share)) * (BOTTOM - TOP);
  }

  private String path(List<Drawing> history, Function<Drawing, OptionalDouble> figure) {
    StringBuilder p = new StringBuilder();
    double before = Double.NEGATIVE_INFINITY;
    double gap = Math.max(GAP_S, scene.endS() / 40);
    for (Drawing d : history) {
      OptionalDouble v = figure.apply(d);
      if (v.isEmpty() || !(v.getAsDouble() > 0) || d.tS() > axis.endS()) {
        continue;
      }
      p.append(d.tS() - before > gap ? 'M' : 'L')
          .append(Markup.number(Math.rint(axis.x(d.tS()) * 10) / 10))
          .append(' ')
          .append(Markup.number(Math.rint(yOf(StrictMath.log10(v.getAsDouble())) * 10) / 10));
      before = d.tS();
    }
    return p.toString();
  }
}
