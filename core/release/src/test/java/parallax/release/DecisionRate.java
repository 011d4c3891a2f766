package parallax.release;

import static parallax.release.fixtures.ReleaseFixtures.LAUNCH_TIME;

import java.util.Optional;
import parallax.model.Channel;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.fixtures.ReleaseFixtures;

/** Prints decisions per second and the cost of judging a new launch point estimate. */
final class DecisionRate {
  private DecisionRate() {}

  /** Runs three rounds of each; the last counts. */
  public static void main(String[] args) {
    Releaser releaser = ReleaseFixtures.releaser(Nation.KOR, Channel.EXERCISE);
    Report[] reports = new Report[1000];
    for (int i = 0; i < reports.length; i++) {
      reports[i] =
          switch (i % 10) {
            case 0 -> ReleaseFixtures.impactReport(Nation.KOR, 1 + i % 7, 30 + i * 0.1);
            default -> ReleaseFixtures.trackReport(Nation.KOR, 1 + i % 7, 30 + i * 0.1);
          };
    }
    ReleaseContext[] contexts = new ReleaseContext[7];
    for (int i = 0; i < contexts.length; i++) {
      contexts[i] =
          new ReleaseContext(
              Optional.of(launch(39 + i * 0.1)), Optional.of(LAUNCH_TIME.plusSeconds(700)), false);
    }
    System.out.println("default policy:");
    measure(releaser, reports, contexts, 10_000_000);
    System.out.println("20 rules with conditions, the last one decides:");
    measure(conditional(), reports, contexts, 1_000_000);
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      double sum = 0;
      int n = 20_000;
      LaunchRegion region =
          ReleaseFixtures.inForce(Channel.EXERCISE).agreement().scope().launchRegions().getFirst();
      for (int i = 0; i < n; i++) {
        sum += RegionProbability.inside(region, launch(38.5 + i * 1e-4));
      }
      double us = (System.nanoTime() - start) * 1e-3 / n;
      System.out.printf("%.1f us per new estimate (mean probability %.3f)%n", us, sum / n);
    }
  }

  private static void measure(
      Releaser releaser, Report[] reports, ReleaseContext[] contexts, int n) {
    UtcTime now = LAUNCH_TIME.plusSeconds(200);
    Nation[] partners = {Nation.JPN, Nation.USA};
    for (int round = 0; round < 4; round++) {
      long start = System.nanoTime();
      int released = 0;
      for (int i = 0; i < n; i++) {
        ReleaseDecision d =
            releaser.decide(reports[(i >> 1) % 1000], contexts[(i >> 1) % 7], partners[i & 1], now);
        released += d instanceof ReleaseDecision.Release ? 1 : 0;
      }
      double s = (System.nanoTime() - start) * 1e-9;
      System.out.printf("%d of %d released, %.0f decisions/s%n", released, n, n / s);
    }
  }

  /** Nineteen rules that ask of every record and do not hold, and one that releases. */
  private static Releaser conditional() {
    StringBuilder y = new StringBuilder("name: Rate\nversion: 1\nnation: KOR\nrules:\n");
    for (int i = 1; i <= 20; i++) {
      y.append("  - name: rule ").append(i);
      y.append(
          "\n    dataClasses: [LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]\n    to: [JPN, USA]\n");
      y.append(
          i < 20
              ? "    when: launch.latitudeDeg < " + i + ".0 && record.ageS > 1.0\n"
              : "    when: record.ageS < 1000.0\n");
      y.append("    decision: ").append(i < 20 ? "withhold" : "release").append('\n');
    }
    NationalPolicy policy =
        NationalPolicy.parse(
            YamlTexts.utf8(y + "default: withhold\n"),
            "rate",
            ReleaseFixtures.inForce(Channel.EXERCISE).agreement());
    return new Releaser(
        ReleaseFixtures.inForce(Channel.EXERCISE), policy, Nation.KOR, Channel.EXERCISE);
  }

  private static LaunchPointEstimate launch(double lat) {
    return new LaunchPointEstimate(
        Geodetic.ofDegrees(lat, 126, 0), Covariance.diagonal(1e8, 2e8), LAUNCH_TIME, 1);
  }
}
