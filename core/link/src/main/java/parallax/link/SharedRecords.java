package parallax.link;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Held records that never change any more, in pieces of equal length that {@link HeldRecords} may
 * share.
 */
final class SharedRecords extends AbstractList<OutboxState.Held> implements RandomAccess {
  private final OutboxState.@Nullable Held[][] pieces;
  private final int offset;
  private final int size;

  /**
   * A list over pieces, which nobody changes any more.
   *
   * @param offset where the first record stands in the first piece
   */
  SharedRecords(OutboxState.@Nullable Held[][] pieces, int offset, int size) {
    this.pieces = pieces;
    this.offset = offset;
    this.size = size;
  }

  /** The list itself if it never changes, or else a copy. */
  static List<OutboxState.Held> copyOf(List<OutboxState.Held> list) {
    if (list instanceof SharedRecords) {
      return list;
    }
    HeldRecords copy = new HeldRecords(1);
    list.forEach(copy::addLast);
    return copy.shared();
  }

  @Override
  public OutboxState.Held get(int i) {
    Objects.checkIndex(i, size);
    int at = offset + i;
    return Objects.requireNonNull(
        pieces[at / HeldRecords.PIECE][at % HeldRecords.PIECE], "held record");
  }

  @Override
  public int size() {
    return size;
  }
}
