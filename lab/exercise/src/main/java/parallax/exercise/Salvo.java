package parallax.exercise;

import java.util.List;
import parallax.model.Check;
import parallax.model.UtcTime;
import parallax.model.Vector3;

/**
 * The missiles of one launch, in the air together: often one. Times are counted from the launch of
 * the first.
 *
 * @param flights in the order of their launches, at least one; the first as published
 */
public record Salvo(List<Flight> flights) {
  /** Copies the list. */
  public Salvo {
    Check.within("missiles of a salvo", flights.size(), 1, 100);
    flights = List.copyOf(flights);
  }

  /** One missile alone. */
  public static Salvo of(Flight flight) {
    return new Salvo(List.of(flight));
  }

  /** The missile as published. */
  public Flight first() {
    return flights.getFirst();
  }

  /** How many missiles. */
  public int size() {
    return flights.size();
  }

  /** When the first was launched. */
  public UtcTime launchTime() {
    return first().launchTime();
  }

  /** Seconds from the first launch to that of a missile. */
  public double laterS(Flight missile) {
    return missile.launchTime().secondsSince(launchTime());
  }

  /** Seconds from the first launch until the last motor is out. */
  public double burnoutS() {
    return flights.stream().mapToDouble(f -> laterS(f) + f.burnoutS()).max().orElseThrow();
  }

  /** Seconds from the first launch until the last has come down. */
  public double durationS() {
    return flights.stream().mapToDouble(f -> laterS(f) + f.durationS()).max().orElseThrow();
  }

  /** The same on the day of a seed: all fall through the same winds. */
  public Salvo onDay(long seed) {
    return new Salvo(flights.stream().map(f -> f.onDay(seed)).toList());
  }

  /** A seed of the launch's own from one that all launches of a campaign share. */
  public long seed(long campaign) {
    return first().seed(campaign);
  }

  /**
   * The missile nearest to a place at a moment. One that has come down is where it came down; one
   * that is not launched yet is nowhere, unless none is.
   *
   * @param positionM ECEF, metres
   */
  public Flight nearest(Vector3 positionM, UtcTime time) {
    Flight nearest = first();
    double least = Double.POSITIVE_INFINITY;
    for (Flight f : flights) {
      double t = time.secondsSince(f.launchTime());
      if (t >= 0) {
        double away = f.at(Math.min(t, f.durationS())).positionM().minus(positionM).norm();
        if (away < least) {
          least = away;
          nearest = f;
        }
      }
    }
    return nearest;
  }
}
