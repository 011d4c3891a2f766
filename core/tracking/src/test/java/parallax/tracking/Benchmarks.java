package parallax.tracking;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Published tables among the test resources. */
final class Benchmarks {
  private Benchmarks() {}

  /** Rows of numbers, without the {@code header} first lines. */
  static List<double[]> rows(String name, String separator, int header) throws IOException {
    InputStream in = Benchmarks.class.getResourceAsStream("benchmarks/" + name);
    try (BufferedReader r =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(in, name), StandardCharsets.UTF_8))) {
      return r.lines().skip(header).map(l -> numbers(l, separator)).toList();
    }
  }

  private static double[] numbers(String line, String separator) {
    String[] f = line.trim().split(separator, -1);
    double[] v = new double[f.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = Double.parseDouble(f[i]);
    }
    return v;
  }
}
