package parallax.tracking;

import parallax.model.SensorId;

/** A plot names a sensor that the tracker's nation has not registered. */
public final class UnknownSensorException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Says which sensor, and {@code expected} what was wanted. */
  public UnknownSensorException(SensorId found, String expected) {
    super("plot's sensor is " + found + "; expected " + expected);
  }
}
