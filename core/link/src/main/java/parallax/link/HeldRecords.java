package parallax.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive numbers and what is held at each, from the oldest on. They stand in pieces of {@value
 * #PIECE}, so that {@link #shared} only hands out the pieces: one that was handed out is copied
 * before it changes.
 */
final class HeldRecords {
  /** Numbers in a piece. */
  static final int PIECE = 256;

  private static final class Piece {
    OutboxState.@Nullable Held[] records = new OutboxState.Held[PIECE];
    boolean shared;

    OutboxState.@Nullable Held[] own() {
      if (shared) {
        records = records.clone();
        shared = false;
      }
      return records;
    }
  }

  private final List<Piece> pieces = new ArrayList<>();
  private long first;
  private long next;

  /**
   * Nothing held.
   *
   * @param next the number that comes first
   */
  HeldRecords(long next) {
    this.first = next;
    this.next = next;
  }

  /** For how many numbers there is room. */
  int capacity() {
    return pieces.size() * PIECE;
  }

  private Piece piece(long seq) {
    return pieces.get((int) (seq / PIECE - first / PIECE));
  }

  /** What is held at a number from the first on. */
  OutboxState.Held get(long seq) {
    return Objects.requireNonNull(piece(seq).records[(int) (seq % PIECE)], "held record");
  }

  /** Something else is held at a number from the first on. */
  void set(long seq, OutboxState.Held held) {
    piece(seq).own()[(int) (seq % PIECE)] = held;
  }

  void addLast(OutboxState.Held held) {
    if (pieces.isEmpty() || next % PIECE == 0) {
      pieces.add(new Piece());
    }
    set(next, held);
    next++;
  }

  /** Holds the first number no longer. */
  OutboxState.Held removeFirst() {
    OutboxState.Held held = get(first);
    piece(first).own()[(int) (first % PIECE)] = null;
    first++;
    if (first % PIECE == 0 || first == next) {
      pieces.removeFirst();
    }
    return held;
  }

  /** All that is held, as it is now. */
  List<OutboxState.Held> shared() {
    OutboxState.@Nullable Held[][] all = new OutboxState.Held[pieces.size()][];
    for (int i = 0; i < all.length; i++) {
      Piece p = pieces.get(i);
      p.shared = true;
      all[i] = p.records;
    }
    return new SharedRecords(all, (int) (first % PIECE), (int) (next - first));
  }
}
