package parallax.audit;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The names and values of one entry, sorted by name. They are few, and every record that is told or
 * taken makes an entry, so they stand in two small arrays.
 */
final class Fields {
  private String[] names = new String[16];
  private Object[] values = new Object[16];
  private int size;

  /** The same as in a map. */
  static Fields of(SortedMap<String, Object> map) {
    Fields f = new Fields();
    map.forEach(f::put);
    return f;
  }

  /** Puts a value, in the place of one of the same name. */
  void put(String name, Object value) {
    int at = size;
    while (at > 0 && names[at - 1].compareTo(name) > 0) {
      at--;
    }
    if (at > 0 && names[at - 1].equals(name)) {
      values[at - 1] = value;
      return;
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    System.arraycopy(names, at, names, at + 1, size - at);
    System.arraycopy(values, at, values, at + 1, size - at);
    names[at] = name;
    values[at] = value;
    size++;
  }

  /** The value of a name; null when there is none. */
  @Nullable Object get(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  int size() {
    return size;
  }

  /** The name at a place, from 0, in their order. */
  String name(int at) {
    return names[at];
  }

  /** The value at a place. */
  Object value(int at) {
    return values[at];
  }

  /** A copy as a map. */
  SortedMap<String, Object> sorted() {
    SortedMap<String, Object> map = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      map.put(names[i], values[i]);
    }
    return map;
  }
}
