package parallax.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parallax.client.SensorFeed;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateSubject;
import parallax.credentials.NationKeys;
import parallax.files.FileProblem;
import parallax.host.NodeClock;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import picocli.CommandLine.Option;

/** The options by which a gateway's command finds the running node, and the way to feed it. */
final class FeedTarget {
  private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\[\\]]+?)]?:([0-9]{1,5})");
  private static final String SENSOR = "sensor";

  @Option(
      names = "--to",
      paramLabel = "DIR|HOST:PORT",
      description = "the node's directory, or the address of its national port")
  private String to = "";

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "the gateway's certificate, of role sensor (default: keys/sensor.pem of DIR)")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "its key (default: keys/sensor.key of DIR)")
  private @Nullable Path key;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "the nation's authority, which issued the node's certificate (default: keys/ca.pem of"
              + " DIR)")
  private @Nullable Path authority;

  private record Node(
      Nation nation,
      InetSocketAddress address,
      List<X509Certificate> authorities,
      boolean exerciseClock) {}

  private @Nullable Node found;

  /** Whether a node is named at all. */
  boolean isNamed() {
    return !to.isEmpty();
  }

  /** The node's directory; null when an address is named. */
  @Nullable NodeDirectory directory() {
    try {
      return Files.isDirectory(Path.of(to)) ? new NodeDirectory(Path.of(to)) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** The nation whose node it is. */
  Nation nation() {
    return node().nation;
  }

  /** Whether the node is known to go by an exercise clock. */
  boolean hasExerciseClock() {
    return node().exerciseClock;
  }

  /** The clock of the exercise that the node goes by; empty where it is not known or not set. */
  Optional<NodeClock.Setting> clock() {
    NodeDirectory dir = directory();
    if (dir == null || !hasExerciseClock()) {
      return Optional.empty();
    }
    try {
      NodeClock.Setting s = NodeClock.Setting.read(dir.root().resolve(NodeClock.FILE));
      return s.wallStartNs() == NodeClock.Setting.NOT_YET ? Optional.empty() : Optional.of(s);
    } catch (IOException | InvalidValueException e) {
      return Optional.empty();
    }
  }

  /** A feed of the node that is not opened yet. */
  SensorFeed feed(String name, SensorFeed.Listener listener) {
    Node node = node();
    Path pem = file(certificate, "--certificate", SENSOR + ".pem");
    Path secret = file(key, "--key", SENSOR + ".key");
    try {
      return new SensorFeed(
          node.nation, node.address, pem, secret, node.authorities, name, listener);
    } catch (IOException e) {
      throw new WrongUse("the gateway's certificate or key: " + FileProblem.of(e));
    } catch (GeneralSecurityException | InvalidValueException e) {
      throw new WrongUse(
          "the gateway's certificate " + pem + " or key " + secret + ": " + e.getMessage());
    }
  }

  /** Looked up once: the files are read and the host is asked for only then. */
  private Node node() {
    Node known = found;
    if (known == null) {
      known = find();
      found = known;
    }
    return known;
  }

  private Node find() {
    NodeDirectory dir = directory();
    if (dir != null) {
      try {
        NodeSettings s = NodeSettings.read(dir.root());
        return new Node(s.nation(), s.nationalAddress(), authorities(), s.exerciseClock());
      } catch (IOException e) {
        throw new WrongUse(FileProblem.of(e));
      } catch (InvalidValueException e) {
        throw new WrongUse(String.valueOf(e.getMessage()));
      }
    }
    Matcher m = ADDRESS.matcher(to);
    int port = m.matches() ? Integer.parseInt(String.valueOf(m.group(2))) : Integer.MAX_VALUE;
    if (port > 65_535) {
      throw new WrongUse(
          "--to '" + BadPlot.shown(to) + "' is neither a node's directory nor HOST:PORT");
    }
    String host = String.valueOf(m.group(1));
    List<X509Certificate> authorities = authorities();
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new WrongUse("--to " + BadPlot.shown(to) + ": there is no such host");
    }
    return new Node(nationOf(authorities), address, authorities, false);
  }

  private static Nation nationOf(List<X509Certificate> authorities) {
    try {
      return new Nation(CertificateSubject.of(authorities.getFirst()).nation());
    } catch (GeneralSecurityException | InvalidValueException e) {
      throw new WrongUse("--ca: " + e.getMessage());
    }
  }

  private List<X509Certificate> authorities() {
    Path file = file(authority, "--ca", NationKeys.AUTHORITY);
    try {
      return CertificateAuthority.readCertificates(file);
    } catch (IOException e) {
      throw new WrongUse(FileProblem.of(e));
    } catch (GeneralSecurityException e) {
      throw new WrongUse(GivenFile.named(file, e));
    }
  }

  /** The file that an option names, or that lies in the node's directory. */
  private Path file(@Nullable Path named, String option, String inKeys) {
    Path file = named;
    if (file == null) {
      NodeDirectory dir = directory();
      if (dir == null) {
        throw new WrongUse(
            option + " FILE is needed beside --to HOST:PORT; only a node's directory holds one");
      }
      file = dir.keys().resolve(inKeys);
    }
    if (!Files.isRegularFile(file)) {
      throw new WrongUse("there is no " + file + "; " + option + " names it");
    }
    return file;
  }
}
