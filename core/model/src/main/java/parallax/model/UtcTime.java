package parallax.model;

import java.time.Instant;

/**
 * A moment in UTC, as nanoseconds since 1970-01-01T00:00:00Z (leap seconds not counted, as in POSIX
 * time). A plain value: it never reads a clock.
 *
 * @param nanos nanoseconds since the epoch
 */
public record UtcTime(long nanos) implements Comparable<UtcTime> {
  /** Greatest standard deviation that an estimate of a time may have: a million seconds. */
  public static final double MOST_SIGMA_S = 1e6;

  /** The time of {@code instant}, to the nanosecond. */
  public static UtcTime of(Instant instant) {
    return new UtcTime(
        Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano()));
  }

  /** This moment moved by {@code seconds}, rounded to the nanosecond. */
  public UtcTime plusSeconds(double seconds) {
    return new UtcTime(Math.addExact(nanos, Math.round(Check.finite("seconds", seconds) * 1e9)));
  }

  /** Seconds from {@code earlier} to this moment; negative when this moment is the earlier one. */
  public double secondsSince(UtcTime earlier) {
    return (nanos - earlier.nanos) * 1e-9;
  }

  /** Whether this moment is before {@code other}. */
  public boolean isBefore(UtcTime other) {
    return nanos < other.nanos;
  }

  /** Whether this moment is after {@code other}. */
  public boolean isAfter(UtcTime other) {
    return nanos > other.nanos;
  }

  /** The earlier of the two. */
  public static UtcTime min(UtcTime a, UtcTime b) {
    return a.nanos <= b.nanos ? a : b;
  }

  /** The later of the two. */
  public static UtcTime max(UtcTime a, UtcTime b) {
    return a.nanos >= b.nanos ? a : b;
  }

  /** This moment as a {@code java.time} value. */
  public Instant toInstant() {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  @Override
  public int compareTo(UtcTime other) {
    return Long.compare(nanos, other.nanos);
  }

  /** ISO 8601 in UTC. */
  @Override
  public String toString() {
    return toInstant().toString();
  }
}
