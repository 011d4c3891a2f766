package parallax.tracking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.StateVector;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/**
 * Decides whether a track is of a target that another track is of already, or came off that target.
 */
final class TrackIdentity {
  private static final double RESUME_GATE = 60;
  private static final double CLEARLY_BETTER = 12;
  private static final double CLEARLY_NEARER = 3;
  private static final int SCANS_OF_TWO = 2;
  private static final double BESIDE_M = 20_000;
  private static final double BESIDE_MPS = 600;
  private static final double ENERGY_SIGMAS = 3;
  private static final double GRAVITY_MPS2 = 9.8;

  private final Collection<TrackFile> files;

  /** Decides among {@code files}, in the order of their making. */
  TrackIdentity(Collection<TrackFile> files) {
    this.files = files;
  }

  /**
   * The track of which {@code f} is a copy that a wrong clock has made at another place, or null
   * when there is none, or more than one may be meant.
   */
  @Nullable TrackFile originalOf(TrackFile f) {
    List<Candidate> fitting = new ArrayList<>();
    for (TrackFile other : files) {
      if (other != f && other.confirmed() && other.partedFrom().isEmpty()) {
        ClockFit fit = ClockFit.of(f, other);
        if (fit.fits()) {
          fitting.add(new Candidate(other, fit.misfit()));
        }
      }
    }
    return clearest(fitting, (a, b) -> b - a > CLEARLY_BETTER);
  }

  /** Whether it is too early to tell if {@code f} is a track that was lost. */
  boolean awaitsVelocity(TrackFile f) {
    StateVector mine = state(f.posterior(), f.lastPlotNanos());
    return files.stream().anyMatch(o -> o != f && o.confirmed() && Reacquisition.tooEarly(o, mine));
  }

  /**
   * The track that {@code f} continues or doubles, or null. A target gives a sensor one plot a
   * scan, so tracks that share scans are two targets. Several candidates count as one only when the
   * best fits clearly better than the next.
   */
  @Nullable TrackFile sameTargetAs(TrackFile f) {
    long at = f.lastPlotNanos();
    StateVector mine = state(f.posterior(), at);
    List<Candidate> lost = new ArrayList<>();
    List<Candidate> held = new ArrayList<>();
    for (TrackFile other : files) {
      if (other == f || !other.confirmed()) {
        continue;
      }
      double miss = Reacquisition.miss(other, mine);
      if (miss < 1) {
        lost.add(new Candidate(other, miss));
      } else if (other.scansShared(f) < SCANS_OF_TWO) {
        double d = stateDistance(other, mine, at);
        if (d < RESUME_GATE) {
          held.add(new Candidate(other, d));
        }
      }
    }
    TrackFile seen = clearest(held, (a, b) -> b - a > CLEARLY_BETTER);
    if (seen != null || !held.isEmpty()) {
      return seen;
    }
    return clearest(lost, (a, b) -> b > CLEARLY_NEARER * a);
  }

  /** A track that another may continue, and how badly it fits. */
  private record Candidate(TrackFile file, double misfit) {}

  private interface Clear {
    boolean test(double best, double next);
  }

  private static @Nullable TrackFile clearest(List<Candidate> all, Clear clear) {
    all.sort(Comparator.comparingDouble(Candidate::misfit));
    if (all.isEmpty() || (all.size() > 1 && !clear.test(all.get(0).misfit, all.get(1).misfit))) {
      return null;
    }
    return all.getFirst().file;
  }

  /** Squared distance of the states, 0 when they are as close as filters of one target drift. */
  private static double stateDistance(TrackFile other, StateVector mine, long at) {
    boolean ahead = other.lastPlotNanos() > at;
    if (!ahead && other.report.status == TrackStatus.LOST && other.wasPowered()) {
      return Double.POSITIVE_INFINITY;
    }
    ImmState theirs = ahead ? other.posterior() : other.at(at);
    if (!TrackView.plausible(theirs.mean())) {
      return Double.POSITIVE_INFINITY;
    }
    StateVector yours = state(theirs, at);
    return TrackAssociation.close(mine, yours) ? 0 : TrackFusion.squaredDistance(mine, yours);
  }

  /** The track in flight beside which {@code f} began. */
  Optional<TrackFile> parent(TrackFile f) {
    long at = f.lastPlotNanos();
    StateVector mine = state(f.posterior(), at);
    TrackFile nearest = null;
    double least = BESIDE_M;
    for (TrackFile other : files) {
      boolean older = other.confirmed() && other.order < f.order && other.partedFrom().isEmpty();
      if (!older || other.firstPlotNanos() >= f.firstPlotNanos() || !other.takesPlots(f.newest())) {
        continue;
      }
      ImmState belief = other.at(Math.max(at, other.lastPlotNanos()));
      if (!TrackView.plausible(belief.mean())) {
        continue;
      }
      StateVector theirs = state(belief, at);
      double apart = theirs.positionM().minus(mine.positionM()).norm();
      double speed = theirs.velocityMps().minus(mine.velocityMps()).norm();
      double loose = 3 * mine.covariance().block(3, 6).rms(3);
      if (apart < least && speed < BESIDE_MPS + loose) {
        nearest = other;
        least = apart;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * Two objects lie too close after a separation to say which of them the old track went on with;
   * what is pushed off falls behind, so the energies tell it later.
   */
  void judgeParting(TrackFile part) {
    TrackFile whole = part.partedFrom().orElse(null);
    if (whole == null || whole.dropped() || whole.wasPowered() || part.wasPowered()) {
      return;
    }
    long at = Math.max(part.lastPlotNanos(), whole.lastPlotNanos());
    if (!TrackView.plausible(part.at(at).mean()) || !TrackView.plausible(whole.at(at).mean())) {
      return;
    }
    StateVector mine = state(part.at(at), at);
    StateVector other = state(whole.at(at), at);
    double more = Orbit.energy(Orbit.vector(mine)) - Orbit.energy(Orbit.vector(other));
    if (more > ENERGY_SIGMAS * (energySigma(mine) + energySigma(other))) {
      parts(whole).forEach(f -> f.partFrom(Optional.of(part)));
      whole.partFrom(Optional.of(part));
      part.partFrom(Optional.empty());
    }
  }

  /** The tracks that came off {@code whole}. */
  List<TrackFile> parts(TrackFile whole) {
    return files.stream().filter(f -> f.partedFrom().filter(p -> p == whole).isPresent()).toList();
  }

  private static double energySigma(StateVector s) {
    return s.velocityMps().norm() * s.covariance().block(3, 6).rms(3)
        + GRAVITY_MPS2 * s.covariance().rms(3);
  }

  /** Of a belief that is {@link TrackView#plausible}. */
  private static StateVector state(ImmState s, long nanos) {
    double[] x = s.mean();
    return Propagation.stateVector(new UtcTime(nanos), x, s.covariance(x));
  }
}
