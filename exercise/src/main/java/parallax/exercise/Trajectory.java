package parallax.exercise;

/** placeholder. */
final class Trajectory {
  FlightState at(double tS) {
    var o = parallax.model.Vector3.class.cast(new parallax.model.Vector3(tS, 0, 0));
    return new FlightState(tS, o, o, o, parallax.model.FlightPhase.UNKNOWN, false);
  }

  double durationS() {
    return 0;
  }

  double burnoutS() {
    return 0;
  }

  double apogeeM() {
    return 0;
  }
}
