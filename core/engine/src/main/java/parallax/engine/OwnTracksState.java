package parallax.engine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.ConfidentialityLabel;
import parallax.model.Report;
import parallax.model.Sensor;
import parallax.model.TrackId;
import parallax.tracking.ReportedTrack;
import parallax.tracking.TrackerState;

/**
 * The nation's own tracks as they stand.
 *
 * @param numbers the numbers that were given to tracks
 * @param tracks each track
 * @param reports what the nation has to tell of each, before anything is taken from it
 * @param relabelled the labels of tracks that were labelled anew
 * @param undrawn the tracks that changed since they were last drawn
 * @param surveillance what tracks by own sensors; empty before the first configuration
 */
public record OwnTracksState(
    Numbers numbers,
    TracksState<OwnTrack> tracks,
    TracksState<SortedMap<Report.DataClass, Report>> reports,
    TracksState<ConfidentialityLabel> relabelled,
    SortedSet<TrackId> undrawn,
    Optional<Watching> surveillance) {
  /** Copies the set. */
  public OwnTracksState {
    undrawn = Collections.unmodifiableSortedSet(new TreeSet<>(undrawn));
  }

  /**
   * Numbers of tracks as partners read them, the oldest first.
   *
   * @param given the numbers, in arrays that never change
   * @param skipped how many at the beginning of the first array are forgotten
   */
  public record Numbers(List<int[]> given, int skipped) {
    /** Copies the list. */
    public Numbers {
      given = List.copyOf(given);
    }
  }

  /**
   * What tracks by own sensors.
   *
   * @param sensors the sensors
   * @param tracker the tracker
   * @param named the tracks as partners read them, by the tracker's own
   * @param told the launch and impact that were last offered to the partners of a track
   * @param filed the newest that was filed of a track
   */
  public record Watching(
      List<Sensor> sensors,
      TrackerState tracker,
      TracksState<TrackId> named,
      TracksState<ReportedTrack> told,
      TracksState<ReportedTrack> filed) {
    /** Copies the list. */
    public Watching {
      sensors = List.copyOf(sensors);
    }
  }

  /** The same without the times of mere ticks. */
  OwnTracksState lasting() {
    return new OwnTracksState(
        numbers,
        tracks,
        reports,
        relabelled,
        undrawn,
        surveillance.map(
            w -> new Watching(w.sensors(), w.tracker().lasting(), w.named(), w.told(), w.filed())));
  }

  /** No track yet. */
  static OwnTracksState empty() {
    return new OwnTracksState(
        new Numbers(List.of(), 0),
        TracksState.empty(),
        TracksState.empty(),
        TracksState.empty(),
        new TreeSet<>(),
        Optional.empty());
  }
}
