package parallax.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import parallax.files.SmallFile;
import parallax.link.LinkConfig;
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
 * @param folding whether a congested bulk lane sends only the newest of each track and data class
 * @param eventsMiB memory for the newest events, for those who watch, MiB
 * @param keeps how much of the past the journal keeps
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
    boolean folding,
    int eventsMiB,
    Keeps keeps) {
  /**
   * How much of the past the journal keeps, and how often a snapshot is taken.
   *
   * @param days how long inputs and snapshots are kept that no start needs, days, 0 or more
   * @param snapshotSeconds a snapshot is taken after so long, seconds, 1 or more
   * @param snapshotInputs and after so many inputs, 1 or more
   */
  public record Keeps(int days, int snapshotSeconds, int snapshotInputs) {
    /** What the file need not say. */
    public static final Keeps STANDARD = new Keeps(30, 60, 200_000);

    /** The most that each may be. */
    static final Keeps MOST = new Keeps(36_500, 86_400, 100_000_000);
  }

  /** What {@code eventsMiB} is unless the file says otherwise. */
  public static final int EVENTS_MIB = 64;

  /** The most that it may be. */
  static final int MOST_EVENTS_MIB = 16 * 1024;

  /** The same with folding, the standard memory for events and the standard past. */
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
        true,
        EVENTS_MIB,
        Keeps.STANDARD);
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

  /**
   * Reads the settings of a node's directory.
   *
   * @throws IOException when the file cannot be read
   * @throws InvalidValueException when it says something wrong; the message names the file and key
   */
  public static NodeSettings read(Path directory) throws IOException {
    return reader(directory).settings();
  }

  static NodeSettings parse(String text, String source) {
    return new SettingsReader(text, source).settings();
  }

  /**
   * Everything that is wrong with the settings of a directory; empty when a node can read them.
   *
   * @throws IOException when the file cannot be read
   */
  public static List<String> faults(Path directory) throws IOException {
    return reader(directory).faults().stream().map(e -> String.valueOf(e.getMessage())).toList();
  }

  /**
   * The keys that the settings file of a directory has; all others have their defaults.
   *
   * @throws IOException when the file cannot be read
   */
  public static SortedSet<String> given(Path directory) throws IOException {
    return reader(directory).given();
  }

  private static SettingsReader reader(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new InvalidValueException(
          "node directory", directory, "a directory with a " + FILE + " in it");
    }
    return new SettingsReader(
        Utf8Text.decode(SmallFile.whole(file), file.toString()), file.toString());
  }

  /**
   * An address as it stands in the settings.
   *
   * @param field what messages call it
   * @param text {@code host:port}
   * @throws InvalidValueException when it is none
   */
  public static InetSocketAddress address(String field, String text) {
    return SettingsReader.address(field, text);
  }

  /** Times and limits of the streams to and from partners. */
  public LinkConfig links() {
    return folding ? LinkConfig.standard() : LinkConfig.standard().withoutFolding();
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
    b.append("durability: ").append(durability.name().toLowerCase(Locale.ROOT)).append('\n');
    b.append("folding: ").append(folding).append('\n');
    b.append("eventsMiB: ").append(eventsMiB).append('\n');
    b.append("keepDays: ").append(keeps.days()).append('\n');
    b.append("snapshotSeconds: ").append(keeps.snapshotSeconds()).append('\n');
    b.append("snapshotInputs: ").append(keeps.snapshotInputs()).append('\n');
    return b.toString();
  }

  private static String text(InetSocketAddress a) {
    return "\"" + a.getHostString() + ":" + a.getPort() + "\"";
  }
}
