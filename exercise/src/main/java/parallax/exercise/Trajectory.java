package parallax.exercise;

/** placeholder. */
final class Trajectory {
  FlightState at(double tS) {
    throw new IllegalStateException("not written yet " + tS);
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
