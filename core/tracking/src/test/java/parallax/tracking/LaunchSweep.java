package parallax.tracking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.exercise.Assumption;
import parallax.exercise.Assumptions;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.FlightPlanner;
import parallax.exercise.FlightState;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.Cholesky;
import parallax.model.FlightPhase;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/**
 * Prints what each nation's tracker makes of the bundled launches. Arguments: launches by number or
 * {@code all}, seeds after {@code seeds=}, and {@code show=JPN} for a line a second of a nation.
 */
final class LaunchSweep {
  private static final double[] SHARES = {0.5, 0.9, 0.95};

  /** What was told of one phase of flight. */
  private static final class Tally {
    double nees;
    int states;
    int predictions;
    int confidentWrong;
    final int[] inside = new int[SHARES.length];

    void add(double[] d2, boolean predicted, double impact2, boolean wrong) {
      nees += d2[0];
      states++;
      if (predicted) {
        predictions++;
        confidentWrong += wrong ? 1 : 0;
        for (int i = 0; i < SHARES.length; i++) {
          inside[i] += impact2 <= -2 * Math.log(1 - SHARES[i]) ? 1 : 0;
        }
      }
    }
  }

  private final Map<FlightPhase, Tally> tallies = new LinkedHashMap<>();

  private LaunchSweep() {}

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
    LaunchSweep sweep = new LaunchSweep();
    for (PublishedLaunch l : LaunchTable.bundled().launches()) {
      if (!ids.contains("all") && !ids.contains(l.id())) {
        continue;
      }
      Optional<Flight> flight = fly(l);
      if (flight.isEmpty()) {
        continue;
      }
      Flight f = flight.get();
      System.out.printf(
          Locale.ROOT,
          "%s %s burnout %.0f s apogee %.0f km range %.0f km duration %.0f s%n",
          f.launchId(),
          f.missile(),
          f.burnoutS(),
          f.apogeeM() / 1e3,
          f.rangeM() / 1e3,
          f.durationS());
      for (String seed : seeds) {
        for (Nation n : List.of(Nation.JPN, Nation.KOR, Nation.USA)) {
          long s = f.seed(Long.parseLong(seed));
          sweep.one(f.onDay(s), n, s, show.equals(n.code()));
        }
      }
    }
    sweep.print();
  }

  /** The flight of a launch, with what has to be assumed. */
  static Optional<Flight> fly(PublishedLaunch l) {
    Optional<Assumption> a = Assumptions.forLaunch(l);
    FlightPlan plan = a.isPresent() ? FlightPlanner.plan(l, a.get()) : FlightPlanner.plan(l);
    return plan instanceof FlightPlan.Flown f ? Optional.of(f.flight()) : Optional.empty();
  }

  private void one(Flight f, Nation n, long seed, boolean show) {
    List<Sensor> sensors = NotionalSensors.table().of(n);
    List<Plot> plots = PlotGenerator.plots(f, sensors, seed);
    NationalTracker tracker =
        new NationalTracker(n, new SensorRegistry(sensors), TrackerSettings.defaults());
    double first = Double.NaN;
    double lasting = Double.NaN;
    int told = 0;
    int wrong = 0;
    double worst = 0;
    int i = 0;
    int most = 0;
    double coastNees = 0;
    int coastStates = 0;
    for (double t = 0; t < f.durationS(); t += 1) {
      UtcTime now = f.launchTime().plusSeconds(t);
      while (i < plots.size() && !plots.get(i).timeOfValidity().isAfter(now)) {
        tracker.onPlot(plots.get(i++));
      }
      tracker.onTime(now);
      List<NationalTrack> tracks = tracker.tracks();
      most = Math.max(most, tracks.size());
      if (tracks.isEmpty()) {
        lasting = Double.NaN;
        continue;
      }
      first = Double.isNaN(first) ? t : first;
      NationalTrack track = tracks.getLast();
      double at = track.track().estimate().state().timeOfValidity().secondsSince(f.launchTime());
      FlightState truth = f.at(Math.max(0, Math.min(f.durationS(), at)));
      double nees = nees(track, truth);
      boolean predicted = track.impact() instanceof ImpactPointPrediction.Predicted;
      double d2 = Double.NaN;
      double miss = Double.NaN;
      if (track.impact() instanceof ImpactPointPrediction.Predicted p) {
        d2 = impactDistance2(p, f);
        miss = Wgs84.toEcef(p.point()).minus(Wgs84.toEcef(f.impactPoint())).norm();
        told++;
      }
      boolean bad = predicted && d2 > 13.8 && miss > 5_000;
      if (bad) {
        wrong++;
        worst = Math.max(worst, miss);
      }
      lasting = predicted && !bad ? (Double.isNaN(lasting) ? t : lasting) : Double.NaN;
      if (track.track().estimate().status() == TrackStatus.LOST) {
        continue;
      }
      if (truth.phase() == FlightPhase.COAST) {
        coastNees += nees;
        coastStates++;
      }
      tallies
          .computeIfAbsent(truth.phase(), k -> new Tally())
          .add(new double[] {nees}, predicted, d2, bad);
      if (show) {
        System.out.println("  " + line(t, track, truth, nees, d2, miss));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "  %s seed %d plots %d tracked from %.0f s, lasting right from %.0f s, told %d s, confident"
            + " wrong %d s (worst %.0f km), tracks %d, coast NEES %.1f%n",
        n,
        seed,
        plots.size(),
        first,
        lasting,
        told,
        wrong,
        worst / 1e3,
        most,
        coastNees / coastStates);
  }

  static double nees(NationalTrack n, FlightState truth) {
    double[] x = Orbit.vector(n.track().estimate().state());
    Vector3 r = truth.positionM();
    Vector3 v = truth.velocityMps();
    double[] d = {
      x[0] - r.x(), x[1] - r.y(), x[2] - r.z(), x[3] - v.x(), x[4] - v.y(), x[5] - v.z()
    };
    double[] p = n.track().estimate().state().covariance().toRowMajor();
    return Cholesky.squaredDistance(Dense.factor(p, 6), d, 6);
  }

  static double impactDistance2(ImpactPointPrediction.Predicted p, Flight f) {
    Vector3 d =
        Wgs84.toEnu(Wgs84.toEcef(f.impactPoint()).minus(Wgs84.toEcef(p.point())), p.point());
    return Cholesky.squaredDistance(
        Dense.factor(p.eastNorthM2().toRowMajor(), 2), new double[] {d.x(), d.y()}, 2);
  }

  private static String line(
      double t, NationalTrack n, FlightState truth, double nees, double d2, double miss) {
    double[] x = Orbit.vector(n.track().estimate().state());
    String impact =
        switch (n.impact()) {
          case ImpactPointPrediction.Predicted p ->
              String.format(
                  Locale.ROOT,
                  "1s %.1f x %.1f km miss %.1f km d2 %.1f",
                  HorizontalEllipse.of(p.eastNorthM2()).semiMajorM() / 1e3,
                  HorizontalEllipse.of(p.eastNorthM2()).semiMinorM() / 1e3,
                  miss / 1e3,
                  d2);
          case ImpactPointPrediction.ThreatFan f ->
              String.format(
                  Locale.ROOT,
                  "fan of %d, impact %.2f, none %.2f",
                  f.branches().size(),
                  f.impact(),
                  f.noImpact());
          case ImpactPointPrediction.CannotTellYet c -> c.reason();
          case ImpactPointPrediction.NoImpactExpected e -> "no impact expected";
        };
    return String.format(
        Locale.ROOT,
        "%6.0f true %-9s told %-9s %-9s %s h %.0f km err %.0f m %.1f m/s (sig %.0f %.1f) nees"
            + " %.1f %s",
        t,
        truth.phase(),
        n.track().estimate().phase(),
        n.track().estimate().status(),
        n.track().estimate().threatClass(),
        BallisticForces.height(x[0], x[1], x[2]) / 1e3,
        n.track().estimate().state().positionM().minus(truth.positionM()).norm(),
        n.track().estimate().state().velocityMps().minus(truth.velocityMps()).norm(),
        n.track().estimate().state().covariance().block(0, 3).rms(3),
        n.track().estimate().state().covariance().block(3, 6).rms(3),
        nees,
        impact);
  }

  private void print() {
    tallies.forEach(
        (phase, t) ->
            System.out.printf(
                Locale.ROOT,
                "%s: mean NEES %.2f of %d states; %d predictions, inside 50/90/95 %%: %.1f %.1f"
                    + " %.1f, confident wrong %d%n",
                phase,
                t.nees / t.states,
                t.states,
                t.predictions,
                100.0 * t.inside[0] / t.predictions,
                100.0 * t.inside[1] / t.predictions,
                100.0 * t.inside[2] / t.predictions,
                t.confidentWrong));
  }
}
