package parallax.engine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.warning.AlertBookState;

/**
 * All that an engine remembers, as one immutable value. An engine that is made from it goes on
 * exactly as the one it was taken from. Taking it copies references to what never changes, and
 * encodes nothing.
 *
 * @param terms what the node goes by
 * @param feeds the number of the last report of each sensor feed that was taken in
 * @param faults the faults of this software that were told, the oldest first
 * @param own the nation's own tracks
 * @param knowledge what is known from all originators together
 * @param releases what partners were told, and what is not told yet
 * @param streams the streams to and from partners
 * @param doubted what is doubted of each track, so that it is told once
 * @param alerts the nation's warnings; empty before the first configuration
 */
public record EngineState(
    TermsState terms,
    SortedMap<String, Long> feeds,
    List<ToldFault> faults,
    OwnTracksState own,
    KnowledgeState knowledge,
    ReleasesState releases,
    StreamsState streams,
    TracksState<String> doubted,
    Optional<AlertBookState> alerts) {
  /** Copies the collections. */
  public EngineState {
    feeds = Collections.unmodifiableSortedMap(new TreeMap<>(feeds));
    faults = List.copyOf(faults);
  }

  /**
   * A fault of this software that was told.
   *
   * @param part the part that failed, as people read it
   * @param reason what the fault reads like
   */
  public record ToldFault(String part, String reason) {}

  /**
   * The same without what follows from connections alone, and without the times of mere ticks. No
   * engine can be made from it.
   */
  public EngineState lasting() {
    return new EngineState(
        terms,
        feeds,
        faults,
        own.lasting(),
        knowledge.lasting(),
        releases.lasting(),
        streams.lasting(),
        doubted,
        alerts.map(AlertBookState::lasting));
  }

  /** An engine that knows nothing yet. */
  static EngineState empty() {
    return new EngineState(
        TermsState.empty(),
        new TreeMap<>(),
        List.of(),
        OwnTracksState.empty(),
        KnowledgeState.empty(),
        ReleasesState.empty(),
        StreamsState.empty(),
        TracksState.empty(),
        Optional.empty());
  }
}
