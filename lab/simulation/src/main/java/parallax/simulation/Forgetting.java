package parallax.simulation;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.EngineState;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.model.UtcTime;

/**
 * Forgets one part of an engine's state, as a version would that does not keep it. A part is named
 * by the components that lead to it, with dots between: {@code streams.pairs.in.cursor}. What is in
 * a map, a list or an optional is forgotten of each.
 */
final class Forgetting {
  private Forgetting() {}

  /** The state without a part. */
  static EngineState of(EngineState state, String part) {
    return (EngineState) without(state, List.of(part.split("\\.", -1)));
  }

  private static Object without(Object value, List<String> path) {
    if (path.isEmpty()) {
      return nothing(value);
    }
    return switch (value) {
      case Optional<?> o -> o.map(v -> without(v, path));
      case List<?> l -> l.stream().map(v -> without(v, path)).toList();
      case SortedMap<?, ?> m -> {
        SortedMap<Object, Object> out = new TreeMap<>();
        m.forEach((k, v) -> out.put(k, without(v, path)));
        yield out;
      }
      case Record r -> with(r, path.getFirst(), path.subList(1, path.size()));
      default -> throw new AssertionError(value.getClass() + " has no " + path);
    };
  }

  private static Object with(Record r, String component, List<String> rest) {
    RecordComponent[] all = r.getClass().getRecordComponents();
    Object[] values = new Object[all.length];
    boolean found = false;
    for (int i = 0; i < all.length; i++) {
      boolean isIt = all[i].getName().equals(component);
      found |= isIt;
      values[i] = isIt ? without(get(r, all[i]), rest) : get(r, all[i]);
    }
    if (!found) {
      throw new AssertionError(r.getClass() + " has no component " + component);
    }
    return made(r.getClass(), all, values);
  }

  private static Object get(Record r, RecordComponent c) {
    try {
      return c.getAccessor().invoke(r);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object made(
      Class<? extends Record> type, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is there when nothing is remembered. */
  private static Object nothing(Object value) {
    return switch (value) {
      case Optional<?> o -> Optional.empty();
      case OptionalLong o -> OptionalLong.empty();
      case SortedMap<?, ?> m -> new TreeMap<>();
      case SortedSet<?> s -> new TreeSet<>();
      case List<?> l -> List.of();
      case Boolean b -> false;
      case Long n -> 0L;
      case Integer n -> 0;
      case String s -> "";
      case UtcTime t -> new UtcTime(0);
      case Digest d -> Digest.of(new byte[Digest.LENGTH]);
      case Cursor c -> new Cursor(1, Digest.of(new byte[Digest.LENGTH]));
      case Record r -> ofNothing(r);
      default ->
          value.getClass().isArray()
              ? Array.newInstance(value.getClass().getComponentType(), 0)
              : value;
    };
  }

  private static Object ofNothing(Record r) {
    RecordComponent[] all = r.getClass().getRecordComponents();
    List<Object> values = new ArrayList<>();
    for (RecordComponent c : all) {
      values.add(nothing(get(r, c)));
    }
    return made(r.getClass(), all, values.toArray());
  }
}
