package parallax.host;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of {@code node.yaml}: what each is called, what it means and its default. */
public enum Setting {
  /** Whose node it is. */
  NATION("nation", "three letters, ISO 3166-1", "", "the nation whose node this is"),
  /** The one channel. */
  CHANNEL(
      "channel",
      "REAL, EXERCISE or TEST",
      "",
      "the one channel it works on; keys, signatures and alert status follow from it"),
  /** The partners' port. */
  LINK_ADDRESS(
      "linkAddress",
      "host:port",
      "",
      "where partners' nodes connect; 0.0.0.0 is every address of this machine"),
  /** The own nation's port. */
  NATIONAL_ADDRESS(
      "nationalAddress", "host:port", "", "where the nation's own sensors and operators connect"),
  /** Where partners are. */
  PARTNERS(
      "partners",
      "nation: host:port",
      "none",
      "where each partner's node is; a partner that only a relay reaches has no line"),
  /** Through whom. */
  RELAYS(
      "relays",
      "nation: [nations]",
      "none",
      "through which partners another partner is reached as well, or at all"),
  /** A clock of its own. */
  EXERCISE_CLOCK(
      "exerciseClock",
      "true or false",
      "false",
      "whether the node goes by clock.properties; never on channel REAL"),
  /** How durable. */
  DURABILITY(
      "durability",
      "full or normal",
      "full",
      "what was acknowledged survives: full, a loss of power; normal, the end of the process"),
  /** Whether every record is sent. */
  FOLDING(
      "folding",
      "true or false",
      "true",
      "whether a bulk lane that cannot keep up sends only the newest of each track; without it"
          + " every record is sent, and arrives late"),
  /** Memory for events. */
  EVENTS_MIB(
      "eventsMiB",
      "MiB, 1 to " + NodeSettings.MOST_EVENTS_MIB,
      Integer.toString(NodeSettings.EVENTS_MIB),
      "memory for the newest events, for those who watch the node"),
  /** How long the past is kept. */
  KEEP_DAYS(
      "keepDays",
      "days, 0 to " + NodeSettings.Keeps.MOST.days(),
      Integer.toString(NodeSettings.Keeps.STANDARD.days()),
      "how long the journal keeps what a start does not need, so that past pictures can be shown"),
  /** How often a snapshot is taken. */
  SNAPSHOT_SECONDS(
      "snapshotSeconds",
      "seconds, 1 to " + NodeSettings.Keeps.MOST.snapshotSeconds(),
      Integer.toString(NodeSettings.Keeps.STANDARD.snapshotSeconds()),
      "after how long a snapshot is taken, from which the next start goes on"),
  /** After how many inputs. */
  SNAPSHOT_INPUTS(
      "snapshotInputs",
      "inputs, 1 to " + NodeSettings.Keeps.MOST.snapshotInputs(),
      Integer.toString(NodeSettings.Keeps.STANDARD.snapshotInputs()),
      "after how many inputs a snapshot is taken, if that is sooner");

  private final String key;
  private final String unit;
  private final String standard;
  private final String meaning;

  Setting(String key, String unit, String standard, String meaning) {
    this.key = key;
    this.unit = unit;
    this.standard = standard;
    this.meaning = meaning;
  }

  /** Its key in the file. */
  public String key() {
    return key;
  }

  /** Its form or unit. */
  public String unit() {
    return unit;
  }

  /** What it is when the file does not have it; empty when the file must have it. */
  public String standard() {
    return standard;
  }

  /** What it means, in one line. */
  public String meaning() {
    return meaning;
  }

  /** What it is in some settings, as people read it. */
  public String in(NodeSettings s) {
    return switch (this) {
      case NATION -> s.nation().code();
      case CHANNEL -> s.channel().name();
      case LINK_ADDRESS -> text(s.linkAddress());
      case NATIONAL_ADDRESS -> text(s.nationalAddress());
      case PARTNERS -> lines(s.partners(), Setting::text);
      case RELAYS -> lines(s.relays(), r -> r.toString());
      case EXERCISE_CLOCK -> Boolean.toString(s.exerciseClock());
      case DURABILITY -> s.durability().name().toLowerCase(Locale.ROOT);
      case FOLDING -> Boolean.toString(s.folding());
      case EVENTS_MIB -> Integer.toString(s.eventsMiB());
      case KEEP_DAYS -> Integer.toString(s.keeps().days());
      case SNAPSHOT_SECONDS -> Integer.toString(s.keeps().snapshotSeconds());
      case SNAPSHOT_INPUTS -> Integer.toString(s.keeps().snapshotInputs());
    };
  }

  /** The keys of all. */
  static List<String> keys() {
    return Stream.of(values()).map(Setting::key).toList();
  }

  private static String text(InetSocketAddress a) {
    return a.getHostString() + ":" + a.getPort();
  }

  private static <K, V> String lines(Map<K, V> map, Function<V, String> form) {
    return map.isEmpty()
        ? "none"
        : map.entrySet().stream()
            .map(e -> e.getKey() + " " + form.apply(e.getValue()))
            .collect(Collectors.joining(", "));
  }
}
