package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.model.Geodetic;
import parallax.model.Vector3;
import parallax.model.Wgs84;

final class BallisticArcTest {
  @Test
  void agreesWithThePublishedTrajectoryOfTheNavalResearchLaboratory() throws IOException {
    Path csv = Path.of(System.getProperty("parallax.samples", "absent"), "benchmarks/nrl_traj.csv");
    if (!Files.exists(csv)) {
      System.err.println("NOT CHECKED: trajectory against NRL, because " + csv + " is absent");
      return;
    }
    double j2 = 4.84169317366974e-4 * Math.sqrt(5);
    BallisticForces forces =
        new BallisticForces(3.986004415e14, 6_378_136.3, j2, 7.292115e-5, Double.POSITIVE_INFINITY);
    double[] start = {
      -3451475.769281,
      3506152.336516,
      4045312.539556,
      -4205.149790990,
      -2407.100419335,
      3657.246850306
    };
    List<String> lines = Files.readAllLines(csv);
    BallisticArc arc = BallisticArc.fly(forces, start, 2_000, 1e-4);
    double worst = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] f = line.split(",", -1);
      double[] s = arc.at(Double.parseDouble(f[0]));
      for (int i = 0; i < 3; i++) {
        worst = Math.max(worst, Math.abs(s[i] - Double.parseDouble(f[1 + i])));
      }
    }
    assertTrue(worst < 0.01, "largest difference " + worst + " m");
  }

  /** Independent: inertial frame, fixed-step RK4, drag by the air that turns with the earth. */
  @Test
  void aPathBackIntoDenseAirEndsBeforeItIsFasterThanAnyFlight() {
    BallisticForces forces = BallisticForces.wgs84(4_000);
    Vector3 r = Wgs84.toEcef(Geodetic.ofDegrees(39, 126, 3_000));
    Vector3 v = Wgs84.fromEnu(new Vector3(4_000, 0, 1_500), Wgs84.toGeodetic(r));
    BallisticArc arc =
        BallisticArc.fly(forces, new double[] {r.x(), r.y(), r.z(), v.x(), v.y(), v.z()}, -10, 1);
    double[] end = arc.end();
    double speed = new Vector3(end[3], end[4], end[5]).norm();
    assertTrue(speed > 5_000 && speed < 40_000, "m/s " + speed);
    assertTrue(arc.durationS() > -10, "s " + arc.durationS());
    assertTrue(arc.steps() < 200, "steps " + arc.steps());
  }

  @Test
  void agreesWithAnInertialIntegrationOverSeventyFiveMinutes() {
    TestFlight f = TestFlight.lofted();
    double[] up = f.at(f.burnoutS + 1);
    for (int i = 3; i < 6; i++) {
      up[i] *= 1.32;
    }
    BallisticForces forces = BallisticForces.wgs84(4_000);
    BallisticArc arc = BallisticArc.flyToGround(forces, up, 3 * 3600, 0.05);
    double t = arc.durationS();
    assertTrue(t > 3000 && arc.grounded(), "flight time " + t);
    double[] end = inertial(up, t, 4_000);
    double[] own = arc.end();
    for (int i = 0; i < 3; i++) {
      assertEquals(end[i], own[i], 2.0);
    }
  }

  private static double[] inertial(double[] ecef, double duration, double beta) {
    double w = Wgs84.OMEGA;
    double[] x = {ecef[0], ecef[1], ecef[2], ecef[3] - w * ecef[1], ecef[4] + w * ecef[0], ecef[5]};
    int n = (int) Math.ceil(duration / 0.05);
    double h = duration / n;
    for (int k = 0; k < n; k++) {
      double[] k1 = derivative(x, beta);
      double[] k2 = derivative(add(x, k1, h / 2), beta);
      double[] k3 = derivative(add(x, k2, h / 2), beta);
      double[] k4 = derivative(add(x, k3, h), beta);
      for (int i = 0; i < 6; i++) {
        x[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
      }
    }
    double c = Math.cos(w * duration);
    double s = Math.sin(w * duration);
    return new double[] {c * x[0] + s * x[1], -s * x[0] + c * x[1], x[2]};
  }

  private static double[] add(double[] x, double[] d, double h) {
    double[] y = new double[6];
    for (int i = 0; i < 6; i++) {
      y[i] = x[i] + h * d[i];
    }
    return y;
  }

  /** Gravity as the gradient of the J2 potential by its textbook components. */
  private static double[] derivative(double[] x, double beta) {
    double r = Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
    double sin = x[2] / r;
    double radial =
        -Wgs84.GM / (r * r) * (1 - 1.5 * Wgs84.J2 * Math.pow(Wgs84.A / r, 2) * (3 * sin * sin - 1));
    double polar = -3 * Wgs84.GM * Wgs84.J2 * Wgs84.A * Wgs84.A / Math.pow(r, 4) * sin;
    double vx = x[3] + Wgs84.OMEGA * x[1];
    double vy = x[4] - Wgs84.OMEGA * x[0];
    double v = Math.sqrt(vx * vx + vy * vy + x[5] * x[5]);
    double height =
        r - 1 / Math.sqrt((1 - sin * sin) / (Wgs84.A * Wgs84.A) + sin * sin / (Wgs84.B * Wgs84.B));
    double drag = 0.5 * Atmosphere.densityKgM3(height) * v / beta;
    double along = radial / r - polar * sin / r;
    return new double[] {
      x[3],
      x[4],
      x[5],
      along * x[0] - drag * vx,
      along * x[1] - drag * vy,
      along * x[2] + polar - drag * x[5]
    };
  }
}
