package parallax.host;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import parallax.host.NodeSettings.Durability;
import parallax.host.NodeSettings.Keeps;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/** Reads the text of {@code node.yaml} and gathers everything that is wrong with it. */
final class SettingsReader {
  private static final int MOST_SHOWN = 80;

  private final String source;
  private final List<InvalidValueException> faults = new ArrayList<>();
  private final SortedMap<String, Object> values = new TreeMap<>();
  private final Optional<NodeSettings> settings;

  SettingsReader(String text, String source) {
    this.source = source;
    values.putAll(take(() -> mapping(source, load(text, source))).orElse(new TreeMap<>()));
    settings = faults.isEmpty() ? read() : Optional.empty();
  }

  /** Everything that is wrong, in the order of the settings. */
  List<InvalidValueException> faults() {
    return faults;
  }

  /** The keys that the text has. */
  SortedSet<String> given() {
    return new TreeSet<>(values.keySet());
  }

  /**
   * What the text says.
   *
   * @throws InvalidValueException with the first thing that is wrong
   */
  NodeSettings settings() {
    if (!faults.isEmpty()) {
      throw faults.getFirst();
    }
    return settings.orElseThrow();
  }

  private static @Nullable Object load(String text, String source) {
    try {
      return new Load(
              LoadSettings.builder()
                  .setLabel(source)
                  .setAllowDuplicateKeys(false)
                  .setMaxAliasesForCollections(0)
                  .setCodePointLimit(64 * 1024)
                  .build())
          .loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(k -> ", line " + (k.getLine() + 1)).orElse("");
      throw new InvalidValueException(
          source + line, "not YAML", "a key and its value: 'key: value'");
    } catch (YamlEngineException e) {
      throw new InvalidValueException(source, "not YAML", "keys and values: 'key: value'");
    }
  }

  private Optional<NodeSettings> read() {
    for (String k : values.keySet()) {
      if (!Setting.keys().contains(k)) {
        faults.add(
            new InvalidValueException(source + ": key", shown(k), "one of " + Setting.keys()));
      }
    }
    Optional<Nation> nation = take(() -> nation(field(Setting.NATION), value(Setting.NATION)));
    Optional<Channel> channel =
        take(() -> oneOf(field(Setting.CHANNEL), Channel.values(), value(Setting.CHANNEL)));
    Optional<InetSocketAddress> link = address(Setting.LINK_ADDRESS);
    Optional<InetSocketAddress> national = address(Setting.NATIONAL_ADDRESS);
    SortedMap<Nation, InetSocketAddress> partners = partners();
    SortedMap<Nation, SortedSet<Nation>> relays = relays(partners);
    Optional<Boolean> clock = take(() -> flag(Setting.EXERCISE_CLOCK, false));
    Optional<Boolean> folding = take(() -> flag(Setting.FOLDING, true));
    Optional<Durability> durability =
        take(
            () ->
                oneOf(
                    field(Setting.DURABILITY),
                    Durability.values(),
                    String.valueOf(orStandard(Setting.DURABILITY)).toUpperCase(Locale.ROOT)));
    Optional<Integer> events =
        take(
            () ->
                count(
                    Setting.EVENTS_MIB, 1, NodeSettings.EVENTS_MIB, NodeSettings.MOST_EVENTS_MIB));
    Keeps standard = Keeps.STANDARD;
    Keeps most = Keeps.MOST;
    Optional<Integer> days = take(() -> count(Setting.KEEP_DAYS, 0, standard.days(), most.days()));
    Optional<Integer> seconds =
        take(
            () ->
                count(
                    Setting.SNAPSHOT_SECONDS,
                    1,
                    standard.snapshotSeconds(),
                    most.snapshotSeconds()));
    Optional<Integer> inputs =
        take(
            () ->
                count(
                    Setting.SNAPSHOT_INPUTS, 1, standard.snapshotInputs(), most.snapshotInputs()));
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeSettings(
            nation.orElseThrow(),
            channel.orElseThrow(),
            link.orElseThrow(),
            national.orElseThrow(),
            partners,
            relays,
            clock.orElseThrow(),
            durability.orElseThrow(),
            folding.orElseThrow(),
            events.orElseThrow(),
            new Keeps(days.orElseThrow(), seconds.orElseThrow(), inputs.orElseThrow())));
  }

  private SortedMap<Nation, InetSocketAddress> partners() {
    SortedMap<Nation, InetSocketAddress> out = new TreeMap<>();
    String field = field(Setting.PARTNERS);
    take(() -> mapping(field, value(Setting.PARTNERS)))
        .ifPresent(
            m ->
                m.forEach(
                    (k, v) ->
                        take(() -> nation(field, k))
                            .ifPresent(
                                n -> take(() -> address(field, v)).ifPresent(a -> out.put(n, a)))));
    return out;
  }

  private SortedMap<Nation, SortedSet<Nation>> relays(
      SortedMap<Nation, InetSocketAddress> neighbours) {
    SortedMap<Nation, SortedSet<Nation>> out = new TreeMap<>();
    take(() -> mapping(field(Setting.RELAYS), value(Setting.RELAYS)))
        .ifPresent(
            m ->
                m.forEach(
                    (k, v) ->
                        take(() -> nation(field(Setting.RELAYS), k))
                            .ifPresent(
                                n ->
                                    take(() -> through(k, v, neighbours))
                                        .ifPresent(r -> out.put(n, r)))));
    return out;
  }

  private SortedSet<Nation> through(
      String partner, Object value, SortedMap<Nation, InetSocketAddress> neighbours) {
    String field = field(Setting.RELAYS) + "." + partner;
    if (!(value instanceof List<?> names)) {
      throw new InvalidValueException(field, shown(value), "a list of nations");
    }
    SortedSet<Nation> out = new TreeSet<>();
    for (Object name : names) {
      Nation relay = nation(field, name);
      if (!neighbours.containsKey(relay)) {
        throw new InvalidValueException(field, relay, "one of the partners " + neighbours.keySet());
      }
      out.add(relay);
    }
    return out;
  }

  private <T> Optional<T> take(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (InvalidValueException e) {
      faults.add(e);
      return Optional.empty();
    }
  }

  private String field(Setting s) {
    return source + ": " + s.key();
  }

  private @Nullable Object value(Setting s) {
    return values.get(s.key());
  }

  private Object orStandard(Setting s) {
    Object v = value(s);
    return v == null ? s.standard() : v;
  }

  private Optional<InetSocketAddress> address(Setting s) {
    return take(() -> address(field(s), value(s)));
  }

  private boolean flag(Setting s, boolean standard) {
    if (!values.containsKey(s.key())) {
      return standard;
    }
    Object v = value(s);
    if (v == null || v instanceof Boolean) {
      return Boolean.TRUE.equals(v);
    }
    throw new InvalidValueException(field(s), shown(v), "true or false");
  }

  private int count(Setting s, int least, int standard, int most) {
    Object v = values.getOrDefault(s.key(), standard);
    if (v instanceof Integer n && n >= least && n <= most) {
      return n;
    }
    throw new InvalidValueException(
        field(s), shown(v), "a whole number from " + least + " to " + most);
  }

  private static SortedMap<String, Object> mapping(String field, @Nullable Object o) {
    if (o == null) {
      return new TreeMap<>();
    }
    if (!(o instanceof Map<?, ?> m)) {
      throw new InvalidValueException(field, shown(o), "keys with values");
    }
    SortedMap<String, Object> out = new TreeMap<>();
    m.forEach((k, v) -> out.put(String.valueOf(k), v));
    return out;
  }

  private static Nation nation(String field, @Nullable Object o) {
    try {
      return new Nation(o == null ? "" : o.toString());
    } catch (InvalidValueException e) {
      throw new InvalidValueException(
          field, shown(o), "an ISO 3166-1 alpha-3 code of a nation, such as JPN");
    }
  }

  /** The beginning of what is there: a file of another kind may be one long text. */
  private static String shown(@Nullable Object o) {
    if (o == null) {
      return "not there";
    }
    String text = o.toString();
    return "'" + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...") + "'";
  }

  private static <E extends Enum<E>> E oneOf(String field, E[] values, @Nullable Object o) {
    List<String> names = new ArrayList<>();
    for (E e : values) {
      if (e.name().equals(o)) {
        return e;
      }
      names.add(e.name());
    }
    throw new InvalidValueException(field, shown(o), "one of " + names);
  }

  /** An address as {@code host:port}; the host is looked up. */
  static InetSocketAddress address(String field, @Nullable Object o) {
    String text = o == null ? "" : o.toString();
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        return new InetSocketAddress(
            text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(field, shown(o), "host:port, port 0 to 65535");
    }
    throw new InvalidValueException(field, shown(o), "host:port");
  }
}
