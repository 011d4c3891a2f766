package parallax.host.setup;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.Fingerprints;
import parallax.credentials.KeyExport;
import parallax.credentials.NationKeys;
import parallax.files.WholeFile;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.tables.SensorTable;

/**
 * Makes a node's directory, or goes on with one. Every file is written whole or not at all, and one
 * that is there stays; so a set-up that was interrupted goes on when it is run again.
 */
public final class Setup {
  /** Where partners connect unless something else is said: every address of the machine. */
  public static final String LINK = "0.0.0.0:7100";

  /** Where own sensors and operators connect unless something else is said: this machine. */
  public static final String NATIONAL = "127.0.0.1:7200";

  private static final byte[] NO_SENSORS =
      (String.join(",", SensorTable.NEEDED) + "\n").getBytes(StandardCharsets.UTF_8);

  private final SetupRequest request;
  private final NodeDirectory directory;
  private final Said said;
  private final NodeSettings settings;

  private Setup(SetupRequest request, Said said) throws IOException {
    this.request = request;
    this.directory = new NodeDirectory(request.directory());
    this.said = said;
    this.settings = settings();
  }

  /**
   * Makes what is missing.
   *
   * @param said hears of every step
   * @throws InvalidValueException when something that is given is wrong, or contradicts what is
   *     there; nothing that was there is changed then
   */
  public static SetupResult run(SetupRequest request, Instant now, Said said)
      throws IOException, GeneralSecurityException {
    return new Setup(request, said).all(now);
  }

  private SetupResult all(Instant now) throws IOException, GeneralSecurityException {
    List<PartnerImport> sent = new ArrayList<>();
    for (Map.Entry<Nation, List<Path>> p : request.sent().entrySet()) {
      requireOther(p.getKey());
      sent.add(PartnerImport.of(directory, p.getKey(), p.getValue()));
    }
    byte[] sensors = sensors();
    SetupTerms terms = new SetupTerms(directory, settings, request, said);
    SortedSet<Nation> parties = known();
    sent.forEach(p -> parties.add(p.partner()));
    terms.requireGood(parties, sent); // before the first file is made
    Folders.makePrivate(request.directory());
    Files.createDirectories(request.forPartners());
    writeSettings();
    new SetupKeys(directory, settings, request, said).make(now);
    for (PartnerImport p : sent) {
      p.put(said);
    }
    Files.createDirectories(directory.partners());
    Files.createDirectories(directory.agreement());
    terms.make(known(), sent);
    writeSensors(sensors);
    export();
    List<Nation> others = others(terms);
    return new SetupResult(
        settings,
        others,
        Fingerprints.of(
            CertificateAuthority.readCertificate(directory.keys().resolve(NationKeys.AUTHORITY))),
        sent.stream().flatMap(p -> p.notes().stream()).toList(),
        new StillMissing(directory, settings, request, terms).all(others));
  }

  private void requireOther(Nation partner) {
    if (partner.equals(settings.nation())) {
      throw new InvalidValueException("partner", partner, "another nation than the own one");
    }
  }

  private NodeSettings settings() throws IOException {
    Optional<NodeSettings> before =
        Files.exists(directory.root().resolve(NodeSettings.FILE))
            ? Optional.of(NodeSettings.read(directory.root()))
            : Optional.empty();
    Nation nation =
        kept("nation", request.nation(), before.map(NodeSettings::nation), "--nation, such as JPN");
    Channel channel =
        kept(
            "channel",
            request.channel(),
            before.map(NodeSettings::channel),
            "--channel REAL, EXERCISE or TEST");
    SortedMap<Nation, InetSocketAddress> partners =
        new TreeMap<>(before.map(NodeSettings::partners).orElse(new TreeMap<>()));
    partners.putAll(request.addresses());
    if (partners.containsKey(nation)) {
      throw new InvalidValueException("partner", nation, "another nation than the own one");
    }
    return new NodeSettings(
        nation,
        channel,
        request
            .link()
            .or(() -> before.map(NodeSettings::linkAddress))
            .orElseGet(() -> NodeSettings.address("address for partners", LINK)),
        request
            .national()
            .or(() -> before.map(NodeSettings::nationalAddress))
            .orElseGet(() -> NodeSettings.address("own address", NATIONAL)),
        partners,
        before.map(NodeSettings::relays).orElse(new TreeMap<>()),
        before.map(NodeSettings::exerciseClock).orElse(false),
        before.map(NodeSettings::durability).orElse(NodeSettings.Durability.FULL),
        before.map(NodeSettings::folding).orElse(true),
        before.map(NodeSettings::eventsMiB).orElse(NodeSettings.EVENTS_MIB),
        before.map(NodeSettings::keeps).orElse(NodeSettings.Keeps.STANDARD));
  }

  /** What is given, or else what is there; the two must not differ. */
  private <T> T kept(String what, Optional<T> given, Optional<T> there, String wanted) {
    if (given.isPresent() && there.isPresent() && !given.equals(there)) {
      throw new InvalidValueException(
          what + " of " + directory.root(),
          there.get(),
          "that of the directory, or another directory for " + given.get());
    }
    return given
        .or(() -> there)
        .orElseThrow(() -> new InvalidValueException(what, "not given", wanted));
  }

  private void writeSettings() throws IOException {
    Path file = directory.root().resolve(NodeSettings.FILE);
    byte[] text = settings.format().getBytes(StandardCharsets.UTF_8);
    if (!Files.exists(file)) {
      Folders.put(file, text, ", the settings", said);
    } else if (NodeSettings.read(directory.root()).equals(settings)) {
      said.there(file + ", the settings");
    } else {
      Path old = file.resolveSibling(NodeSettings.FILE + ".before");
      WholeFile.write(old, Files.readAllBytes(file));
      WholeFile.write(file, text);
      said.changed(file + ", the settings; what it was is " + old);
    }
  }

  /** The own nation and all that are known as partners. */
  private SortedSet<Nation> known() throws IOException {
    SortedSet<Nation> all = new TreeSet<>(settings.partners().keySet());
    all.addAll(settings.relays().keySet());
    all.addAll(request.parties());
    all.add(settings.nation());
    if (Files.isDirectory(directory.partners())) {
      all.addAll(directory.partnerNations());
    }
    return all;
  }

  /** The partners, and the other parties of the agreement. */
  private List<Nation> others(SetupTerms terms) throws IOException {
    SortedSet<Nation> all = known();
    all.addAll(terms.parties());
    all.remove(settings.nation());
    return List.copyOf(all);
  }

  /** The sensor table that is given, when it is good. */
  private byte[] sensors() throws IOException {
    if (request.sensors().isEmpty()) {
      return NO_SENSORS;
    }
    SensorTable table =
        SensorTable.parse(new StringReader(request.sensors().get()), "table of sensors");
    if (!table.errors().isEmpty()) {
      throw new InvalidValueException(
          "table of sensors", table.errors().getFirst().toString(), "sensors without errors");
    }
    return request.sensors().get().getBytes(StandardCharsets.UTF_8);
  }

  private void writeSensors(byte[] content) throws IOException {
    Path file = directory.sensors();
    if (Files.exists(file)
        && Arrays.equals(Files.readAllBytes(file), NO_SENSORS)
        && !Arrays.equals(content, NO_SENSORS)) {
      WholeFile.write(file, content);
      said.changed(file + ", the nation's sensors");
      return;
    }
    if (request.sensors().isPresent()) {
      Folders.requireSame(file, content, "the same; change " + file + " by hand");
    }
    Folders.put(file, content, ", the nation's sensors", said);
  }

  /** Puts together what partners are sent: public halves, the agreement, the own signature. */
  private void export() throws IOException, GeneralSecurityException {
    Path to = request.forPartners();
    boolean there = Files.exists(to.resolve(NationKeys.AUTHORITY));
    if (Files.exists(NationKeys.agreementKey(request.offline()))) {
      var unused = KeyExport.export(request.offline(), to);
    } else if (!there) {
      var unused = KeyExport.export(directory.keys(), to);
      copy(directory.agreementKey(settings.nation()), to.resolve("agreement.pub"));
    }
    copy(directory.agreementText(), to.resolve(NodeDirectory.AGREEMENT));
    Path own = directory.signature(settings.nation());
    Path sent = to.resolve(String.valueOf(own.getFileName()));
    if (Files.exists(own)) {
      copy(own, sent);
    } else {
      Files.deleteIfExists(sent);
    }
    said.say(there ? "there" : "made", to + ", what partners are sent");
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      WholeFile.write(to, Files.readAllBytes(from));
    }
  }
}
