package parallax.runtime;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import parallax.engine.Engine;
import parallax.engine.EngineState;
import parallax.journal.JournalException;
import parallax.journal.log.SnapshotStore;
import parallax.link.Digest;
import parallax.model.UtcTime;
import parallax.wire.SnapshotCodec;
import parallax.wire.state.EngineStateCodec;

/**
 * What a node remembered between two inputs. It does not change, so that it can be encoded and
 * stored on another thread while the node goes on.
 *
 * @param nextPosition the first input that it does not contain
 * @param time the node's time of the last input that it contains
 * @param wallNs wall clock of that input, UTC nanoseconds
 * @param engine the engine's state
 * @param parts what else the node remembers, by name
 */
public record Snapshot(
    long nextPosition,
    UtcTime time,
    long wallNs,
    EngineState engine,
    SortedMap<String, Supplier<byte[]>> parts) {
  /** Copies the map. */
  public Snapshot {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /**
   * Encodes and stores it; durable when it returns.
   *
   * @param software the program that writes it
   * @return what the snapshot says of itself
   */
  public SnapshotCodec.About writeTo(SnapshotStore store, String software) throws JournalException {
    SortedMap<String, byte[]> encoded = new TreeMap<>();
    parts.forEach((name, content) -> encoded.put(name, content.get()));
    SnapshotCodec.Content content =
        new SnapshotCodec.Content(EngineStateCodec.encode(engine), encoded);
    SnapshotCodec.About about =
        new SnapshotCodec.About(
            SnapshotCodec.FORMAT,
            Engine.BEHAVIOUR,
            nextPosition,
            time,
            wallNs,
            Digest.of(EngineStateCodec.lastingDigest(engine)),
            software);
    store.write(
        nextPosition, SnapshotCodec.encode(about), out -> SnapshotCodec.write(content, out));
    return about;
  }
}
