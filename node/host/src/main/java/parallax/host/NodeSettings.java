package parallax.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import parallax.files.SmallFile;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Utf8Text;

/**
 * What {@code node.yaml} in a node's directory says.
 *
 * @param nation the nation whose node this is
 * @param channel the one channel it works on
 * @param linkAddress where partners bring their reports
 * @param nationalAddress where the nation's sensors and operators connect
 * @param partners where each partner's node is
 * @param relays through which neighbours each partner is reached as well, or at all
 * @param exerciseClock whether the node goes by an exercise clock of its own
 * @param durability how durable an appended batch is: full (survives power loss) or normal
 *     (survives a crash of the process)
 * @param eventsMiB memory for the newest events, for those who watch, MiB
 */
public record NodeSettings(
    Nation nation,
    Channel channel,
    InetSocketAddress linkAddress,
    InetSocketAddress nationalAddress,
    SortedMap<Nation, InetSocketAddress> partners,
    SortedMap<Nation, SortedSet<Nation>> relays,
    boolean exerciseClock,
    Durability durability,
    int eventsMiB) {
  /** What {@code eventsMiB} is unless the file says otherwise. */
  public static final int EVENTS_MIB = 64;

  private static final int MOST_EVENTS_MIB = 16 * 1024;

  /** The same, with the standard memory for events. */
  public NodeSettings(
      Nation nation,
      Channel channel,
      InetSocketAddress linkAddress,
      InetSocketAddress nationalAddress,
      SortedMap<Nation, InetSocketAddress> partners,
      SortedMap<Nation, SortedSet<Nation>> relays,
      boolean exerciseClock,
      Durability durability) {
    this(
        nation,
        channel,
        linkAddress,
        nationalAddress,
        partners,
        relays,
        exerciseClock,
        durability,
        EVENTS_MIB);
  }

  /** How durable an appended batch is. */
  public enum Durability {
    /** Survives power loss. */
    FULL,
    /** Survives a crash of the process. */
    NORMAL
  }

  /** Name of the file in the node's directory. */
  public static final String FILE = "node.yaml";

  private static final List<String> KEYS =
      List.of(
          "nation",
          "channel",
          "linkAddress",
          "nationalAddress",
          "partners",
          "relays",
          "exerciseClock",
          "durability",
          "eventsMiB");

  /**
   * Reads the settings of a node's directory.
   *
   * @throws IOException when the file cannot be read
   * @throws InvalidValueException when it says something wrong; the message names the file and key
   */
  public static NodeSettings read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new InvalidValueException(
          "node directory", directory, "a directory with a " + FILE + " in it");
    }
    return parse(Utf8Text.decode(SmallFile.whole(file), file.toString()), file.toString());
  }

  static NodeSettings parse(String text, String source) {
    Object loaded;
    try {
      loaded =
          new Load(
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
    SortedMap<String, Object> m = mapping(source, loaded);
    for (String k : m.keySet()) {
      if (!KEYS.contains(k)) {
        throw new InvalidValueException(source + ": key", "'" + k + "'", "one of " + KEYS);
      }
    }
    SortedMap<Nation, InetSocketAddress> partners = new TreeMap<>();
    for (Map.Entry<String, Object> p :
        mapping(source + ": partners", m.getOrDefault("partners", Map.of())).entrySet()) {
      partners.put(new Nation(p.getKey()), address(source + ": partners", p.getValue()));
    }
    return new NodeSettings(
        nation(source + ": nation", m.get("nation")),
        oneOf(source + ": channel", Channel.values(), m.get("channel")),
        address(source + ": linkAddress", m.get("linkAddress")),
        address(source + ": nationalAddress", m.get("nationalAddress")),
        partners,
        relays(source, m, partners.keySet()),
        flag(source + ": exerciseClock", m.getOrDefault("exerciseClock", false)),
        oneOf(
            source + ": durability",
            Durability.values(),
            String.valueOf(m.getOrDefault("durability", "full"))
                .toUpperCase(java.util.Locale.ROOT)),
        count(source + ": eventsMiB", m.getOrDefault("eventsMiB", EVENTS_MIB), MOST_EVENTS_MIB));
  }

  private static SortedMap<Nation, SortedSet<Nation>> relays(
      String source, SortedMap<String, Object> m, Set<Nation> neighbours) {
    SortedMap<Nation, SortedSet<Nation>> out = new TreeMap<>();
    String field = source + ": relays";
    for (Map.Entry<String, Object> r :
        mapping(field, m.getOrDefault("relays", Map.of())).entrySet()) {
      if (!(r.getValue() instanceof List<?> names)) {
        throw new InvalidValueException(
            field + "." + r.getKey(), String.valueOf(r.getValue()), "a list of nations");
      }
      SortedSet<Nation> through = new TreeSet<>();
      for (Object name : names) {
        Nation relay = new Nation(String.valueOf(name));
        if (!neighbours.contains(relay)) {
          throw new InvalidValueException(
              field + "." + r.getKey(), relay, "one of the partners " + neighbours);
        }
        through.add(relay);
      }
      out.put(new Nation(r.getKey()), through);
    }
    return out;
  }

  /** The text of a settings file that says the same. */
  public String format() {
    StringBuilder b = new StringBuilder();
    b.append("nation: ").append(nation).append('\n');
    b.append("channel: ").append(channel).append('\n');
    b.append("linkAddress: ").append(text(linkAddress)).append('\n');
    b.append("nationalAddress: ").append(text(nationalAddress)).append('\n');
    b.append("partners:\n");
    partners.forEach((n, a) -> b.append("  ").append(n).append(": ").append(text(a)).append('\n'));
    if (!relays.isEmpty()) {
      b.append("relays:\n");
      relays.forEach((n, r) -> b.append("  ").append(n).append(": ").append(r).append('\n'));
    }
    b.append("exerciseClock: ").append(exerciseClock).append('\n');
    b.append("durability: ")
        .append(durability.name().toLowerCase(java.util.Locale.ROOT))
        .append('\n');
    b.append("eventsMiB: ").append(eventsMiB).append('\n');
    return b.toString();
  }

  private static String text(InetSocketAddress a) {
    return "\"" + a.getHostString() + ":" + a.getPort() + "\"";
  }

  private static Nation nation(String field, @org.jspecify.annotations.Nullable Object o) {
    try {
      return new Nation(o == null ? "missing" : String.valueOf(o));
    } catch (InvalidValueException e) {
      throw new InvalidValueException(
          field, o == null ? "missing" : "'" + o + "'", "three capital letters, for example KOR");
    }
  }

  private static boolean flag(String field, Object o) {
    if (o instanceof Boolean b) {
      return b;
    }
    throw new InvalidValueException(field, "'" + o + "'", "true or false");
  }

  private static int count(String field, Object o, int most) {
    if (o instanceof Integer n && n >= 1 && n <= most) {
      return n;
    }
    throw new InvalidValueException(field, "'" + o + "'", "a whole number from 1 to " + most);
  }

  private static SortedMap<String, Object> mapping(
      String field, @org.jspecify.annotations.Nullable Object o) {
    if (o == null) {
      return new TreeMap<>();
    }
    if (!(o instanceof Map<?, ?> m)) {
      throw new InvalidValueException(field, String.valueOf(o), "keys with values");
    }
    SortedMap<String, Object> out = new TreeMap<>();
    m.forEach((k, v) -> out.put(String.valueOf(k), v));
    return out;
  }

  private static <E extends Enum<E>> E oneOf(
      String field, E[] values, @org.jspecify.annotations.Nullable Object o) {
    List<String> names = new ArrayList<>();
    for (E e : values) {
      if (e.name().equals(o)) {
        return e;
      }
      names.add(e.name());
    }
    throw new InvalidValueException(field, String.valueOf(o), "one of " + names);
  }

  private static InetSocketAddress address(
      String field, @org.jspecify.annotations.Nullable Object o) {
    String text = String.valueOf(o);
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        return new InetSocketAddress(
            text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(field, "'" + text + "'", "host:port, port 0 to 65535");
    }
    throw new InvalidValueException(field, "'" + text + "'", "host:port");
  }
}
