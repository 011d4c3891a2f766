package parallax.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A horizontal axis of seconds since launch in two linear parts: the first minutes, where warning
 * is won or lost, get more than their share of the width. A short flight has one part.
 *
 * @param splitS where the scale changes, seconds; {@code endS} when it does not
 * @param endS last moment shown, seconds
 * @param left x of launch
 * @param right x of the last moment
 */
public record TimeAxis(double splitS, double endS, double left, double right) {
  private static final double EARLY_SHARE = 0.58;
  private static final double[] STEPS = {
    5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400
  };

  /** An axis to {@code endS} whose first part ends a little after {@code burnoutS}. */
  public static TimeAxis of(double burnoutS, double endS, double left, double right) {
    double split = 60 * Math.ceil((burnoutS * 1.25 + 20) / 60);
    return new TimeAxis(split * 2.2 < endS ? split : endS, endS, left, right);
  }

  /** Whether the scale changes. */
  public boolean broken() {
    return splitS < endS;
  }

  /** The place of a moment; what lies outside is put at the nearer end. */
  public double x(double tS) {
    double t = Math.max(0, Math.min(endS, tS));
    if (!broken()) {
      return left + t / endS * (right - left);
    }
    double middle = left + EARLY_SHARE * (right - left);
    return t <= splitS
        ? left + t / splitS * (middle - left)
        : middle + (t - splitS) / (endS - splitS) * (right - middle);
  }

  /** Round moments to mark, at least {@code gap} apart on the page. */
  public List<Double> ticks(double gap) {
    List<Double> ticks = new ArrayList<>();
    addTicks(ticks, 0, splitS, gap);
    if (broken()) {
      addTicks(ticks, splitS, endS, gap);
    }
    return ticks;
  }

  private void addTicks(List<Double> ticks, double from, double to, double gap) {
    double perS = (x(to) - x(from)) / (to - from);
    for (double step : STEPS) {
      if (step * perS >= gap || step == STEPS[STEPS.length - 1]) {
        for (double t = step * Math.ceil(from / step); t <= to; t += step) {
          boolean clear = ticks.isEmpty() || x(t) - x(ticks.get(ticks.size() - 1)) >= gap * 0.8;
          if (clear) {
            ticks.add(t);
          }
        }
        return;
      }
    }
  }

  /** Grid lines, the change of scale, and numbers below {@code bottom}. */
  public Markup drawing(double top, double bottom, double gap) {
    Markup m = new Markup();
    if (broken()) {
      m.add(
          "<rect class=\"early\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
          left,
          top,
          x(splitS) - left,
          bottom - top);
    }
    for (double t : ticks(gap)) {
      m.add(
          "<path class=\"grid\" d=\"M{} {}V{}\"/><text class=\"tick\" x=\"{}\" y=\"{}\">{}</text>",
          x(t),
          top,
          bottom,
          x(t),
          bottom + 14,
          t);
    }
    if (broken()) {
      m.add("<path class=\"split\" d=\"M{} {}V{}\"/>", x(splitS), top, bottom + 4);
    }
    return m;
  }
}
