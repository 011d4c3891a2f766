package parallax.node.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.engine.Picture;
import parallax.exercise.Assumption;
import parallax.exercise.Assumptions;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.FlightPlanner;
import parallax.exercise.LaunchTable;
import parallax.exercise.PublishedLaunch;
import parallax.model.HorizontalEllipse;
import parallax.model.Nation;
import parallax.node.demo.DemoResult.Drawing;

/**
 * Prints what each nation knew of bundled launches, alone and shared. Arguments: launches by number
 * or {@code all}, seeds after {@code seeds=}, and {@code show=JPN} for every drawing of a nation.
 */
final class FleetSweep {
  private FleetSweep() {}

  /** Runs from the command line. */
  public static void main(String[] args) {
    List<String> ids = new ArrayList<>();
    String[] seeds = {"1"};
    String show = "";
    for (String a : args) {
      if (a.startsWith("seeds=")) {
        seeds = a.substring(6).split(",", -1);
      } else if (a.startsWith("show=")) {
        show = a.substring(5);
      } else {
        ids.add(a);
      }
    }
    for (PublishedLaunch l : LaunchTable.bundled().launches()) {
      if (!ids.contains("all") && !ids.contains(l.id())) {
        continue;
      }
      Optional<Flight> flight = fly(l);
      if (flight.isEmpty()) {
        System.out.println(l.id() + " not flown");
        continue;
      }
      for (String seed : seeds) {
        one(l, flight.get(), Long.parseLong(seed), show);
      }
    }
  }

  /** The flight of a launch, with what has to be assumed. */
  static Optional<Flight> fly(PublishedLaunch l) {
    Optional<Assumption> a = Assumptions.forLaunch(l);
    FlightPlan plan = a.isPresent() ? FlightPlanner.plan(l, a.get()) : FlightPlanner.plan(l);
    return plan instanceof FlightPlan.Flown f ? Optional.of(f.flight()) : Optional.empty();
  }

  private static void one(PublishedLaunch l, Flight f, long seed, String show) {
    long from = System.nanoTime();
    Fleet.Outcome o = Fleet.run(f, seed, 0.03, false);
    SortedSet<String> digests = new TreeSet<>();
    o.boards().values().forEach(b -> digests.add(b.digest()));
    System.out.printf(
        Locale.ROOT,
        "%s seed %d %s burnout %.0f apogee %.0f km range %.0f km duration %.0f s; run %.1f s;"
            + " digests %d; problems %s%n",
        l.id(),
        seed,
        f.missile(),
        f.burnoutS(),
        f.apogeeM() / 1e3,
        f.rangeM() / 1e3,
        f.durationS(),
        (System.nanoTime() - from) * 1e-9,
        digests.size(),
        o.problems());
    o.boards()
        .forEach(
            (n, b) -> {
              for (Picture.View v : Scoreboard.MEASURED) {
                System.out.println("  " + FleetFindings.measures(n, b, v, f));
              }
              System.out.println(
                  "    events "
                      + b.combined().keySet()
                      + " national "
                      + b.national().keySet()
                      + " withheld "
                      + b.withheldTracks());
            });
    if (!show.isEmpty()) {
      for (Drawing d : o.board(new Nation(show)).history(Picture.View.COMBINED)) {
        System.out.println("  C " + line(d));
      }
      for (Drawing d : o.board(new Nation(show)).history(Picture.View.NATIONAL)) {
        System.out.println("  N " + line(d));
      }
    }
  }

  private static String line(Drawing d) {
    return String.format(
        Locale.ROOT,
        "%7.1f %s %s h %.0f km sigma %.0f m err %.0f m %s %s",
        d.tS(),
        d.phase(),
        d.status().map(Enum::name).orElse("-"),
        d.place().map(p -> p.altitudeM() / 1e3).orElse(0.0),
        d.positionSigmaM().orElse(0),
        d.positionErrorM().orElse(0),
        d.impact()
            .map(
                i ->
                    String.format(
                        Locale.ROOT,
                        "impact 1s %.1f km err %.1f km",
                        HorizontalEllipse.of(i.eastNorthM2()).semiMajorM() / 1e3,
                        d.impactErrorM().orElse(0) / 1e3))
            .orElse("cannot tell"),
        d.areas());
  }
}
