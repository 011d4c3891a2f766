package parallax.warning;

import parallax.model.Check;

/**
 * When an area counts as at risk.
 *
 * <p>The defaults weigh two errors: an area left without warning, and a warning that was not needed
 * (which costs the next one its credit). A wide ellipse touches many areas with a little
 * probability each and tells none of them anything; so below {@code maxImpactSigmaM} a low
 * probability suffices, and above it the answer is "cannot tell yet" ({@link AreasAtRisk#canTell}),
 * which never withdraws a standing alert.
 *
 * @param impactProbability least probability of impact in the widened area that warns; default 0.05
 * @param marginM how far an area is widened, metres, for debris and for the error of outlines and
 *     of the prediction's centre; default 25 km: half of the 50 km by which a warned area may lie
 *     from the true path, so that both errors have the same room
 * @param maxImpactSigmaM largest semi-major axis (1 sigma) of an impact ellipse that can still tell
 *     one area from the next, metres; default 60 km, about the radius of a prefecture
 * @param overflightProbability least probability that the ground track crosses the widened area;
 *     default 0.5
 * @param reachProbability least probability that it flies as far as the area instead of coming down
 *     before; default 0.9
 * @param timeSigmas half width of an impact's arrival window in standard deviations of its time;
 *     default 2
 * @param leastHalfWindowS least half width of any arrival window, seconds; default 30
 */
public record RiskSettings(
    double impactProbability,
    double marginM,
    double maxImpactSigmaM,
    double overflightProbability,
    double reachProbability,
    double timeSigmas,
    double leastHalfWindowS) {

  /** The defaults, as given at each component. */
  public static final RiskSettings DEFAULT =
      new RiskSettings(0.05, 25_000, 60_000, 0.5, 0.9, 2, 30);

  /** Validates every figure. */
  public RiskSettings {
    Check.within("impact probability", impactProbability, 0.005, 1);
    Check.within("margin (m)", marginM, 0, 500_000);
    Check.within("largest impact sigma (m)", maxImpactSigmaM, 1_000, 1_000_000);
    Check.within("overflight probability", overflightProbability, 0.02, 1);
    Check.within("reach probability", reachProbability, 0, 1);
    Check.within("time sigmas", timeSigmas, 0, 10);
    Check.within("least half window (s)", leastHalfWindowS, 0, 3_600);
  }
}
