package parallax.wire.state;

import java.util.List;
import java.util.function.DoubleConsumer;
import parallax.model.InvalidValueException;

/** Numbers of a message, read one after the other. */
final class Numbers {
  private final String field;
  private final List<Double> all;
  private int next;

  Numbers(String field, List<Double> all) {
    this.field = field;
    this.all = all;
  }

  /** The next {@code n}. */
  double[] take(int n) {
    if (n > all.size() - next) {
      throw new InvalidValueException(field, all.size() + " numbers", "at least " + (next + n));
    }
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = all.get(next++);
    }
    return out;
  }

  /** All that are left. */
  double[] rest() {
    return take(all.size() - next);
  }

  /** A matrix of {@code n} rows, by its upper triangle. */
  double[] symmetric(int n) {
    double[] upper = take(n * (n + 1) / 2);
    double[] m = new double[n * n];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        m[i * n + j] = upper[k];
        m[j * n + i] = upper[k++];
      }
    }
    return m;
  }

  /** Requires that nothing is left. */
  void end() {
    if (next < all.size()) {
      throw new InvalidValueException(field, all.size() + " numbers", next + " numbers");
    }
  }

  static void put(double[] numbers, DoubleConsumer out) {
    for (double d : numbers) {
      out.accept(d);
    }
  }

  /** Puts the upper triangle of a matrix of {@code n} rows. */
  static void putUpper(double[] m, int n, DoubleConsumer out) {
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        out.accept(m[i * n + j]);
      }
    }
  }

  /** Whether a matrix of {@code n} rows is symmetric to the last bit. */
  static boolean isSymmetric(double[] m, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (Double.doubleToRawLongBits(m[i * n + j]) != Double.doubleToRawLongBits(m[j * n + i])) {
          return false;
        }
      }
    }
    return true;
  }
}
