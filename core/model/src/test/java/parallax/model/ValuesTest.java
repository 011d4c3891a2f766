package parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.model.ConfidentialityLabel.Classification;

class ValuesTest {
  private static final SensorId RADAR = new SensorId(Nation.JPN, "Radar 1");
  private static final UtcTime T = new UtcTime(1_681_338_180_000_000_000L);

  @ParameterizedTest
  @ValueSource(strings = {"", "JP", "jpn", "JPNX", "J N", "JP\u0420", "\uFF2A\uFF30\uFF2E"})
  void refusesANationThatIsNotThreeUpperCaseAsciiLetters(String code) {
    InvalidValueException e = assertThrows(InvalidValueException.class, () -> new Nation(code));
    assertTrue(String.valueOf(e.getMessage()).startsWith("nation is '"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 0, 1e12})
  void refusesARadarPlotWithAnImpossibleRange(double rangeM) {
    assertThrows(
        InvalidValueException.class,
        () -> new Plot.RadarPlot(RADAR, T, rangeM, 1, 1, OptionalDouble.empty()));
  }

  @Test
  void refusesAPlotWithNaNInAnyMeasurement() {
    assertThrows(
        InvalidValueException.class,
        () -> new Plot.RadarPlot(RADAR, T, 1e5, Double.NaN, 1, OptionalDouble.empty()));
    assertThrows(
        InvalidValueException.class,
        () -> new Plot.RadarPlot(RADAR, T, 1e5, 1, Double.NaN, OptionalDouble.empty()));
    assertThrows(
        InvalidValueException.class,
        () -> new Plot.RadarPlot(RADAR, T, 1e5, 1, 1, OptionalDouble.of(Double.NaN)));
    assertThrows(
        InvalidValueException.class,
        () -> new Plot.InfraredPlot(RADAR, T, new Vector3(0.5, 0.5, 0.5)));
  }

  @Test
  void errorSaysFieldFoundAndExpected() {
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> Geodetic.ofDegrees(91, 0, 0));
    assertEquals("latitude (deg) is 91.0; expected a number from -90.0 to 90.0", e.getMessage());
  }

  @Test
  void covarianceMustBeSymmetricAndPositiveDefinite() {
    assertThrows(InvalidValueException.class, () -> Covariance.of(2, 1, 0.5, 0.4, 1));
    assertThrows(InvalidValueException.class, () -> Covariance.of(2, 1, 2, 2, 1));
    assertThrows(InvalidValueException.class, () -> Covariance.of(2, 1, 0, 0, 0));
    assertThrows(InvalidValueException.class, () -> Covariance.of(2, 1, 0, 0));
    assertThrows(InvalidValueException.class, () -> Covariance.of(1, Double.NaN));
    Covariance c = Covariance.of(2, 4, 1, 1, 9);
    assertEquals(2, c.sigma(0));
    assertEquals(Math.sqrt(13), c.rms(2));
    assertEquals(c, Covariance.of(2, c.toRowMajor()));
    assertNotEquals(c, Covariance.of(2, 4, 0, 0, 9));
  }

  @Test
  void covarianceKeepsItsOwnCopy() {
    double[] m = {1, 0, 0, 1};
    Covariance c = Covariance.of(2, m);
    m[0] = 7;
    c.toRowMajor()[3] = 7;
    assertEquals(Covariance.diagonal(1, 1), c);
  }

  @Test
  void ellipseHasTheAxesAndAzimuthOfTheCovariance() {
    HorizontalEllipse north = HorizontalEllipse.of(Covariance.diagonal(1, 4));
    assertEquals(2, north.semiMajorM(), 1e-12);
    assertEquals(1, north.semiMinorM(), 1e-12);
    assertEquals(0, north.orientationRad(), 1e-12);
    HorizontalEllipse northEast = HorizontalEllipse.of(Covariance.of(2, 2, 1, 1, 2));
    assertEquals(Math.PI / 4, northEast.orientationRad(), 1e-12);
    assertEquals(Math.sqrt(3), northEast.semiMajorM(), 1e-12);
    assertEquals(2.4477, HorizontalEllipse.scaleFor(0.95), 1e-4);
  }

  @Test
  void timeIsExactToTheNanosecondAndAgreesWithJavaTime() {
    Instant i = Instant.parse("2023-04-12T22:23:00.123456789Z");
    assertEquals(i, UtcTime.of(i).toInstant());
    assertEquals("2023-04-12T22:23:00.123456789Z", UtcTime.of(i).toString());
    assertEquals(1.5, T.plusSeconds(1.5).secondsSince(T));
    assertEquals(Instant.parse("1969-12-31T23:59:59.5Z"), new UtcTime(-500_000_000).toInstant());
    assertThrows(InvalidValueException.class, () -> T.plusSeconds(Double.NaN));
  }

  @Test
  void reportMustBeReleasableToItsOwnOriginator() {
    ConfidentialityLabel onlyKorea =
        new ConfidentialityLabel(
            "PARALLAX", Classification.SECRET, new TreeSet<>(List.of(Nation.KOR)), List.of(), T);
    assertThrows(
        InvalidValueException.class,
        () -> new Report.Header(new TrackId(Nation.JPN, 1), Channel.REAL, T, onlyKorea));
  }

  @Test
  void textRefusesControlCharactersAndExcessLength() {
    assertThrows(InvalidValueException.class, () -> Check.text("name", "a\nb", 10));
    assertThrows(InvalidValueException.class, () -> Check.text("name", " ", 10));
    assertThrows(InvalidValueException.class, () -> Check.text("name", "abc", 2));
  }

  @Test
  void stateBelowTheGroundOrFasterThanAnyMissileIsRefused() {
    Covariance c = Covariance.diagonal(1, 1, 1, 1, 1, 1);
    assertThrows(
        InvalidValueException.class,
        () -> new StateVector(T, new Vector3(1e6, 0, 0), new Vector3(0, 0, 0), c));
    assertThrows(
        InvalidValueException.class,
        () -> new StateVector(T, new Vector3(7e6, 0, 0), new Vector3(3e4, 0, 0), c));
  }
}
