package parallax.engine;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Every number, word and value that can be reached from an engine's own parts, as text. The wire
 * format is left out: where it stands for one in a test, it holds all reports there ever were.
 */
final class Reachable {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();
  private final SortedSet<String> found = new TreeSet<>();

  private Reachable() {}

  static SortedSet<String> from(Object root) {
    Reachable r = new Reachable();
    r.open.add(root);
    while (!r.open.isEmpty()) {
      r.look(r.open.removeFirst());
    }
    return r.found;
  }

  private void look(Object o) {
    if (o instanceof ReportCodec || !seen.add(o)) {
      return;
    }
    if (o instanceof Number || o instanceof CharSequence || o instanceof Enum<?>) {
      found.add(o.toString());
    } else if (o instanceof Optional<?> p) {
      p.ifPresent(open::add);
    } else if (o instanceof Iterable<?> all) {
      all.forEach(this::add);
    } else if (o instanceof Map<?, ?> m) {
      m.forEach(
          (k, v) -> {
            add(k);
            add(v);
          });
    } else if (o.getClass().isRecord()) {
      found.add(o.toString());
      for (RecordComponent c : o.getClass().getRecordComponents()) {
        accessible(o, c);
      }
    } else if (Engine.class.getPackage().equals(o.getClass().getPackage())) {
      for (Field f : o.getClass().getDeclaredFields()) {
        field(o, f);
      }
    } else {
      found.add(o.toString());
    }
  }

  private void add(Object o) {
    if (o != null) {
      open.add(o);
    }
  }

  private void accessible(Object o, RecordComponent c) {
    try {
      if (Engine.class.getPackage().equals(o.getClass().getPackage())) {
        c.getAccessor().setAccessible(true);
      }
      add(c.getAccessor().invoke(o));
    } catch (IllegalAccessException e) {
      found.add(o.toString()); // its own words have it
    } catch (InvocationTargetException e) {
      throw new AssertionError(e);
    }
  }

  private void field(Object o, Field f) {
    if (Modifier.isStatic(f.getModifiers())) {
      return;
    }
    try {
      f.setAccessible(true);
      add(f.get(o));
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
