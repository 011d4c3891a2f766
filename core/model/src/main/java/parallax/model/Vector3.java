package parallax.model;

/**
 * Three finite components in a right-handed Cartesian frame; the owner of the value says which
 * frame and unit (ECEF and metres or metres per second unless it says otherwise).
 *
 * @param x first component
 * @param y second component
 * @param z third component
 */
public record Vector3(double x, double y, double z) {
  /** Validates that every component is finite. */
  public Vector3 {
    Check.finite("x", x);
    Check.finite("y", y);
    Check.finite("z", z);
  }

  /** Component-wise sum. */
  public Vector3 plus(Vector3 o) {
    return new Vector3(x + o.x, y + o.y, z + o.z);
  }

  /** Component-wise difference. */
  public Vector3 minus(Vector3 o) {
    return new Vector3(x - o.x, y - o.y, z - o.z);
  }

  /** This vector stretched by {@code k}. */
  public Vector3 times(double k) {
    return new Vector3(k * x, k * y, k * z);
  }

  /** Scalar product. */
  public double dot(Vector3 o) {
    return x * o.x + y * o.y + z * o.z;
  }

  /** Vector product. */
  public Vector3 cross(Vector3 o) {
    return new Vector3(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
  }

  /** Euclidean length. */
  public double norm() {
    return Math.sqrt(x * x + y * y + z * z);
  }

  /** The vector of length 1 in the same direction. Throws when this vector is zero. */
  public Vector3 unit() {
    return times(1 / Check.positive("length of a direction", norm()));
  }
}
