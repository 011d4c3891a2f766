package parallax.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.demo.DemoResult.LinkResult;
import parallax.demo.DemoResult.NodeProcessId;
import parallax.evaluation.Drawing;
import parallax.evaluation.Measures;
import parallax.evaluation.NationResult;
import parallax.evaluation.Sighting;
import parallax.exercise.Assumption;
import parallax.exercise.Assumptions;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.FlightPlanner;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Wgs84;
import parallax.report.AzimuthalMap;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaAtRisk;
import parallax.warning.AreaCatalogue;
import parallax.warning.AreasAtRisk;
import parallax.warning.RiskScore;
import parallax.warning.RiskSettings;
import parallax.warning.TrueAreas;
import parallax.wire.NodeEvent;

/**
 * A made-up run of a real published launch: true sensors' views, pictures whose error shrinks while
 * sensors see and grows while none does.
 */
final class HtmlReportSample {
  private static final List<Nation> NATIONS = List.of(Nation.JPN, Nation.KOR, Nation.USA);

  private final AreaCatalogue areas;
  private final PublishedLaunch launch;
  private final Optional<Assumption> assumption;
  private final Flight flight;
  private final List<Plot> plots;

  HtmlReportSample(String id, AreaCatalogue areas) {
    this.areas = areas;
    this.launch =
        LaunchTable.bundled().launches().stream()
            .filter(l -> l.id().equals(id))
            .findFirst()
            .orElseThrow();
    this.assumption = Assumptions.forLaunch(launch);
    FlightPlan plan =
        assumption.isPresent()
            ? FlightPlanner.plan(launch, assumption.get())
            : FlightPlanner.plan(launch);
    this.flight =
        switch (plan) {
          case FlightPlan.Flown f -> f.flight();
          case FlightPlan.NotFlown n -> throw new IllegalArgumentException(n.reason());
        };
    this.plots = PlotGenerator.plots(flight, NotionalSensors.table().sensors(), 7);
  }

  DemoResult result() {
    SortedMap<Nation, NationResult> nations = new TreeMap<>();
    for (Nation n : NATIONS) {
      nations.put(n, nation(n));
    }
    List<LinkResult> links = new ArrayList<>();
    for (Nation from : NATIONS) {
      for (Nation to : NATIONS) {
        if (!from.equals(to)) {
          links.add(
              new LinkResult(
                  from, to, 812, 812, 0, 0, OptionalDouble.of(742.4), OptionalDouble.of(2315)));
        }
      }
    }
    return new DemoResult(
        launch,
        assumption.map(a -> String.format("apogee %.0f km (%s)", a.apogeeM() / 1000, a.reason())),
        flight,
        7,
        20,
        List.of(
            new NodeProcessId(Nation.JPN, 40_112, 0),
            new NodeProcessId(Nation.KOR, 40_113, 1),
            new NodeProcessId(Nation.USA, 40_114, 0)),
        nations,
        links,
        Optional.of("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        Optional.of(UtcTime.of(Instant.parse("2026-12-25T10:00:00Z"))));
  }

  private NationResult nation(Nation n) {
    List<Plot> own = plots.stream().filter(p -> p.sensor().owner().equals(n)).toList();
    TrueAreas truth = truth(n);
    List<Drawing> alone = history(n, own, n.equals(Nation.JPN) ? 0 : 11);
    List<Drawing> shared = history(n, plots, 13);
    return new NationResult(
        measures(alone, truth),
        measures(shared, truth),
        alone,
        shared,
        alerts(n, shared),
        truth,
        sightings(own),
        new TreeSet<>());
  }

  private TrueAreas truth(Nation n) {
    List<TrueAreas.TruePoint> path = new ArrayList<>();
    flight
        .samples(2)
        .forEach(
            s ->
                path.add(
                    new TrueAreas.TruePoint(
                        flight.launchTime().plusSeconds(s.timeS()),
                        Wgs84.toGeodetic(s.positionM()))));
    return TrueAreas.of(areas, n, path, Optional.of(flight.impactPoint()), TrueAreas.TOLERANCE_M);
  }

  private List<Sighting> sightings(List<Plot> own) {
    SortedMap<SensorId, List<Double>> times = new TreeMap<>();
    for (Plot p : own) {
      times
          .computeIfAbsent(p.sensor(), s -> new ArrayList<>())
          .add(p.timeOfValidity().secondsSince(flight.launchTime()));
    }
    List<Sighting> out = new ArrayList<>();
    times.forEach(
        (s, t) -> out.add(new Sighting(s, Collections.min(t), Collections.max(t), t.size())));
    return out;
  }

  private List<Drawing> history(Nation n, List<Plot> seen, long seed) {
    SplittableRandom random = new SplittableRandom(seed + n.code().hashCode());
    List<Drawing> out = new ArrayList<>();
    int next = 0;
    int held = 0;
    double lastPlot = Double.NEGATIVE_INFINITY;
    double sigma = 30_000;
    double bearing = random.nextDouble() * 6.28;
    for (double t = 0; t <= flight.durationS(); t += t < flight.burnoutS() + 150 ? 1 : 5) {
      while (next < seen.size() && since(seen.get(next)) <= t) {
        lastPlot = since(seen.get(next++));
        held++;
        sigma = Math.max(300, sigma * 0.93);
      }
      if (held == 0) {
        continue;
      }
      double quiet = t - lastPlot;
      sigma = quiet > 5 ? sigma + (t < flight.burnoutS() + 150 ? 25 : 125) : sigma;
      TrackStatus status =
          held < 4
              ? TrackStatus.TENTATIVE
              : quiet < 8
                  ? TrackStatus.CONFIRMED
                  : quiet < 120 ? TrackStatus.COASTED : TrackStatus.LOST;
      bearing += random.nextDouble(-0.05, 0.05);
      out.add(drawing(seed, n, t, status, sigma, bearing, 0.8 + 0.5 * Math.sin(t / 9 + seed)));
    }
    return out;
  }

  private double since(Plot p) {
    return p.timeOfValidity().secondsSince(flight.launchTime());
  }

  private Drawing drawing(
      long seed,
      Nation n,
      double t,
      TrackStatus status,
      double sigma,
      double bearing,
      double luck) {
    Geodetic real = Wgs84.toGeodetic(flight.at(t).positionM());
    double off = sigma * luck;
    boolean misled = seed == 0 && t < flight.burnoutS() + 90;
    Geodetic place =
        AzimuthalMap.away(real, bearing, off).withAltitudeM(Math.max(0, real.altitudeM()));
    boolean told = t > flight.burnoutS() + 12 && status != TrackStatus.TENTATIVE;
    double east = sigma * 9;
    Optional<Predicted> impact =
        told
            ? Optional.of(
                new Predicted(
                    flight.launchTime().plusSeconds(t),
                    AzimuthalMap.away(
                        flight.impactPoint(), misled ? 1 : bearing, misled ? 350_000 : off * 8),
                    Covariance.of(
                        2, east * east, 0.5 * east * east, 0.5 * east * east, east * east),
                    flight.launchTime().plusSeconds(flight.durationS()),
                    4))
            : Optional.empty();
    List<String> codes = new ArrayList<>();
    AreasAtRisk.assess(areas, n, impact, told ? ahead(t) : List.of(), RiskSettings.DEFAULT)
        .forEach(a -> codes.add(a.area().code()));
    boolean tells = impact.isPresent() && AreasAtRisk.canTell(impact.get(), RiskSettings.DEFAULT);
    return new Drawing(
        t,
        0,
        status == TrackStatus.TENTATIVE ? Optional.empty() : Optional.of(place),
        OptionalDouble.of(sigma),
        OptionalDouble.of(off),
        t < flight.burnoutS() ? FlightPhase.BOOST : FlightPhase.COAST,
        status == TrackStatus.TENTATIVE ? Optional.empty() : Optional.of(status),
        Optional.of(
            new LaunchPointEstimate(
                flight.site(), Covariance.diagonal(1e6, 1e6), flight.launchTime(), 2)),
        impact,
        impact.isPresent() ? OptionalDouble.of(off * 8) : OptionalDouble.empty(),
        codes,
        tells);
  }

  private List<PathPoint> ahead(double t) {
    List<PathPoint> out = new ArrayList<>();
    for (double at = t; at < flight.durationS(); at += 10) {
      out.add(
          new PathPoint(
              flight.launchTime().plusSeconds(at),
              Wgs84.toGeodetic(flight.at(at).positionM()),
              5_000));
    }
    return out;
  }

  private Measures measures(List<Drawing> history, TrueAreas truth) {
    TreeSet<String> wrong = new TreeSet<>();
    OptionalDouble right = OptionalDouble.empty();
    for (Drawing d : history) {
      List<AdministrativeArea> named =
          d.areas().stream().map(c -> areas.area(c).orElseThrow()).toList();
      RiskScore score = RiskScore.of(named, truth);
      score.wrong().forEach(a -> wrong.add(a.code()));
      if (d.areasTold()) {
        right =
            !score.right()
                ? OptionalDouble.empty()
                : right.isPresent() ? right : OptionalDouble.of(d.tS());
      }
    }
    return new Measures(
        first(history, d -> true),
        first(history, d -> d.status().isPresent()),
        first(history, d -> d.impactErrorM().orElse(1e9) <= 50_000),
        right,
        wrong);
  }

  private static OptionalDouble first(
      List<Drawing> history, java.util.function.Predicate<Drawing> when) {
    return history.stream().filter(when).mapToDouble(Drawing::tS).findFirst();
  }

  private List<NodeEvent.AlertSent> alerts(Nation n, List<Drawing> history) {
    List<NodeEvent.AlertSent> out = new ArrayList<>();
    List<String> before = List.of();
    for (Drawing d : history) {
      if (d.areasTold() && !d.areas().equals(before)) {
        List<AreaAtRisk> at = new ArrayList<>();
        for (String c : d.areas()) {
          at.add(
              new AreaAtRisk(
                  areas.area(c).orElseThrow(),
                  AreaAtRisk.Kind.IMPACT,
                  0.4,
                  flight.launchTime().plusSeconds(d.tS()),
                  flight.launchTime().plusSeconds(flight.durationS())));
        }
        out.add(
            new NodeEvent.AlertSent(
                n + "-" + out.size(),
                at.isEmpty() ? "CANCEL" : before.isEmpty() ? "ALERT" : "UPDATE",
                "E1",
                flight.launchTime().plusSeconds(d.tS()),
                at,
                at.isEmpty()
                    ? "EXERCISE: warning withdrawn"
                    : "EXERCISE: missile may come down; take shelter"));
        before = d.areas();
      }
    }
    return out;
  }
}
