package parallax.tracking;

/**
 * When the last motor of a ballistic missile or space launcher stops, known only that it has burnt
 * so far: a mixture of log-logistic distributions of the whole burn, stages and the pauses between
 * them taken together,
 *
 * <pre>P(T &lt;= t) = sum of w / (1 + (t / m)^-b)</pre>
 *
 * <p>with these medians m and shares w; b = 1.81 / s for a standard deviation s of ln T:
 *
 * <table>
 * <caption>Whole burns</caption>
 * <tr><th>kind</th><th>m (s)</th><th>s</th><th>w</th></tr>
 * <tr><td>short-range: KN-23 about 55 s, Scud-B 62 s, Scud-C 75 to 80 s</td><td>62</td><td>0.25</td><td>0.35</td></tr>
 * <tr><td>medium-range: Rodong 95 to 115 s, two-stage solid about 110 s</td><td>105</td><td>0.20</td><td>0.20</td></tr>
 * <tr><td>intermediate-range: Hwasong-10 and -12, 125 to 165 s</td><td>145</td><td>0.20</td><td>0.12</td></tr>
 * <tr><td>intercontinental and space: three-stage solid 180 to 220 s, Hwasong-14 to -17 290 to 400 s,
 * Unha-3 about 560 s</td><td>270</td><td>0.35</td><td>0.28</td></tr>
 * <tr><td>cut off at any time</td><td>150</td><td>1.80</td><td>0.05</td></tr>
 * </table>
 *
 * <p>The figures are round ones in the spread of the open literature: Wright and Postol, FAS Public
 * Interest Report (2003) for the Scud family and Rodong; Wright, The Nonproliferation Review 21
 * (2014) for Unha-3; Postol, Schiller and Schmucker, Bulletin of the Atomic Scientists, 11 August
 * 2017 for Hwasong-14; Elleman, 38 North (2017) for Hwasong-12. Shares follow how often each kind
 * was launched and then lean to the long burns, whose fan matters most. The tails of the
 * log-logistic are heavier than a normal's: no kind is ever ruled out by a second of burning.
 */
final class BurnoutPrior {
  /** Median (s), standard deviation of the logarithm, share. */
  private static final double[][] KINDS = {
    {62, 0.25, 0.35}, {105, 0.20, 0.20}, {145, 0.20, 0.12}, {270, 0.35, 0.28}, {150, 1.80, 0.05}
  };

  private static final double EXHAUST_MPS = 2_500;
  private static final double LOGISTIC = Math.PI / Math.sqrt(3);

  private BurnoutPrior() {}

  /** Probability that the motor burns longer than {@code t} seconds. */
  static double survival(double t) {
    if (!(t > 0)) {
      return 1;
    }
    double s = 0;
    for (double[] k : KINDS) {
      s += k[2] / (1 + StrictMath.pow(t / k[0], LOGISTIC / k[1]));
    }
    return s;
  }

  /**
   * Probability that it stops between {@code from} and {@code to} seconds from now, having burnt
   * {@code burnt} seconds and pushing with {@code force} m/s^2. A stage that pushes with a has at
   * most c / a seconds of propellant left, at an exhaust velocity c of 2,500 m/s, and no structure
   * weighs nothing: from 40 m/s^2 on, with a share that grows to 0.6 at 120 m/s^2, it is taken to
   * be the last one and to stop at any moment within 0.6 c / a.
   */
  static double stops(double burnt, double force, double from, double to) {
    double share = 0.6 * Math.max(0, Math.min(1, (force - 40) / 80));
    double within = 0.6 * EXHAUST_MPS / Math.max(force, 1);
    double soon = (Math.min(to, within) - Math.min(from, within)) / within;
    return share * soon
        + (1 - share) * (survival(burnt + from) - survival(burnt + to)) / survival(burnt);
  }
}
