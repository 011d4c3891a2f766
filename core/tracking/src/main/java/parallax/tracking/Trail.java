package parallax.tracking;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A list that grows at its end and is cut at either end. What it holds can be handed out at no
 * cost: a view shares its array, which is copied before anything in it is changed that a view
 * shows.
 */
final class Trail<T> extends AbstractList<T> implements RandomAccess {
  private static final int LEAST_ROOM = 4;

  private Object[] items = {};
  private int from;
  private int to;

  /** Views show no place of the array from here on. */
  private int shown;

  /** What it holds now, however it changes later. */
  @SuppressWarnings("unchecked") // the array holds what was added
  List<T> view() {
    shown = Math.max(shown, to);
    Object[] array = items;
    int first = from;
    return new Mapped<>(to - from, i -> (T) array[first + i]);
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  @SuppressWarnings("unchecked") // the array holds what was added
  public T get(int i) {
    return (T) items[from + Objects.checkIndex(i, to - from)];
  }

  @Override
  public boolean add(T item) {
    if (to == items.length || to < shown) {
      move(size() + size() / LEAST_ROOM + LEAST_ROOM);
    }
    items[to++] = item;
    return true;
  }

  @Override
  public T set(int i, T item) {
    T before = get(i);
    if (from + i < shown) {
      move(items.length - from);
    }
    items[from + i] = item;
    return before;
  }

  /** Leaves out all but the first {@code n}. */
  void cut(int n) {
    to = from + n;
  }

  /** Leaves out the first {@code n}. */
  void dropFirst(int n) {
    from += n;
  }

  private void move(int room) {
    items = Arrays.copyOfRange(Arrays.copyOfRange(items, from, to), 0, room);
    to -= from;
    from = 0;
    shown = 0;
  }
}
