package parallax.runtime;

import java.util.function.Supplier;

/** Something beside the engine that a node remembers, and that is part of its snapshots. */
public interface Remembered {
  /** Its name in a snapshot. */
  String name();

  /**
   * What it remembers now. The supplier encodes it, and may be asked later and on another thread:
   * what it holds must not change.
   */
  Supplier<byte[]> remember();

  /**
   * Goes on from what it remembered, before the inputs that followed are shown.
   *
   * @throws parallax.model.InvalidValueException when the bytes are not what it remembered
   */
  void recall(byte[] bytes);
}
