package parallax.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import parallax.evaluation.PictureScore.Figure;
import parallax.evaluation.SignTest.Pair;
import parallax.model.Nation;

/**
 * A figure that was worse shared than alone beyond noise: by a sign test over the seeds, whose
 * plots are the same both ways.
 *
 * @param launch the launch
 * @param nation whose picture
 * @param field the figure's name in JSON
 * @param alone its median alone, or the count of areas wrongly at risk; empty: never
 * @param shared the same shared
 * @param test the sign test
 */
public record WorseShared(
    String launch,
    Nation nation,
    String field,
    OptionalDouble alone,
    OptionalDouble shared,
    SignTest test) {
  /** Pictures are drawn at ticks: times that differ by one are the same, seconds. */
  public static final double TIE_S = 1.5 * Fleet.STEP_S;

  /** The figures of a launch that sharing made worse. */
  static List<WorseShared> of(LaunchScore l) {
    List<WorseShared> out = new ArrayList<>();
    l.nations()
        .forEach(
            (n, s) -> {
              for (Figure f : Figure.values()) {
                SignTest t =
                    SignTest.of(pairs(s, r -> f.of(r).orElse(Double.POSITIVE_INFINITY)), TIE_S);
                if (t.isGreater()) {
                  out.add(
                      new WorseShared(
                          l.launch().id(),
                          n,
                          f.field(),
                          s.alone().times(f).median(),
                          s.shared().times(f).median(),
                          t));
                }
              }
              SignTest t =
                  SignTest.of(pairs(s, r -> r.measures().areasWarnedWrongly().size()), 0.5);
              if (t.isGreater()) {
                out.add(
                    new WorseShared(
                        l.launch().id(),
                        n,
                        "areasWarnedWrongly",
                        OptionalDouble.of(s.alone().areasWarnedWrongly()),
                        OptionalDouble.of(s.shared().areasWarnedWrongly()),
                        t));
              }
            });
    return out;
  }

  private static List<Pair> pairs(LaunchScore.Sides s, ToDoubleFunction<RunScore> figure) {
    List<Pair> out = new ArrayList<>();
    for (int i = 0; i < s.alone().runs().size(); i++) {
      out.add(
          new Pair(
              figure.applyAsDouble(s.alone().runs().get(i)),
              figure.applyAsDouble(s.shared().runs().get(i))));
    }
    return out;
  }
}
