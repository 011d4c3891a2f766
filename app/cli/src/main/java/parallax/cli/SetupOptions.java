package parallax.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.exercise.NotionalSensors;
import parallax.files.SmallFile;
import parallax.host.NodeSettings;
import parallax.host.setup.Setup;
import parallax.host.setup.SetupRequest;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.tables.RowError;
import picocli.CommandLine.Option;

/** What {@code parallax setup} is told by options; questions fill in what is not given. */
final class SetupOptions {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      required = true,
      description = "the node's directory; made when it is not there")
  Path directory = Path.of("");

  @Option(names = "--nation", paramLabel = "XXX", description = "the nation, for example KOR")
  @Nullable String nation;

  @Option(names = "--channel", paramLabel = "CHANNEL", description = "REAL, EXERCISE or TEST")
  @Nullable Channel channel;

  @Option(
      names = "--link",
      paramLabel = "HOST:PORT",
      description = "where partners connect (default: " + Setup.LINK + ")")
  @Nullable String link;

  @Option(
      names = "--national",
      paramLabel = "HOST:PORT",
      description = "where own sensors and operators connect (default: " + Setup.NATIONAL + ")")
  @Nullable String national;

  @Option(
      names = "--partner",
      paramLabel = "XXX=FOLDER|FILE",
      description =
          "what a partner sent: its folder with authority, public keys and signature, or one file"
              + " of it; may be given several times")
  List<String> sent = new ArrayList<>();

  @Option(
      names = "--address",
      paramLabel = "XXX=HOST:PORT",
      description = "where a partner's node is; may be given several times")
  List<String> addresses = new ArrayList<>();

  @Option(
      names = "--party",
      paramLabel = "XXX",
      description =
          "a nation that the agreement is with, before anything came from it; may be given several"
              + " times")
  List<String> parties = new ArrayList<>();

  @Option(
      names = "--agreement",
      paramLabel = "FILE",
      description = "the agreement (default: what a partner sent, or the one that comes along)")
  private @Nullable Path agreement;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "the nation's policy (default: the one that comes along)")
  private @Nullable Path policy;

  @Option(
      names = "--sensors",
      paramLabel = "FILE",
      description = "the table of the nation's sensors (docs/node-directory.md)")
  @Nullable Path sensors;

  @Option(
      names = "--exercise-sensors",
      description = "take the notional sensors of the exercises; not on channel REAL")
  boolean exerciseSensors;

  @Option(
      names = "--officer",
      paramLabel = "NAME",
      description = "the person in whose name this machine's operator certificate is made")
  @Nullable String officer;

  @Option(
      names = "--sign",
      description = "sign the agreement for the channel, with the offline key; read it first")
  private boolean sign;

  @Option(
      names = "--offline",
      paramLabel = "FOLDER",
      description = "where every key of the nation is made (default: DIR-offline)")
  private @Nullable Path offline;

  @Option(
      names = "--for-partners",
      paramLabel = "FOLDER",
      description = "where what partners are sent is put together (default: DIR-for-partners)")
  private @Nullable Path forPartners;

  private Path beside(String suffix) {
    Path whole = directory.toAbsolutePath().normalize();
    Path name = directory.normalize().getFileName();
    if (name == null || name.toString().isEmpty() || name.toString().equals("..")) {
      return whole.resolveSibling(whole.getFileName() + suffix);
    }
    return directory.normalize().resolveSibling(name + suffix);
  }

  /** The folder with every key of the nation. */
  Path offline() {
    return folder("--offline", offline == null ? beside("-offline") : offline);
  }

  /** The folder for partners. */
  Path forPartners() {
    return folder("--for-partners", forPartners == null ? beside("-for-partners") : forPartners);
  }

  /** Refuses a directory that is something else. */
  void requireFolder() {
    var unused = folder("--dir", directory);
  }

  /** A folder that is there or can be made. */
  private static Path folder(String option, Path folder) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
      throw new WrongUse(
          option + ": " + folder + " is no folder; expected one, or a name that is free");
    }
    return folder;
  }

  /** What is to be done. */
  SetupRequest request(boolean signNow) throws IOException {
    SortedMap<Nation, InetSocketAddress> where = new TreeMap<>();
    for (String a : addresses) {
      where.put(of("--address", a), NodeSettings.address("--address " + a, after(a)));
    }
    SortedMap<Nation, List<Path>> what = new TreeMap<>();
    for (String p : sent) {
      what.computeIfAbsent(of("--partner", p), n -> new ArrayList<>()).add(path(after(p)));
    }
    TreeSet<Nation> with = new TreeSet<>();
    for (String p : parties) {
      with.add(PartnerCommand.nation(p));
    }
    return new SetupRequest(
        directory,
        offline(),
        forPartners(),
        Optional.ofNullable(nation).map(PartnerCommand::nation),
        Optional.ofNullable(channel),
        Optional.ofNullable(link).map(a -> NodeSettings.address("--link", a)),
        Optional.ofNullable(national).map(a -> NodeSettings.address("--national", a)),
        where,
        what,
        with,
        file("--agreement", agreement),
        file("--policy", policy),
        sensorTable(),
        Optional.ofNullable(officer),
        sign || signNow);
  }

  private Optional<String> sensorTable() throws IOException {
    Optional<Path> given = file("--sensors", sensors);
    if (given.isPresent() && exerciseSensors) {
      throw new WrongUse("--sensors and --exercise-sensors; expected one of them");
    }
    if (exerciseSensors) {
      if (nation == null || channel == Channel.REAL) {
        throw new WrongUse("--exercise-sensors needs --nation, and --channel EXERCISE or TEST");
      }
      return Optional.of(NotionalSensors.csv(PartnerCommand.nation(nation)));
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    List<RowError> errors = FeedExample.table(given.get()).errors();
    if (!errors.isEmpty()) {
      throw new WrongUse(
          given.get() + ", " + errors.getFirst() + "; expected a table without errors");
    }
    return Optional.of(SmallFile.text(given.get()));
  }

  private static Optional<Path> file(String option, @Nullable Path file) {
    if (file != null && !Files.isRegularFile(file)) {
      throw new WrongUse(option + ": there is no file " + file);
    }
    return Optional.ofNullable(file);
  }

  private static Nation of(String option, String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1 || equals == pair.length() - 1) {
      throw new WrongUse(
          option
              + " '"
              + WrongWords.shown(pair)
              + "'; expected a nation, =, and the rest: USA=...");
    }
    return PartnerCommand.nation(pair.substring(0, equals));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new WrongUse(
          "--partner '" + WrongWords.shown(text) + "'; expected the name of a folder or file");
    }
  }

  private static String after(String pair) {
    return pair.substring(pair.indexOf('=') + 1);
  }
}
