package parallax.tracking;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** An unmodifiable list whose items are made when they are asked for. */
final class Mapped<T> extends AbstractList<T> implements RandomAccess {
  private final int size;
  private final IntFunction<T> item;

  Mapped(int size, IntFunction<T> item) {
    this.size = size;
    this.item = item;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public T get(int i) {
    return item.apply(Objects.checkIndex(i, size));
  }
}
