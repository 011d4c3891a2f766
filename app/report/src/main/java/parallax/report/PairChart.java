package parallax.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import parallax.evaluation.LaunchScore;
import parallax.evaluation.PictureScore.Figure;
import parallax.model.Nation;

/** One time of all launches, alone joined to shared, on a logarithmic axis of seconds. */
final class PairChart {
  private static final double WIDTH = 440;
  private static final double LEFT = 46;
  private static final double RIGHT = WIDTH - 52;
  private static final double NEVER = WIDTH - 22;
  private static final double TOP = 8;
  private static final double ROW = 12;
  private static final double[] TICKS = {10, 30, 60, 100, 300, 600, 1000, 3000, 6000};

  private final List<LaunchScore> launches;
  private final Figure figure;
  private final double low;
  private final double high;

  /** The chart of a figure; all nations' charts have one scale. */
  PairChart(List<LaunchScore> launches, Figure figure) {
    this.launches = launches;
    this.figure = figure;
    double least = 1000;
    double most = 60;
    for (LaunchScore l : launches) {
      for (LaunchScore.Sides s : l.nations().values()) {
        for (LaunchScore.Named n : s.both()) {
          OptionalDouble v = n.score().times(figure).median();
          least = Math.min(least, v.orElse(least));
          most = Math.max(most, v.orElse(most));
        }
      }
    }
    this.low = StrictMath.log10(Math.max(1, least * 0.9));
    this.high = StrictMath.log10(most * 1.1);
  }

  /** The chart of one nation. */
  Markup drawing(Nation nation) {
    double bottom = TOP + ROW * launches.size() + 4;
    Markup m = new Markup();
    m.add(
        "<figure class=\"pairs\"><figcaption><b>{}</b>: {}</figcaption>\n",
        ReportWords.name(nation),
        figure.words());
    m.add("<svg viewBox=\"0 0 {} {}\" role=\"img\"", WIDTH, bottom + 34);
    m.add(
        " xmlns=\"http://www.w3.org/2000/svg\" aria-label=\"{} of {}, alone and shared, by"
            + " launch\">\n",
        figure.words(),
        ReportWords.name(nation));
    m.add(
        "<rect class=\"neverland\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
        NEVER - 14,
        TOP - 4,
        28,
        bottom - TOP + 4);
    for (double t : TICKS) {
      if (StrictMath.log10(t) >= low && StrictMath.log10(t) <= high) {
        m.add("<path class=\"grid\" d=\"M{} {}V{}\"/>", x(t), TOP - 4, bottom);
        m.add(
            "<text class=\"tick\" x=\"{}\" y=\"{}\">{}</text>",
            x(t),
            bottom + 14,
            String.format(Locale.ROOT, "%,.0f", t));
      }
    }
    m.add("<text class=\"tick\" x=\"{}\" y=\"{}\">never</text>\n", NEVER, bottom + 14);
    double y = TOP + ROW / 2;
    for (LaunchScore l : launches) {
      row(m, l, nation, y);
      y += ROW;
    }
    m.add(
        "<text class=\"axis\" x=\"{}\" y=\"{}\">s since launch, logarithmic</text>",
        LEFT,
        bottom + 30);
    return m.add("</svg></figure>\n");
  }

  private void row(Markup m, LaunchScore l, Nation nation, double y) {
    OptionalDouble alone = l.of(nation).alone().times(figure).median();
    OptionalDouble shared = l.of(nation).shared().times(figure).median();
    double xa = alone.isPresent() ? x(alone.getAsDouble()) : NEVER;
    double xs = shared.isPresent() ? x(shared.getAsDouble()) : NEVER;
    m.add("<text class=\"row\" x=\"{}\" y=\"{}\">{}</text>", LEFT - 6, y + 3.5, l.launch().id());
    m.add("<path class=\"pair {}\" d=\"M{} {}H{}\"/>", xs > xa ? "later" : "", xa, y, xs);
    m.add("<circle class=\"dot alone\" cx=\"{}\" cy=\"{}\" r=\"3.6\"/>", xa, y);
    m.add("<circle class=\"dot shared\" cx=\"{}\" cy=\"{}\" r=\"2.9\">", xs, y);
    m.add(
        "<title>{}: alone {}, shared {}</title></circle>\n",
        l.launch().id(),
        words(alone),
        words(shared));
  }

  private static String words(OptionalDouble v) {
    return v.isPresent() ? ReportWords.at(v.getAsDouble()) : "never";
  }

  private double x(double t) {
    return LEFT + (StrictMath.log10(t) - low) / (high - low) * (RIGHT - LEFT);
  }
}
