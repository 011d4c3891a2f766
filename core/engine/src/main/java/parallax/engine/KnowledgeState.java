package parallax.engine;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.model.ConfidentialityLabel;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/**
 * What a nation knows, and what all nations know, as it stands.
 *
 * @param common what all nations know
 * @param combined what the nation knows
 */
public record KnowledgeState(Drawings common, Drawings combined) {
  /**
   * One of the two pictures. How a launch was combined is left out: it follows from its tracks and
   * is made again when it is asked for. So is the count of tracks that were compared, which is for
   * tests alone.
   *
   * @param tracks what was said of each track
   * @param names what launches go by
   * @param active the tracks that are looked at: all but those of launches at rest
   * @param drawn the launches as they were last drawn, by name
   * @param ended the launches at rest as they were last drawn, by name
   * @param forgotten tracks that were forgotten since the last drawing, to make room for others
   * @param stale whether something was taken in or recalled that is not drawn yet
   */
  public record Drawings(
      Tracks tracks,
      Names names,
      SortedSet<TrackId> active,
      SortedMap<TrackId, Drawing> drawn,
      SortedMap<TrackId, Drawing> ended,
      SortedSet<TrackId> forgotten,
      boolean stale) {
    /** Copies the collections. */
    public Drawings {
      active = Collections.unmodifiableSortedSet(new TreeSet<>(active));
      drawn = Collections.unmodifiableSortedMap(new TreeMap<>(drawn));
      ended = Collections.unmodifiableSortedMap(new TreeMap<>(ended));
      forgotten = Collections.unmodifiableSortedSet(new TreeSet<>(forgotten));
    }

    private Drawings lasting() {
      return new Drawings(
          tracks,
          names,
          active,
          KnowledgeState.lasting(drawn),
          KnowledgeState.lasting(ended),
          forgotten,
          stale);
    }

    static Drawings empty() {
      return new Drawings(
          new Tracks(
              TracksState.empty(),
              TracksState.empty(),
              TracksState.empty(),
              TracksState.empty(),
              TracksState.empty()),
          new Names(TracksState.empty(), TracksState.empty()),
          new TreeSet<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeSet<>(),
          false);
    }
  }

  /**
   * What was said of tracks.
   *
   * @param known the newest of each track
   * @param newest the newest report of each data class of each track
   * @param recalled up to when what was made of a track's data class was taken back
   * @param relabelled the newest change of each track's label
   * @param arrivals when the newest of what partners told came, by data class, wall clock
   */
  public record Tracks(
      TracksState<KnownTrack> known,
      TracksState<SortedMap<Report.DataClass, Report>> newest,
      TracksState<SortedMap<Report.DataClass, UtcTime>> recalled,
      TracksState<Relabelled> relabelled,
      TracksState<SortedMap<Report.DataClass, UtcTime>> arrivals) {}

  /**
   * Everything made of a track up to a moment has another label.
   *
   * @param label the label
   * @param until the moment, the originator's clock
   */
  public record Relabelled(ConfidentialityLabel label, UtcTime until) {}

  /**
   * What launches go by.
   *
   * @param firstMade when the earliest report of each track was made, its originator's clock
   * @param kept the name that a launch goes on by after the track it went by was recalled
   */
  public record Names(TracksState<UtcTime> firstMade, TracksState<TrackId> kept) {}

  /**
   * A launch as it was last drawn.
   *
   * @param at when, the node's time
   * @param wallNs when, wall clock, UTC nanoseconds
   * @param from the tracks it was drawn from
   * @param combined whether they were combined; otherwise it is to be drawn again
   * @param shown whether anything was ever drawn by its name
   */
  public record Drawing(
      UtcTime at, long wallNs, List<KnownTrack> from, boolean combined, boolean shown) {
    /** Copies the list. */
    public Drawing {
      from = List.copyOf(from);
    }
  }

  /** The same without the times of mere ticks. */
  KnowledgeState lasting() {
    return new KnowledgeState(common.lasting(), combined.lasting());
  }

  private static SortedMap<TrackId, Drawing> lasting(SortedMap<TrackId, Drawing> drawings) {
    SortedMap<TrackId, Drawing> out = new TreeMap<>(drawings);
    out.replaceAll((name, d) -> new Drawing(new UtcTime(0), 0, d.from(), d.combined(), d.shown()));
    return out;
  }

  /** Nothing is known. */
  static KnowledgeState empty() {
    return new KnowledgeState(Drawings.empty(), Drawings.empty());
  }
}
