package parallax.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.client.OperatorClient;
import parallax.credentials.CertificateAuthority;
import parallax.evaluation.ExerciseParties;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.host.NodeSettings;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.wire.FeedStatus;
import parallax.wire.OrderCodec;

/** The Japanese node in this process, with real ports, that a test stops and starts again. */
public final class OneNode implements AutoCloseable {
  private static final Nation JPN = Nation.JPN;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");
  private final DemoDirectories dirs;
  private @Nullable Node node;

  /** A node that goes by the wall clock. */
  public static OneNode byTheWallClock(Path folder) throws Exception {
    OneNode n = new OneNode(folder);
    Path settings = n.directory().resolve(NodeSettings.FILE);
    Files.writeString(
        settings,
        Files.readString(settings).replace("exerciseClock: true", "exerciseClock: false"));
    n.start();
    return n;
  }

  /** A node whose exercise clock begins at a time and passes so many seconds in one. */
  public static OneNode byAnExerciseClock(Path folder, UtcTime begin, double speed)
      throws Exception {
    OneNode n = new OneNode(folder);
    for (Nation nation : ExerciseParties.NATIONS) {
      new NodeClock.Setting(begin, NodeClock.wallNs(), speed, begin.plusSeconds(36_000))
          .write(n.dirs.node(nation).root());
    }
    n.start();
    return n;
  }

  private OneNode(Path folder) throws Exception {
    dirs = DemoDirectories.prepare(folder);
    for (String ending : List.of(".pem", ".key")) {
      Files.copy(
          dirs.clients(JPN).resolve("sensor" + ending),
          dirs.node(JPN).keys().resolve("sensor" + ending),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.copy(dirs.node(JPN).keys().resolve("ca.pem"), dirs.clients(JPN).resolve("ca.pem"));
  }

  /** Starts the node, again if it was stopped. */
  public void start() throws Exception {
    node = Node.start(directory(), log);
  }

  /** Stops the node; what it acknowledged is in its journal. */
  public void stop() {
    Node n = node;
    node = null;
    if (n != null) {
      n.close();
    }
  }

  /** The node's directory; a sensor's certificate and key are among its keys. */
  public Path directory() {
    return dirs.node(JPN).root();
  }

  /** Certificates and keys of the node's clients, with the authority. */
  public Path clients() {
    return dirs.clients(JPN);
  }

  /** The certificates of another nation's clients. */
  public Path clientsOf(Nation other) {
    return dirs.clients(other);
  }

  /** The national port, as host and port. */
  public String address() {
    NodeSettings s = dirs.settings(JPN);
    return s.nationalAddress().getHostString() + ":" + s.nationalAddress().getPort();
  }

  /** What the node has logged. */
  public String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  /** How the node says that its feeds are. */
  public List<FeedStatus> feeds() throws Exception {
    try (OperatorClient operator =
        new OperatorClient(
            JPN,
            dirs.settings(JPN).nationalAddress(),
            clients(),
            CertificateAuthority.readCertificates(clients().resolve("ca.pem")))) {
      return operator.ask(new OrderCodec.StatusRequest()).feeds();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
