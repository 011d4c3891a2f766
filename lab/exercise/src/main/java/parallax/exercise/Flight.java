package parallax.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import parallax.model.Check;
import parallax.model.Geodetic;
import parallax.model.UtcTime;

/** A computed flight from launch to impact. */
public final class Flight {
  private final String launchId;
  private final UtcTime launchTime;
  private final Geodetic site;
  private final FlightSolver.Flown flown;
  private final Trajectory path;
  private final Geodetic impact;
  private final double rangeM;

  Flight(String launchId, UtcTime launchTime, Geodetic site, FlightSolver.Flown flown) {
    this.launchId = launchId;
    this.launchTime = launchTime;
    this.site = site;
    this.flown = flown;
    this.path = flown.path();
    this.impact = FlightSolver.impact(path);
    this.rangeM = FlightSolver.inverse(site, impact).s12;
  }

  /**
   * The same launch on another day: after burnout it falls through winds, and with a ballistic
   * coefficient, drawn from {@code seed}, and so comes down up to some kilometres away. A flight
   * with lift steers against both and is the same on every day.
   */
  public Flight onDay(long seed) {
    if (flown.style() == FlightStyle.LIFTING) {
      return this;
    }
    return TruePropagation.fly(flown.missile(), flown.burn(), flown.style(), Weather.of(seed), site)
        .map(p -> new FlightSolver.Flown(flown.missile(), flown.burn(), flown.style(), p))
        .map(f -> new Flight(launchId, launchTime, site, f))
        .orElse(this);
  }

  /**
   * A seed of the launch's own from one that all launches of a campaign share: with one seed for
   * all, a sensor's luck, which follows from the seed and its name, would be the same in each.
   */
  public long seed(long campaign) {
    return new SplittableRandom(campaign ^ ((long) launchId.hashCode() << 32)).nextLong();
  }

  /** The launch's identity in its table. */
  public String launchId() {
    return launchId;
  }

  /** The moment of launch. */
  public UtcTime launchTime() {
    return launchTime;
  }

  /** The launch site, height 0. */
  public Geodetic site() {
    return site;
  }

  /** The kind of missile it was computed with. */
  public String missile() {
    return flown.missile().name();
  }

  /**
   * The state {@code tS} seconds after launch; throws {@link parallax.model.InvalidValueException}
   * for a time before launch or after impact. Error of interpolation below a metre.
   */
  public FlightState at(double tS) {
    return path.at(tS);
  }

  /** Launch to impact, seconds. */
  public double durationS() {
    return path.durationS();
  }

  /** Launch to the end of powered flight, seconds. */
  public double burnoutS() {
    return path.burnoutS();
  }

  /** Greatest height above the ellipsoid, metres. */
  public double apogeeM() {
    return path.apogeeM();
  }

  /** Length of the WGS-84 geodesic from site to impact, metres. */
  public double rangeM() {
    return rangeM;
  }

  /** Where it comes down, height 0. */
  public Geodetic impactPoint() {
    return impact;
  }

  /** States from launch to impact every {@code stepS} seconds, impact included. */
  public List<FlightState> samples(double stepS) {
    Check.positive("sample step (s)", stepS);
    List<FlightState> samples = new ArrayList<>();
    for (long i = 0; i * stepS < durationS(); i++) {
      samples.add(at(i * stepS));
    }
    samples.add(at(durationS()));
    return samples;
  }
}
