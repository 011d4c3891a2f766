package parallax.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import parallax.exercise.Salvo;

/** Moments of a launch at which errors of different seeds are compared: dense until burnout. */
final class TimeGrid {
  private static final int EARLY = 90;
  private static final int LATE = 90;

  /** A drawing stands for this long at least, seconds: pictures are drawn every second. */
  private static final double STANDS_S = 2.5;

  private final double[] timesS;

  private TimeGrid(double[] timesS) {
    this.timesS = timesS;
  }

  /** The moments of a launch, from the first launch to the last impact. */
  static TimeGrid of(Salvo salvo) {
    double end = salvo.durationS();
    double early = Math.min(1.3 * salvo.burnoutS(), end);
    double[] t = new double[EARLY + LATE + 1];
    for (int i = 0; i <= EARLY; i++) {
      t[i] = early * i / EARLY;
    }
    for (int i = 1; i <= LATE; i++) {
      t[EARLY + i] = early + (end - early) * i / LATE;
    }
    return new TimeGrid(t);
  }

  /** Number of moments. */
  int size() {
    return timesS.length;
  }

  /** A moment, seconds since launch. */
  double timeS(int i) {
    return timesS[i];
  }

  /**
   * A figure of the newest drawing that has one at every moment; NaN where the newest is older than
   * a step.
   */
  float[] sampled(List<Drawing> history, Function<Drawing, OptionalDouble> figure) {
    float[] out = new float[timesS.length];
    int next = 0;
    double value = Double.NaN;
    double drawnS = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < timesS.length; i++) {
      for (; next < history.size() && history.get(next).tS() <= timesS[i]; next++) {
        OptionalDouble v = figure.apply(history.get(next));
        if (v.isPresent()) {
          value = v.getAsDouble();
          drawnS = history.get(next).tS();
        }
      }
      double step = i == 0 ? 0 : timesS[i] - timesS[i - 1];
      out[i] = timesS[i] - drawnS <= Math.max(STANDS_S, step) ? (float) value : Float.NaN;
    }
    return out;
  }
}
