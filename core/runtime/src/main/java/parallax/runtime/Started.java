package parallax.runtime;

import java.util.List;
import java.util.Optional;
import parallax.wire.SnapshotCodec;

/**
 * How an engine was made from what is stored.
 *
 * @param snapshot the snapshot that it went on from; empty: from the first input
 * @param replayed how many inputs were replayed
 * @param notes what was wrong with what is stored, and what was done about it, for people
 * @param differences where the replay came to another state than the node had there, for people
 */
public record Started(
    Optional<SnapshotCodec.About> snapshot,
    long replayed,
    List<String> notes,
    List<String> differences) {
  /** Copies the lists. */
  public Started {
    notes = List.copyOf(notes);
    differences = List.copyOf(differences);
  }
}
