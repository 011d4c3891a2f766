package parallax.journal;

import java.util.List;

/**
 * What is appended together or not at all.
 *
 * @param inputs the engine's inputs in order; the arrays are not copied
 * @param outbox records for partners, each partner's in order of number
 * @param cursors new values of cursors; the last of a name counts
 */
public record Transaction(
    List<byte[]> inputs, List<OutboxEntry> outbox, List<CursorRecord> cursors) {
  /** Copies the lists. */
  public Transaction {
    inputs = List.copyOf(inputs);
    outbox = List.copyOf(outbox);
    cursors = List.copyOf(cursors);
  }

  /** Inputs alone. */
  public static Transaction ofInputs(List<byte[]> inputs) {
    return new Transaction(inputs, List.of(), List.of());
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return inputs.isEmpty() && outbox.isEmpty() && cursors.isEmpty();
  }
}
