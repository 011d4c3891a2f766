package parallax.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.exercise.FlightPlan.Flown;
import parallax.exercise.FlightPlan.NotFlown;
import parallax.exercise.FlightSolver.Candidate;
import parallax.model.UtcTime;

/**
 * Solves for the flight that reproduces a launch's published range, apogee and bearing.
 *
 * <p>Flights that top out below {@value #LIFT_BELOW_M} m and reach too far for that to be a plain
 * arc, and those published as gliding or manoeuvring, use lift after their apogee; where one of the
 * two ways of flying cannot reach the figures the other is tried. A flight is accepted only when
 * range and apogee come out within {@value #ACCEPTED_SHARE} of the published figures and the impact
 * lies that near to the published bearing.
 */
public final class FlightPlanner {
  /** Greatest accepted miss, as a share of range and of apogee. */
  static final double ACCEPTED_SHARE = 0.002;

  private static final double ACCEPTED_M = 8;
  private static final double LIFT_BELOW_M = 75_000;
  private static final double GLIDE_BELOW_M = 150_000;
  private static final double ARC_RATIO = 0.14;
  private static final double LEAST_FIGURE_M = 1_000;

  /** Used where a row has no launch time: 2020-01-01T00:00:00Z. */
  private static final UtcTime NO_TIME = new UtcTime(1_577_836_800_000_000_000L);

  private FlightPlanner() {}

  /** The flight of {@code launch} by its published figures alone; nothing is assumed. */
  public static FlightPlan plan(PublishedLaunch launch) {
    List<String> missing = new ArrayList<>();
    if (launch.apogeeM().isEmpty()) {
      missing.add("apogee");
    }
    if (launch.rangeM().isEmpty()) {
      missing.add("range");
    }
    if (launch.bearingRad().isEmpty()) {
      missing.add("bearing");
    }
    if (!missing.isEmpty()) {
      return new NotFlown("no published " + String.join(", no published ", missing));
    }
    double range = launch.rangeM().getAsDouble();
    double apogee = launch.apogeeM().getAsDouble();
    if (range < LEAST_FIGURE_M || apogee < LEAST_FIGURE_M) {
      return new NotFlown(
          String.format(
              Locale.ROOT,
              "range %.1f km, apogee %.1f km: no flight to compute below 1 km",
              range / 1000,
              apogee / 1000));
    }
    return solve(launch, launch.bearingRad().getAsDouble(), range, apogee);
  }

  /**
   * The flight of {@code launch} with the assumed apogee where none was published; a published
   * apogee is never replaced.
   */
  public static FlightPlan plan(PublishedLaunch launch, Assumption assumption) {
    return plan(assuming(launch, assumption));
  }

  private static PublishedLaunch assuming(PublishedLaunch launch, Assumption assumption) {
    return launch.apogeeM().isPresent() ? launch : launch.withApogeeM(assumption.apogeeM());
  }

  /**
   * The flights of all missiles of a salvo: {@link PublishedLaunch#salvoSize()} of them, each to
   * the published range and apogee. Nothing is assumed but the spacing.
   */
  public static SalvoPlan salvo(PublishedLaunch launch, SalvoSpacing spacing) {
    List<Flight> flights = new ArrayList<>();
    UtcTime first = launch.launchTime().orElse(NO_TIME);
    for (int i = 0; i < launch.salvoSize(); i++) {
      PublishedLaunch missile =
          launch.missile(
              first.plusSeconds(i * spacing.intervalS()),
              turned(launch.bearingRad(), spacing.offsetRad(i)));
      switch (plan(missile)) {
        case Flown f -> flights.add(f.flight());
        case NotFlown n -> {
          String which = launch.salvoSize() > 1 ? "missile " + (i + 1) + ": " : "";
          return new SalvoPlan.NotFlown(which + n.reason());
        }
      }
    }
    return new SalvoPlan.Flown(flights);
  }

  /** The same with the assumed apogee where none was published. */
  public static SalvoPlan salvo(
      PublishedLaunch launch, Assumption assumption, SalvoSpacing spacing) {
    return salvo(assuming(launch, assumption), spacing);
  }

  private static OptionalDouble turned(OptionalDouble bearing, double by) {
    if (bearing.isEmpty()) {
      return bearing;
    }
    double turn = 2 * Math.PI;
    double b = bearing.getAsDouble() + by;
    return OptionalDouble.of(b < 0 ? b + turn : b > turn ? b - turn : b);
  }

  private static FlightPlan solve(
      PublishedLaunch launch, double bearing, double range, double apogee) {
    Missile missile =
        MissileCatalogue.forLaunch(launch, VacuumFlight.over(range, apogee).speedMps());
    Candidate best = null;
    for (FlightStyle style : styles(launch, range, apogee)) {
      Optional<Candidate> found =
          new FlightSolver(missile, style, launch.sitePosition(), bearing, range, apogee).solve();
      if (found.isPresent() && (best == null || found.get().size() < best.size())) {
        best = found.get();
      }
      if (best != null && accepted(best, range, apogee)) {
        return new Flown(
            new Flight(
                launch.id(),
                launch.launchTime().orElse(NO_TIME),
                launch.sitePosition(),
                best.flown()));
      }
    }
    return new NotFlown(unreached(missile, best));
  }

  private static boolean accepted(Candidate c, double range, double apogee) {
    return Math.abs(c.apogeeMissM()) <= Math.max(ACCEPTED_M, ACCEPTED_SHARE * apogee)
        && Math.hypot(c.alongMissM(), c.acrossMissM())
            <= Math.max(ACCEPTED_M, ACCEPTED_SHARE * range);
  }

  private static String unreached(Missile missile, @org.jspecify.annotations.Nullable Candidate c) {
    String with = "figures not reached with a " + missile.name() + " missile: ";
    return c == null
        ? with + "no flight came down"
        : String.format(
            Locale.ROOT,
            "%snearest flight misses apogee by %.1f km, range by %.1f km, line by %.1f km",
            with,
            c.apogeeMissM() / 1000,
            c.alongMissM() / 1000,
            c.acrossMissM() / 1000);
  }

  private static List<FlightStyle> styles(PublishedLaunch launch, double range, double apogee) {
    boolean flat = apogee < LIFT_BELOW_M && apogee < ARC_RATIO * range;
    boolean glides = apogee < GLIDE_BELOW_M && FlightStyle.saysGliding(launch);
    return flat || glides
        ? List.of(FlightStyle.LIFTING, FlightStyle.BALLISTIC)
        : List.of(FlightStyle.BALLISTIC);
  }
}
