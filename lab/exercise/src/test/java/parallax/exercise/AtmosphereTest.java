package parallax.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AtmosphereTest {
  /** Densities (kg/m^3) by geometric height (km) from the tables of the 1976 standard. */
  private static final double[][] PUBLISHED = {
    {0, 1.2250}, {5, 0.73643}, {11, 0.36480}, {20, 8.8910e-2}, {30, 1.8410e-2},
    {40, 3.9957e-3}, {50, 1.0269e-3}, {60, 3.0968e-4}, {70, 8.2829e-5}, {80, 1.8458e-5},
    {90, 3.416e-6}, {100, 5.604e-7}, {120, 2.222e-8}
  };

  @Test
  void agreesWithThePublishedTable() {
    for (double[] row : PUBLISHED) {
      assertEquals(row[1], Atmosphere.densityKgM3(row[0] * 1000), 2e-3 * row[1], row[0] + " km");
    }
  }

  @Test
  void endsAtItsTop() {
    assertEquals(0, Atmosphere.densityKgM3(Atmosphere.TOP_M));
    assertEquals(Atmosphere.densityKgM3(0), Atmosphere.densityKgM3(-50));
  }
}
