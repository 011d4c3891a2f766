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
 */
public record Started(Optional<SnapshotCodec.About> snapshot, long replayed, List<String> notes) {
  /** Copies the list. */
  public Started {
    notes = List.copyOf(notes);
  }
}
