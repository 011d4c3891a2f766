package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.CalculusFieldElement;
import org.hipparchus.geometry.euclidean.threed.FieldVector3D;
import org.hipparchus.geometry.euclidean.threed.Rotation;
import org.hipparchus.geometry.euclidean.threed.RotationConvention;
import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.orekit.forces.drag.DragForce;
import org.orekit.forces.drag.IsotropicDrag;
import org.orekit.forces.gravity.J2OnlyPerturbation;
import org.orekit.frames.Frame;
import org.orekit.frames.FramesFactory;
import org.orekit.models.earth.atmosphere.Atmosphere;
import org.orekit.orbits.CartesianOrbit;
import org.orekit.orbits.OrbitType;
import org.orekit.propagation.SpacecraftState;
import org.orekit.propagation.numerical.NumericalPropagator;
import org.orekit.time.AbsoluteDate;
import org.orekit.time.FieldAbsoluteDate;
import org.orekit.utils.PVCoordinates;
import parallax.model.Wgs84;

/**
 * Orekit flies in inertial axes with its own gravity, J2, drag and integrator; the air it flies
 * through is ours, turning with the earth. No earth orientation enters, so no leap seconds.
 */
final class OrekitRefereeTest {
  private static final Frame INERTIAL = FramesFactory.getGCRF();
  private static final AbsoluteDate EPOCH = AbsoluteDate.ARBITRARY_EPOCH;
  private static final Vector3D SPIN = new Vector3D(0, 0, Wgs84.OMEGA);
  private static final double BETA = 5_000;

  private static final class TurningAir implements Atmosphere {
    private static final long serialVersionUID = 1;

    @Override
    public Frame getFrame() {
      return INERTIAL;
    }

    @Override
    public double getDensity(AbsoluteDate date, Vector3D p, Frame frame) {
      return parallax.tracking.Atmosphere.densityKgM3(
          BallisticForces.height(p.getX(), p.getY(), p.getZ()));
    }

    @Override
    public <T extends CalculusFieldElement<T>> T getDensity(
        FieldAbsoluteDate<T> date, FieldVector3D<T> position, Frame frame) {
      throw new UnsupportedOperationException("partial derivatives are not asked for");
    }

    @Override
    public Vector3D getVelocity(AbsoluteDate date, Vector3D position, Frame frame) {
      return SPIN.crossProduct(position);
    }
  }

  private static Rotation turn(double t) {
    return new Rotation(Vector3D.PLUS_K, Wgs84.OMEGA * t, RotationConvention.VECTOR_OPERATOR);
  }

  @Test
  void fliesSeventyFiveMinutesFromBurnoutToTheGroundWithinFiveMetresOfOrekit() {
    TestFlight f = TestFlight.lofted();
    double[] start = f.at(f.burnoutS);
    for (int i = 3; i < 6; i++) {
      start[i] *= 1.485;
    }
    BallisticArc arc = BallisticArc.flyToGround(BallisticForces.wgs84(BETA), start, 3 * 3600, 1e-3);
    double duration = arc.durationS();
    assertTrue(duration > 4_500 && arc.grounded(), "flight of " + duration + " s");
    Vector3D r = new Vector3D(start[0], start[1], start[2]);
    Vector3D v = new Vector3D(start[3], start[4], start[5]).add(SPIN.crossProduct(r));
    double[][] tolerance = {{1e-5, 1e-5, 1e-5, 1e-8, 1e-8, 1e-8, 1}, {0, 0, 0, 0, 0, 0, 0}};
    NumericalPropagator orekit =
        new NumericalPropagator(
            new DormandPrince853Integrator(1e-6, 20, tolerance[0], tolerance[1]));
    orekit.setOrbitType(OrbitType.CARTESIAN);
    orekit.addForceModel(new J2OnlyPerturbation(Wgs84.GM, Wgs84.A, Wgs84.J2, INERTIAL));
    orekit.addForceModel(new DragForce(new TurningAir(), new IsotropicDrag(1 / BETA, 1)));
    orekit.setInitialState(
        new SpacecraftState(new CartesianOrbit(new PVCoordinates(r, v), INERTIAL, EPOCH, Wgs84.GM))
            .withMass(1));
    double worst = 0;
    for (double t = 0; t < duration; t += duration / 200) {
      Vector3D there = orekit.propagate(EPOCH.shiftedBy(t)).getPosition();
      double[] s = arc.at(t);
      Vector3D ours = turn(t).applyTo(new Vector3D(s[0], s[1], s[2]));
      worst = Math.max(worst, Vector3D.distance(there, ours));
    }
    Vector3D end = orekit.propagate(EPOCH.shiftedBy(duration)).getPosition();
    double[] s = arc.end();
    worst =
        Math.max(
            worst, Vector3D.distance(end, turn(duration).applyTo(new Vector3D(s[0], s[1], s[2]))));
    System.out.println("Orekit: largest distance " + worst + " m over " + duration + " s");
    assertTrue(worst < 5, "largest distance " + worst + " m");
  }
}
