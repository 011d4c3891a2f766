package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.model.Cholesky;
import parallax.model.FlightPhase;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/**
 * Combines national tracks of several originators into one estimate by covariance intersection,
 * which holds whatever the tracks have in common.
 *
 * <p>A pure function of the set of sources: they are taken in the order of their identities, so
 * every nation gets the same bits from the same set.
 */
public final class TrackFusion {
  /** Chi-square of 6 degrees of freedom exceeded by chance once in a thousand. */
  private static final double DISAGREE = 22.5;

  /** How long after its last plot an originator knows what a motor does, seconds. */
  private static final double SEEN_S = 5;

  /** Up to how many times the best velocity sigma is as good. */
  private static final double COMPARABLE = 2;

  private record Carried(SourceTrack source, StateVector state, double size) {}

  private TrackFusion() {}

  /** The estimate of {@link #fuse}. */
  public static Optional<TrackEstimate> combine(List<SourceTrack> sources, UtcTime at) {
    return fuse(sources, at).estimate();
  }

  /**
   * Combines {@code sources} at {@code at}: of copies of one track the newest counts; ended ones
   * are dropped, lost ones when any is held, tentative ones when any is confirmed; each is carried
   * to {@code at}; those that contradict the others beyond what biased sensors do are left out and
   * named; the rest are intersected by the determinant criterion. Where they disagree more than
   * their covariances allow, the result covers them all: their spread is added to it. Status and
   * phase are those of the best-held, newest sources; of those that have just seen the target, the
   * phase is that of who knows its velocity best; the result is lost when all are lost.
   */
  public static FusedEstimate fuse(List<SourceTrack> sources, UtcTime at) {
    List<SourceTrack> chosen = usable(sources);
    if (chosen.isEmpty()) {
      return new FusedEstimate(Optional.empty(), List.of(), List.of());
    }
    List<Carried> carried = new ArrayList<>();
    for (SourceTrack s : chosen) {
      TrackEstimate e = s.estimate();
      StateVector state = Propagation.to(e.state(), e.phase(), at);
      double[] l = Dense.factor(state.covariance().toRowMajor(), 6);
      carried.add(new Carried(s, state, Dense.logDeterminant(l, 6)));
    }
    List<TrackId> leftOut = new ArrayList<>();
    for (Carried odd = contradicting(carried); odd != null; odd = contradicting(carried)) {
      carried.remove(odd);
      leftOut.add(odd.source.id());
    }
    leftOut.sort(Comparator.naturalOrder());
    TrackEstimate estimate = intersect(carried, at);
    return new FusedEstimate(
        Optional.of(estimate), carried.stream().map(c -> c.source.id()).toList(), leftOut);
  }

  private static List<SourceTrack> usable(List<SourceTrack> sources) {
    int best = Integer.MAX_VALUE;
    for (SourceTrack s : sources) {
      best = Math.min(best, tier(s.estimate().status()));
    }
    if (best == 3) {
      return List.of();
    }
    TreeMap<TrackId, SourceTrack> chosen = new TreeMap<>();
    for (SourceTrack s : sources) {
      if (tier(s.estimate().status()) == best) {
        chosen.merge(s.id(), s, TrackFusion::newer);
      }
    }
    return List.copyOf(chosen.values());
  }

  private static SourceTrack newer(SourceTrack a, SourceTrack b) {
    UtcTime ta = a.estimate().state().timeOfValidity();
    return b.estimate().state().timeOfValidity().isAfter(ta) ? b : a;
  }

  private static int tier(TrackStatus status) {
    return switch (status) {
      case CONFIRMED, COASTED -> 0;
      case TENTATIVE -> 1;
      case LOST -> 2;
      case ENDED -> 3;
    };
  }

  /** The source in most contradictions; of several, the least certain, then the last. */
  private static @org.jspecify.annotations.Nullable Carried contradicting(List<Carried> all) {
    Carried worst = null;
    int most = 0;
    for (Carried a : all) {
      int conflicts = 0;
      for (Carried b : all) {
        conflicts += TrackAssociation.contradict(a.state, b.state) ? 1 : 0;
      }
      boolean worse = worst != null && conflicts == most && conflicts > 0 && a.size >= worst.size;
      if (conflicts > most || worse) {
        worst = a;
        most = conflicts;
      }
    }
    return worst;
  }

  /**
   * Squared Mahalanobis distance of two states of one time, as if their errors were independent.
   */
  static double squaredDistance(StateVector a, StateVector b) {
    return squaredDistance(a, b, new double[6]);
  }

  /** The same with {@code extra} variances added to the six components. */
  static double squaredDistance(StateVector a, StateVector b, double[] extra) {
    double[] xa = Orbit.vector(a);
    double[] xb = Orbit.vector(b);
    double[] p = a.covariance().toRowMajor();
    double[] q = b.covariance().toRowMajor();
    double[] d = new double[6];
    for (int i = 0; i < 36; i++) {
      p[i] += q[i];
    }
    for (int i = 0; i < 6; i++) {
      d[i] = xa[i] - xb[i];
      p[i * 7] += extra[i];
    }
    return Cholesky.squaredDistance(Dense.factor(p, 6), d, 6);
  }

  private static TrackEstimate intersect(List<Carried> carried, UtcTime at) {
    Carried first = carried.getFirst();
    double[] x = Orbit.vector(first.state);
    parallax.model.Covariance p = first.state.covariance();
    for (Carried c : carried.subList(1, carried.size())) {
      CovarianceIntersection.Fused f =
          CovarianceIntersection.fuse(
              x,
              p,
              Orbit.vector(c.state),
              c.state.covariance(),
              CovarianceIntersection.Criterion.DETERMINANT);
      x = f.x();
      p = f.p();
    }
    TrackEstimate lead = lead(carried, at);
    UtcTime lastPlot = lead.lastPlot();
    TrackStatus status = lead.status();
    ThreatClass threatClass = lead.threatClass();
    for (Carried c : carried) {
      TrackEstimate e = c.source.estimate();
      lastPlot = UtcTime.max(lastPlot, e.lastPlot());
      status = e.status() == TrackStatus.CONFIRMED ? TrackStatus.CONFIRMED : status;
      threatClass = e.threatClass().compareTo(threatClass) > 0 ? e.threatClass() : threatClass;
    }
    double[] covariance = p.toRowMajor();
    if (disagree(carried)) {
      addSpread(covariance, x, carried);
    }
    StateVector state = Propagation.stateVector(at, x, covariance);
    return new TrackEstimate(
        state, lead.phase(), status, threatClass, lastPlot.isAfter(at) ? at : lastPlot);
  }

  private static boolean disagree(List<Carried> all) {
    for (Carried a : all) {
      for (Carried b : all) {
        if (squaredDistance(a.state, b.state) > DISAGREE) {
          return true;
        }
      }
    }
    return false;
  }

  private static void addSpread(double[] p, double[] x, List<Carried> all) {
    for (Carried c : all) {
      double[] y = Orbit.vector(c.state);
      for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 6; j++) {
          p[i * 6 + j] += (y[i] - x[i]) * (y[j] - x[j]) / all.size();
        }
      }
    }
    Dense.factor(p, 6);
  }

  /**
   * Who knows the phase best. Of those that know one and have just seen the target: whoever knows
   * its velocity best, who feels a motor start or stop soonest, or one who knows it half as well
   * and sees a motor burn. Else whoever knows a phase, and of those who has seen the target last.
   */
  private static TrackEstimate lead(List<Carried> all, UtcTime at) {
    double sharpest = Double.POSITIVE_INFINITY;
    for (Carried c : all) {
      TrackEstimate e = c.source.estimate();
      sharpest = seenLately(e, at) ? Math.min(sharpest, velocitySigma(e)) : sharpest;
    }
    double limit = COMPARABLE * sharpest;
    TrackEstimate lead = all.getFirst().source.estimate();
    for (Carried c : all.subList(1, all.size())) {
      lead = leads(c.source.estimate(), lead, limit, at) ? c.source.estimate() : lead;
    }
    return lead;
  }

  private static boolean leads(TrackEstimate a, TrackEstimate b, double limit, UtcTime at) {
    boolean freshA = seenLately(a, at) && velocitySigma(a) <= limit;
    boolean freshB = seenLately(b, at) && velocitySigma(b) <= limit;
    if (freshA != freshB) {
      return freshA;
    }
    if (freshA && (a.phase() == FlightPhase.BOOST) != (b.phase() == FlightPhase.BOOST)) {
      return a.phase() == FlightPhase.BOOST;
    }
    if (freshA) {
      return velocitySigma(a) < velocitySigma(b);
    }
    boolean knownA = a.phase() != FlightPhase.UNKNOWN;
    boolean knownB = b.phase() != FlightPhase.UNKNOWN;
    if (knownA != knownB) {
      return knownA;
    }
    return a.lastPlot().isAfter(b.lastPlot());
  }

  private static boolean seenLately(TrackEstimate e, UtcTime at) {
    return e.phase() != FlightPhase.UNKNOWN
        && e.status() == TrackStatus.CONFIRMED
        && at.secondsSince(e.lastPlot()) < SEEN_S;
  }

  private static double velocitySigma(TrackEstimate e) {
    return e.state().covariance().block(3, 6).rms(3);
  }
}
