package parallax.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.model.FlightPhase;
import parallax.model.LaunchPointEstimate;
import parallax.model.ThreatClass;
import parallax.model.TrackStatus;

/** What was last told of a track, and the prediction it was told with. */
final class LastTold {
  private static final double UNDER_WAY_S = 20;
  private static final double FLOWN_S = 20;

  @Nullable NationalTrack told;
  long toldNanos = Long.MIN_VALUE;
  Optional<LaunchPointEstimate> launchTold = Optional.empty();
  final Staging staging;

  /** When each unpowered piece that parted from it under way was first seen, by its number. */
  final SortedMap<Long, Long> pieces = new TreeMap<>();

  long firstNanos = Long.MAX_VALUE;
  private long flownFrom = Long.MAX_VALUE;
  private boolean flown;

  TrackStatus status = TrackStatus.TENTATIVE;
  FlightPhase phase = FlightPhase.UNKNOWN;
  ThreatClass threatClass = ThreatClass.UNKNOWN;
  @Nullable FlightPrediction prediction;
  long predictedNanos = Long.MIN_VALUE;
  long predictedFromPlot = Long.MIN_VALUE;

  /** Of a track that was never told of. */
  LastTold() {
    this(new Staging());
  }

  private LastTold(Staging staging) {
    this.staging = staging;
  }

  /** What was told, by its state. */
  static LastTold of(TrackerState.Told t) {
    LastTold r = new LastTold(Staging.of(t.stages()));
    r.told = t.track().orElse(null);
    r.toldNanos = t.toldNs();
    r.launchTold = t.launch();
    r.firstNanos = t.firstNs();
    r.flownFrom = t.flownFromNs();
    r.flown = t.flown();
    r.status = t.status();
    r.phase = t.phase();
    r.threatClass = t.threatClass();
    t.pieces().forEach(p -> r.pieces.put(p.number(), p.sinceNs()));
    TrackerState.Prediction p = t.prediction().orElse(null);
    if (p != null) {
      r.prediction = p.flight();
      r.predictedNanos = p.madeNs();
      r.predictedFromPlot = p.fromPlotNs();
    }
    return r;
  }

  /** All of it, as it is now. */
  TrackerState.Told state() {
    List<TrackerState.Piece> parts = new ArrayList<>(pieces.size());
    pieces.forEach((number, since) -> parts.add(new TrackerState.Piece(number, since)));
    FlightPrediction flight = prediction;
    return new TrackerState.Told(
        Optional.ofNullable(told),
        toldNanos,
        launchTold,
        firstNanos,
        flownFrom,
        flown,
        status,
        phase,
        threatClass,
        flight == null
            ? Optional.empty()
            : Optional.of(new TrackerState.Prediction(flight, predictedNanos, predictedFromPlot)),
        parts,
        staging.state());
  }

  /**
   * Counts a piece. Targets that come into view together, as those of a salvo do, and ones whose
   * motor burns are no pieces.
   */
  void parted(LastTold piece, long number, long nanos) {
    boolean underWay = (piece.firstNanos - firstNanos) * 1e-9 >= UNDER_WAY_S;
    if (underWay && (piece.phase == FlightPhase.COAST || piece.phase == FlightPhase.REENTRY)) {
      pieces.putIfAbsent(number, nanos);
    }
  }

  /** Whether it has flown like a missile for a while, of which the newest plot tells now, too. */
  boolean hasFlown(long plotNanos, boolean likeAMissile) {
    flownFrom = likeAMissile ? Math.min(flownFrom, plotNanos) : Long.MAX_VALUE;
    flown |= likeAMissile && (plotNanos - flownFrom) * 1e-9 >= FLOWN_S;
    return flown;
  }

  /** Forgets the prediction: it was of a belief that no longer holds. */
  void restart() {
    prediction = null;
    predictedNanos = Long.MIN_VALUE;
    predictedFromPlot = Long.MIN_VALUE;
  }
}
