package parallax.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.KeyExport;
import parallax.credentials.NationKeys;
import parallax.credentials.NewKeys;
import parallax.credentials.Passphrase;
import parallax.evaluation.ExerciseParties;
import parallax.exercise.NotionalSensors;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.Nation;
import parallax.release.AgreementSigning;
import parallax.release.DefaultFiles;
import parallax.signing.SigningKey;

/**
 * The folders of the demo: a node's directory for each nation, and {@code offline/} with what no
 * node may hold: the authorities and the agreement keys. Made on first use with fresh keys; a
 * folder that has been used before keeps its keys and its signed agreement.
 */
final class DemoDirectories {
  /** Who gives orders in an exercise, before the nation's code. */
  private static final String OFFICER = "Exercise officer";

  private static final int CERTIFICATE_DAYS = 90;

  private final Path root;
  private final SortedMap<Nation, NodeSettings> settings = new TreeMap<>();

  private DemoDirectories(Path root) {
    this.root = root;
  }

  /** Prepares {@code root} for a new run. */
  static DemoDirectories prepare(Path root) throws IOException, GeneralSecurityException {
    return prepare(root, Instant.now());
  }

  /** The same with keys that were made at another time than now. */
  static DemoDirectories prepare(Path root, Instant made)
      throws IOException, GeneralSecurityException {
    DemoDirectories d = new DemoDirectories(root);
    if (!Files.exists(root.resolve("offline"))) {
      d.makeKeys(made);
    }
    d.choosePorts();
    for (Nation n : ExerciseParties.NATIONS) {
      NodeDirectory dir = d.node(n);
      deleteTree(dir.journal());
      deleteTree(dir.alerts());
      Files.deleteIfExists(dir.root().resolve(parallax.host.NodeClock.FILE));
      Files.writeString(dir.root().resolve(NodeSettings.FILE), d.settings(n).format());
      Files.writeString(dir.sensors(), NotionalSensors.csv(n), StandardCharsets.UTF_8);
    }
    return d;
  }

  NodeDirectory node(Nation nation) {
    return new NodeDirectory(root.resolve(nation.code()));
  }

  NodeSettings settings(Nation nation) {
    return of(settings, nation);
  }

  private static <T> T of(SortedMap<Nation, T> map, Nation nation) {
    T value = map.get(nation);
    if (value == null) {
      throw new IllegalArgumentException(nation + " takes no part");
    }
    return value;
  }

  /** Makes each nation's keys as {@code parallax keys new} does, and hands them round. */
  private void makeKeys(Instant now) throws IOException, GeneralSecurityException {
    Path offline = root.resolve("offline.new");
    SortedMap<Nation, SigningKey> agreementKeys = new TreeMap<>();
    for (Nation n : ExerciseParties.NATIONS) {
      Path made = offline.resolve(n.code());
      NewKeys.create(n, made, now, CERTIFICATE_DAYS, CERTIFICATE_DAYS);
      agreementKeys.put(n, NationKeys.readAgreementSeed(NationKeys.agreementSeed(made), n));
      NodeDirectory dir = node(n);
      Files.createDirectories(dir.agreement());
      String seed =
          String.valueOf(NationKeys.streamSeed(made, ExerciseParties.CHANNEL).getFileName());
      String log = String.valueOf(NationKeys.logSeed(made, ExerciseParties.CHANNEL).getFileName());
      copy(made, dir.keys(), List.of("ca.pem", "node.pem", "node.key", seed, log));
      copy(made, clients(n), List.of("sensor.pem", "sensor.key", "operator.pem", "operator.key"));
      NewKeys.renewFor(
          OFFICER + " " + n,
          made,
          clients(n),
          CertificateAuthority.Role.OPERATOR,
          now,
          CERTIFICATE_DAYS,
          Passphrase.beside());
      Files.write(dir.policy(), DefaultFiles.policy(n));
    }
    byte[] agreement = DefaultFiles.agreement();
    for (Nation n : ExerciseParties.NATIONS) {
      NodeDirectory dir = node(n);
      Files.write(dir.agreement().resolve(NodeDirectory.AGREEMENT), agreement);
      for (Nation party : ExerciseParties.NATIONS) {
        Path theirs = offline.resolve(party.code());
        Files.copy(NationKeys.agreementKey(theirs), dir.agreement().resolve(party + ".pub"));
        Files.writeString(
            dir.agreement().resolve(NodeDirectory.AGREEMENT + "." + party + ".sig"),
            AgreementSigning.sign(
                    agreement,
                    NodeDirectory.AGREEMENT,
                    party,
                    of(agreementKeys, party),
                    Set.of(ExerciseParties.CHANNEL))
                .format());
        if (!party.equals(n)) {
          KeyExport.export(theirs, dir.partner(party));
        }
      }
    }
    Files.move(offline, root.resolve("offline"));
  }

  private static void copy(Path from, Path to, List<String> names) throws IOException {
    Files.createDirectories(to);
    for (String name : names) {
      Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** What no node may hold: a nation's authority and agreement key. */
  Path offline(Nation nation) {
    return root.resolve("offline").resolve(nation.code());
  }

  private void choosePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    SortedMap<Nation, InetSocketAddress> link = new TreeMap<>();
    SortedMap<Nation, InetSocketAddress> national = new TreeMap<>();
    try (ServerSocketList held = new ServerSocketList()) {
      for (Nation n : ExerciseParties.NATIONS) {
        link.put(n, new InetSocketAddress(loopback, held.freePort(loopback)));
        national.put(n, new InetSocketAddress(loopback, held.freePort(loopback)));
      }
    }
    for (Nation n : ExerciseParties.NATIONS) {
      SortedMap<Nation, InetSocketAddress> partners = new TreeMap<>(link);
      partners.remove(n);
      settings.put(
          n,
          new NodeSettings(
              n,
              ExerciseParties.CHANNEL,
              of(link, n),
              of(national, n),
              partners,
              new TreeMap<>(),
              true,
              NodeSettings.Durability.NORMAL));
    }
  }

  /** Certificates and keys of the clients of a nation's own port. */
  Path clients(Nation nation) {
    return root.resolve("clients").resolve(nation.code());
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (var walk = Files.walk(tree)) {
      for (Path p : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }

  /** Holds the ports found until all are, so that no two are the same. */
  private static final class ServerSocketList implements AutoCloseable {
    private final List<ServerSocket> sockets = new java.util.ArrayList<>();

    int freePort(InetAddress address) throws IOException {
      ServerSocket s = new ServerSocket(0, 1, address);
      sockets.add(s);
      return s.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (ServerSocket s : sockets) {
        s.close();
      }
    }
  }
}
