package parallax.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.model.Covariance;
import parallax.model.DropArea;
import parallax.model.Geodetic;
import parallax.model.GroundPointEstimate;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchFailure;
import parallax.model.LaunchPointEstimate;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.UtcTime;
import parallax.model.Vector3;

/**
 * What is taken from a report before a partner reads it. The result stays statistically honest:
 * when a figure is blurred, its covariance grows by as much. The transformations are applied in the
 * order of the parameters below.
 *
 * @param dropLaunchPoint a launch point becomes the whole region it lies in: its centroid with the
 *     covariance of a place anywhere in it
 * @param dropThreatClass the threat class of a state becomes UNKNOWN
 * @param roundPosition places go to the centre of a cell of the grid
 * @param coarsenTimeS times are moved back to a whole multiple of this many seconds, and the time
 *     of an impact forward. The second moment of that step, T^2/3, is added to the variance of the
 *     time; to the covariance of a state, that of the way flown during the step is added
 * @param covarianceFloorKm the least 1-sigma of a place in every direction, km
 * @param limitRateS a partner is told at most one report of a track and data class in so many
 *     seconds
 * @param delayS a report is told this many seconds after it was made
 */
public record Sanitising(
    boolean dropLaunchPoint,
    boolean dropThreatClass,
    Optional<Grid> roundPosition,
    OptionalDouble coarsenTimeS,
    OptionalDouble covarianceFloorKm,
    OptionalDouble limitRateS,
    OptionalDouble delayS) {
  /** Takes nothing away. */
  public static final Sanitising NONE =
      new Sanitising(
          false,
          false,
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  /**
   * A grid: cells of equal height, and in each row of equal width, none larger than the size.
   *
   * @param gridKm size of a cell of positions, also of heights, km
   * @param velocityMps size of a cell of each component of a velocity, m/s; empty: velocities stay
   */
  public record Grid(double gridKm, OptionalDouble velocityMps) {}

  /** Whether any of it changes the record itself, and not only the time at which it is told. */
  boolean changesRecords() {
    return dropLaunchPoint
        || dropThreatClass
        || roundPosition.isPresent()
        || coarsenTimeS.isPresent()
        || covarianceFloorKm.isPresent();
  }

  /** The names of the transformations, in the order they are applied, as a policy writes them. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    if (dropLaunchPoint) {
      names.add("dropLaunchPoint");
    }
    if (dropThreatClass) {
      names.add("dropThreatClass");
    }
    roundPosition.ifPresent(
        g ->
            names.add(
                "roundPosition "
                    + g.gridKm()
                    + " km"
                    + (g.velocityMps().isPresent()
                        ? " " + g.velocityMps().getAsDouble() + " m/s"
                        : "")));
    coarsenTimeS.ifPresent(s -> names.add("coarsenTimeS " + s));
    covarianceFloorKm.ifPresent(s -> names.add("covarianceFloorKm " + s));
    limitRateS.ifPresent(s -> names.add("limitRateS " + s));
    delayS.ifPresent(s -> names.add("delayS " + s));
    return Collections.unmodifiableList(names);
  }

  /**
   * The report after all transformations that change the record itself.
   *
   * @param region the region of the launch, which a dropped launch point becomes
   */
  Report apply(Report report, LaunchRegion region) {
    return switch (report) {
      case Report.LaunchReport r -> new Report.LaunchReport(r.header(), launch(r.launch(), region));
      case Report.TrackReport r -> new Report.TrackReport(r.header(), estimate(r.estimate()));
      case Report.ImpactReport r -> new Report.ImpactReport(r.header(), impact(r.impact()));
      case Report.Correction c -> new Report.Correction(c.header(), apply(c.corrected(), region));
      case Report.Notice n -> n;
    };
  }

  private LaunchPointEstimate launch(LaunchPointEstimate l, LaunchRegion region) {
    Geodetic point = l.point();
    Covariance c = l.eastNorthM2();
    if (dropLaunchPoint) {
      RegionMoments whole = RegionMoments.of(region);
      point = whole.centroid();
      c = whole.eastNorthM2();
    }
    double sigma = l.timeSigmaS();
    UtcTime time = l.time();
    if (coarsenTimeS.isPresent()) {
      double step = coarsenTimeS.getAsDouble();
      time = back(time, step);
      sigma = Math.sqrt(sigma * sigma + step * step / 3);
    }
    return new LaunchPointEstimate(rounded(point), blurred(c, 2), time, sigma);
  }

  private ImpactPointPrediction impact(ImpactPointPrediction impact) {
    List<DropArea> drops = impact.dropAreas().stream().map(this::drop).toList();
    return switch (impact) {
      case ImpactPointPrediction.Predicted p ->
          new ImpactPointPrediction.Predicted(coarse(p.madeFrom()), comesDown(p.ground()), drops);
      case ImpactPointPrediction.ThreatFan f ->
          new ImpactPointPrediction.ThreatFan(
              coarse(f.madeFrom()),
              f.branches().stream().map(this::branch).toList(),
              f.noImpact(),
              drops);
      case ImpactPointPrediction.CannotTellYet c ->
          new ImpactPointPrediction.CannotTellYet(coarse(c.madeFrom()), c.reason(), drops);
      case ImpactPointPrediction.NoImpactExpected n ->
          new ImpactPointPrediction.NoImpactExpected(coarse(n.madeFrom()), drops);
    };
  }

  private DropArea drop(DropArea d) {
    return new DropArea(coarse(d.separated()), comesDown(d.ground()));
  }

  private ImpactPointPrediction.Branch branch(ImpactPointPrediction.Branch b) {
    return new ImpactPointPrediction.Branch(
        b.probability(), coarse(b.burnout()), comesDown(b.ground()));
  }

  /** Where and when something comes down. */
  private GroundPointEstimate comesDown(GroundPointEstimate g) {
    return new GroundPointEstimate(
        rounded(g.point()), blurred(g.eastNorthM2(), 2), later(g.time()), coarse(g.timeSigmaS()));
  }

  private TrackEstimate estimate(TrackEstimate e) {
    StateVector s = e.state();
    double[] m = s.covariance().toRowMajor();
    if (coarsenTimeS.isPresent()) {
      double step = coarsenTimeS.getAsDouble();
      double[] v = {s.velocityMps().x(), s.velocityMps().y(), s.velocityMps().z()};
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          m[6 * i + j] += v[i] * v[j] * step * step / 3;
        }
      }
    }
    Vector3 position = s.positionM();
    Vector3 velocity = s.velocityMps();
    if (roundPosition.isPresent()) {
      position = GridCell.round(position, roundPosition.get().gridKm());
      OptionalDouble cell = roundPosition.get().velocityMps();
      if (cell.isPresent()) {
        double c = cell.getAsDouble();
        velocity =
            new Vector3(
                GridCell.middle(velocity.x(), c),
                GridCell.middle(velocity.y(), c),
                GridCell.middle(velocity.z(), c));
        for (int i = 3; i < 6; i++) {
          m[7 * i] += c * c / 12;
        }
      }
    }
    Covariance covariance = blurred(Covariance.of(6, m), 3);
    UtcTime time = coarse(s.timeOfValidity());
    return new TrackEstimate(
        new StateVector(time, position, velocity, covariance),
        e.phase(),
        e.status(),
        dropThreatClass ? ThreatClass.UNKNOWN : e.threatClass(),
        coarse(e.lastPlot()),
        dropThreatClass ? Optional.empty() : e.failure().map(this::failure));
  }

  private LaunchFailure failure(LaunchFailure f) {
    return new LaunchFailure(f.kind(), f.probability(), coarse(f.at()));
  }

  private Geodetic rounded(Geodetic g) {
    return roundPosition.isPresent() ? GridCell.round(g, roundPosition.get().gridKm()) : g;
  }

  /**
   * The covariance after the variances of its first {@code n} axes, which are those of a place in
   * metres, were raised to cover the rounding and the floor.
   */
  private Covariance blurred(Covariance c, int n) {
    double[] m = c.toRowMajor();
    int rows = c.dimension();
    if (roundPosition.isPresent()) {
      double cell = roundPosition.get().gridKm() * 1000;
      add(m, rows, n, cell * cell / 12);
    }
    if (covarianceFloorKm.isPresent()) {
      double floor = covarianceFloorKm.getAsDouble() * 1000;
      double least = SmallestEigenvalue.of(m, rows, n);
      add(m, rows, n, Math.max(0, floor * floor - least));
    }
    return Covariance.of(rows, m);
  }

  private static void add(double[] m, int rows, int n, double variance) {
    for (int i = 0; i < n; i++) {
      m[i * rows + i] += variance;
    }
  }

  private UtcTime coarse(UtcTime t) {
    return coarsenTimeS.isPresent() ? back(t, coarsenTimeS.getAsDouble()) : t;
  }

  private UtcTime later(UtcTime t) {
    return coarsenTimeS.isPresent() ? forward(t, coarsenTimeS.getAsDouble()) : t;
  }

  /** The sigma of a time, seconds, raised to cover the coarsening. */
  private double coarse(double sigma) {
    double step = coarsenTimeS.orElse(0);
    return step > 0 ? Math.sqrt(sigma * sigma + step * step / 3) : sigma;
  }

  private static UtcTime back(UtcTime t, double stepS) {
    long step = Math.round(stepS * 1e9);
    return new UtcTime(Math.multiplyExact(Math.floorDiv(t.nanos(), step), step));
  }

  private static UtcTime forward(UtcTime t, double stepS) {
    long step = Math.round(stepS * 1e9);
    return new UtcTime(Math.multiplyExact(Math.ceilDiv(t.nanos(), step), step));
  }
}
