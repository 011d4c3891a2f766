package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.geometry.euclidean.threed.Rotation;
import org.hipparchus.geometry.euclidean.threed.RotationConvention;
import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.orekit.forces.gravity.J2OnlyPerturbation;
import org.orekit.frames.Frame;
import org.orekit.frames.FramesFactory;
import org.orekit.orbits.CartesianOrbit;
import org.orekit.orbits.OrbitType;
import org.orekit.propagation.SpacecraftState;
import org.orekit.propagation.numerical.NumericalPropagator;
import org.orekit.time.AbsoluteDate;
import org.orekit.utils.PVCoordinates;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** Orekit flies the coast in inertial axes with J2; ours is flown in turning axes. */
class CoastRefereeTest {
  private static final Frame INERTIAL = FramesFactory.getGCRF();
  private static final AbsoluteDate EPOCH = AbsoluteDate.ARBITRARY_EPOCH;
  private static final Vector3D SPIN = new Vector3D(0, 0, Wgs84.OMEGA);

  private static Rotation turn(double t) {
    return new Rotation(Vector3D.PLUS_K, Wgs84.OMEGA * t, RotationConvention.VECTOR_OPERATOR);
  }

  private static PVCoordinates inertial(FlightState s) {
    Vector3D p = vector(s.positionM());
    Vector3D v = vector(s.velocityMps()).add(SPIN.crossProduct(p));
    return new PVCoordinates(turn(s.timeS()).applyTo(p), turn(s.timeS()).applyTo(v));
  }

  private static Vector3D vector(Vector3 v) {
    return new Vector3D(v.x(), v.y(), v.z());
  }

  private static Flight flight(String id) {
    PublishedLaunch l =
        LaunchTable.bundled().launches().stream()
            .filter(x -> x.id().equals(id))
            .findFirst()
            .orElseThrow();
    return ((FlightPlan.Flown) FlightPlanner.plan(l)).flight();
  }

  private static void agrees(String id) {
    Flight f = flight(id);
    double from = f.burnoutS() + 1;
    while (heightM(f, from) < Atmosphere.TOP_M) {
      from += 1;
    }
    double[][] tolerance = {{1e-6, 1e-6, 1e-6, 1e-9, 1e-9, 1e-9, 1}, {0, 0, 0, 0, 0, 0, 0}};
    NumericalPropagator p =
        new NumericalPropagator(
            new DormandPrince853Integrator(1e-3, 60, tolerance[0], tolerance[1]));
    p.setOrbitType(OrbitType.CARTESIAN);
    p.addForceModel(new J2OnlyPerturbation(Wgs84.GM, Wgs84.A, Wgs84.J2, INERTIAL));
    p.setInitialState(
        new SpacecraftState(
            new CartesianOrbit(inertial(f.at(from)), INERTIAL, EPOCH.shiftedBy(from), Wgs84.GM)));
    int compared = 0;
    for (double t = from; t < f.durationS() && heightM(f, t) >= Atmosphere.TOP_M; t += 7.3) {
      PVCoordinates referee = p.propagate(EPOCH.shiftedBy(t)).getPVCoordinates();
      PVCoordinates ours = inertial(f.at(t));
      assertEquals(0, Vector3D.distance(referee.getPosition(), ours.getPosition()), 1, id + " m");
      assertEquals(
          0, Vector3D.distance(referee.getVelocity(), ours.getVelocity()), 0.01, id + " m/s");
      compared++;
    }
    assertTrue(compared > 50);
  }

  private static double heightM(Flight f, double t) {
    return Wgs84.toGeodetic(f.at(t).positionM()).altitudeM();
  }

  @Test
  void longestLoftedCoastAgreesToAMetre() {
    agrees("L56");
  }

  @Test
  void overflightCoastAgreesToAMetre() {
    agrees("L39");
  }
}
