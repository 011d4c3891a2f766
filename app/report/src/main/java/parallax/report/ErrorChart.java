package parallax.report;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import parallax.model.Nation;
import parallax.report.ErrorCurve.Point;
import parallax.report.ErrorCurve.Span;

/** Errors of nations' pictures against time, on a logarithmic scale common to all. */
public final class ErrorChart {
  private static final double WIDTH = 440;
  private static final double HEIGHT = 236;
  private static final double LEFT = 66;
  private static final double TOP = 16;
  private static final double BOTTOM = HEIGHT - 34;

  /** A line is broken where nothing was drawn for longer, seconds, or this share of the flight. */
  private static final double GAP_S = 20;

  private final String name;
  private final double limitM;
  private final double burnoutS;
  private final double gapS;
  private final SortedMap<Nation, List<ErrorCurve>> curves;
  private final TimeAxis axis;
  private int lowest = 9;
  private int highest = -9;

  /**
   * Charts of one kind of error.
   *
   * @param name what is charted, for example {@code Position error}
   * @param limitM a distance to mark, metres; 0: none
   * @param burnoutS true end of powered flight, seconds since launch
   * @param endS last moment shown, seconds since launch
   * @param curves the curves of each nation
   */
  public ErrorChart(
      String name,
      double limitM,
      double burnoutS,
      double endS,
      SortedMap<Nation, List<ErrorCurve>> curves) {
    this.name = name;
    this.limitM = limitM;
    this.burnoutS = burnoutS;
    this.gapS = Math.max(GAP_S, endS / 40);
    this.curves = curves;
    this.axis = TimeAxis.of(burnoutS, endS, LEFT, WIDTH - 8);
    for (List<ErrorCurve> of : curves.values()) {
      for (ErrorCurve c : of) {
        c.line().forEach(p -> widen(p.errorM()));
      }
    }
    if (lowest > highest) {
      lowest = 2;
      highest = 5;
    }
    highest = Math.max(highest, lowest + 1);
  }

  private void widen(double v) {
    if (v > 0 && Double.isFinite(v)) {
      double log = StrictMath.log10(v);
      lowest = Math.max(0, Math.min(lowest, (int) Math.floor(log)));
      highest = Math.min(7, Math.max(highest, (int) Math.ceil(log)));
    }
  }

  /** The chart of one nation. */
  public Markup drawing(Nation nation) {
    List<ErrorCurve> mine = curves.getOrDefault(nation, List.of());
    Markup m = new Markup();
    m.add(
        "<figure class=\"plot\"><figcaption>{}, {}</figcaption>\n", name, ReportWords.name(nation));
    m.add("<svg viewBox=\"0 0 {} {}\" role=\"img\"", WIDTH, HEIGHT);
    m.add(" xmlns=\"http://www.w3.org/2000/svg\" aria-label=\"{}\">\n", label(nation, mine));
    m.raw(axis.drawing(TOP, BOTTOM, 34).toString());
    for (int decade = lowest; decade <= highest; decade++) {
      m.add("<path class=\"grid\" d=\"M{} {}H{}\"/>", LEFT, yOf(decade), WIDTH - 8);
      m.add(
          "<text class=\"ytick\" x=\"{}\" y=\"{}\">{}</text>",
          LEFT - 6,
          yOf(decade) + 4,
          tick(decade));
    }
    event(m, "burnout", burnoutS);
    limit(m);
    boolean any = false;
    for (ErrorCurve c : mine) {
      m.add("<path class=\"band {}\" d=\"{}\"/>", c.label(), band(c.band()));
    }
    for (ErrorCurve c : mine) {
      m.add("<path class=\"sigma {}\" d=\"{}\"/>", c.label(), path(c.aside()));
      String line = path(c.line());
      any |= !line.isEmpty();
      m.add("<path class=\"line {}\" d=\"{}\"/>\n", c.label(), line);
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

  private void limit(Markup m) {
    double y = limitM > 0 ? yOf(StrictMath.log10(limitM)) : BOTTOM;
    if (y > TOP && y < BOTTOM) {
      m.add("<path class=\"limit\" d=\"M{} {}H{}\"/>", LEFT, y, WIDTH - 8);
      m.add(
          "<text class=\"event\" x=\"{}\" y=\"{}\">{}</text>",
          LEFT + 4,
          y - 4,
          ReportWords.metres(limitM));
    }
  }

  private String label(Nation nation, List<ErrorCurve> mine) {
    StringBuilder s = new StringBuilder();
    s.append(name).append(" of ").append(ReportWords.name(nation)).append(" against time.");
    for (ErrorCurve c : mine) {
      s.append(' ').append(c.label()).append(": ");
      if (c.line().isEmpty()) {
        s.append("never known");
      } else {
        Point last = c.line().getLast();
        s.append("last ").append(ReportWords.metres(last.errorM()));
        s.append(" at ").append(ReportWords.at(last.tS()));
      }
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
    return m < 1000 ? m + " m" : String.format(Locale.ROOT, "%,d km", m / 1000);
  }

  private double yOf(double log) {
    double share = (log - lowest) / (highest - lowest);
    return BOTTOM - Math.max(0, Math.min(1, share)) * (BOTTOM - TOP);
  }

  private boolean shown(double tS, double errorM) {
    return errorM > 0 && tS <= axis.endS();
  }

  private String path(List<Point> points) {
    StringBuilder p = new StringBuilder();
    double before = Double.NEGATIVE_INFINITY;
    for (Point q : points) {
      if (shown(q.tS(), q.errorM())) {
        p.append(q.tS() - before > gapS ? 'M' : 'L').append(spot(q.tS(), q.errorM()));
        before = q.tS();
      }
    }
    return p.toString();
  }

  /** One closed outline for every unbroken run of spans. */
  private String band(List<Span> spans) {
    StringBuilder p = new StringBuilder();
    int from = 0;
    for (int i = 0; i <= spans.size(); i++) {
      boolean ends =
          i == spans.size()
              || !shown(spans.get(i).tS(), spans.get(i).lowM())
              || (i > from && spans.get(i).tS() - spans.get(i - 1).tS() > gapS);
      if (ends) {
        outline(spans.subList(from, i), p);
        boolean skip = i < spans.size() && !shown(spans.get(i).tS(), spans.get(i).lowM());
        from = skip ? i + 1 : i;
      }
    }
    return p.toString();
  }

  private void outline(List<Span> run, StringBuilder p) {
    for (int i = 0; i < run.size(); i++) {
      p.append(i == 0 ? 'M' : 'L').append(spot(run.get(i).tS(), run.get(i).highM()));
    }
    for (int i = run.size() - 1; i >= 0; i--) {
      p.append('L').append(spot(run.get(i).tS(), run.get(i).lowM()));
    }
    p.append(run.isEmpty() ? "" : "z");
  }

  private String spot(double tS, double errorM) {
    return Markup.number(Math.rint(axis.x(tS) * 10) / 10)
        + " "
        + Markup.number(Math.rint(yOf(StrictMath.log10(errorM)) * 10) / 10);
  }
}
