package parallax.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import parallax.evaluation.Drawing;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.report.ReportScene.Side;

/**
 * One curve of an error chart: an error against time, and what lies around it.
 *
 * @param label {@code alone} or {@code shared}
 * @param line the error itself
 * @param aside a second, dashed line: what the picture itself claims; may be empty
 * @param band a band about the line; may be empty
 */
public record ErrorCurve(String label, List<Point> line, List<Point> aside, List<Span> band) {
  /** Copies the lists. */
  public ErrorCurve {
    line = List.copyOf(line);
    aside = List.copyOf(aside);
    band = List.copyOf(band);
  }

  /** An error in metres, {@code tS} seconds since launch. */
  public record Point(double tS, double errorM) {}

  /** From {@code lowM} to {@code highM} metres, {@code tS} seconds since launch. */
  public record Span(double tS, double lowM, double highM) {}

  /** Distance of the believed from the true place, with the picture's own 1-sigma. */
  public static ErrorCurve position(Side side, double earlyS, double endS) {
    return of(side, Drawing::positionErrorM, Drawing::positionSigmaM, earlyS, endS);
  }

  /** Distance of the predicted from the true impact point, with the picture's own 1-sigma. */
  public static ErrorCurve impact(Side side, double earlyS, double endS) {
    return of(side, Drawing::impactErrorM, ErrorCurve::impactSigma, earlyS, endS);
  }

  private static OptionalDouble impactSigma(Drawing d) {
    Predicted p = d.impact().orElse(null);
    return p == null ? OptionalDouble.empty() : OptionalDouble.of(p.eastNorthM2().rms(2));
  }

  private static ErrorCurve of(
      Side side,
      Function<Drawing, OptionalDouble> error,
      Function<Drawing, OptionalDouble> sigma,
      double earlyS,
      double endS) {
    List<Drawing> thin = MapHistory.thinned(side.history(), earlyS, endS);
    return new ErrorCurve(side.label(), points(thin, error), points(thin, sigma), List.of());
  }

  private static List<Point> points(List<Drawing> h, Function<Drawing, OptionalDouble> figure) {
    List<Point> out = new ArrayList<>();
    for (Drawing d : h) {
      figure.apply(d).ifPresent(v -> out.add(new Point(d.tS(), v)));
    }
    return out;
  }
}
