package parallax.model;

import java.util.List;

/**
 * A target's track. Its provenance is its type, so that no function can mistake a partner's or a
 * combined track for national evidence (data incest).
 */
public sealed interface Track {
  /** The estimate itself. */
  TrackEstimate estimate();

  /**
   * Rests on the node's own national sensors only. The only kind of track that may be released.
   *
   * @param id identity, with this nation as originator
   * @param estimate the estimate
   * @param contributors the sensors whose plots it rests on; never shared
   */
  record LocalTrack(TrackId id, TrackEstimate estimate, List<SensorId> contributors)
      implements Track {
    /** Copies the list. */
    public LocalTrack {
      contributors = List.copyOf(contributors);
    }
  }

  /**
   * Told by a partner.
   *
   * @param id identity, with the partner as originator
   * @param estimate as told, propagated by nobody
   */
  record PartnerTrack(TrackId id, TrackEstimate estimate) implements Track {}

  /**
   * Combined from national tracks of several originators; never released.
   *
   * @param sources identities of the tracks combined, in their natural order
   * @param estimate the combined estimate
   */
  record FusedTrack(List<TrackId> sources, TrackEstimate estimate) implements Track {
    /** Copies the list, which must not be empty. */
    public FusedTrack {
      sources = List.copyOf(sources);
      if (sources.isEmpty()) {
        throw new InvalidValueException("sources", "empty", "at least one track");
      }
    }
  }
}
