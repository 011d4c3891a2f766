package parallax.host.check;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.host.NodeClock;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.Nation;

/** Looks at {@code node.yaml}. */
final class SettingsCheck {
  private static final String ABOUT = "settings";

  private SettingsCheck() {}

  /** The settings when a node can read them. */
  static Optional<NodeSettings> check(NodeDirectory directory, Findings f) {
    Path root = directory.root();
    List<String> faults = f.read(ABOUT, () -> NodeSettings.faults(root)).orElse(List.of("unread"));
    if (!faults.isEmpty()) {
      if (!faults.equals(List.of("unread"))) {
        faults.forEach(w -> f.error(ABOUT, w));
      }
      return Optional.empty();
    }
    Optional<NodeSettings> read = f.read(ABOUT, () -> NodeSettings.read(root));
    read.ifPresent(s -> look(root, s, f));
    return read;
  }

  private static void look(Path root, NodeSettings s, Findings f) {
    f.ok(
        ABOUT,
        root.resolve(NodeSettings.FILE)
            + ": "
            + s.nation()
            + " on channel "
            + s.channel()
            + ", partners "
            + s.partners().keySet());
    if (s.linkAddress().equals(s.nationalAddress()) && s.linkAddress().getPort() != 0) {
      f.error(
          ABOUT,
          "linkAddress and nationalAddress are both "
              + s.linkAddress().getHostString()
              + ":"
              + s.linkAddress().getPort()
              + "; expected two ports");
    }
    boolean others = false;
    for (Map.Entry<Nation, InetSocketAddress> p : s.partners().entrySet()) {
      if (p.getKey().equals(s.nation())) {
        f.error(ABOUT, "partners names " + p.getKey() + " itself; expected other nations only");
      }
      others |= !isLoopback(p.getValue());
    }
    if (others && isLoopback(s.linkAddress())) {
      f.warning(
          ABOUT,
          "linkAddress "
              + s.linkAddress().getHostString()
              + " can be reached from this machine only, and partners are on others; 0.0.0.0 is"
              + " every address of this machine");
    }
    if (f.holds(ABOUT, () -> time(root, s)) && s.exerciseClock()) {
      f.ok(ABOUT, "the node goes by the exercise clock of " + root.resolve(NodeClock.FILE));
    }
  }

  private static void time(Path root, NodeSettings s) throws java.io.IOException {
    var unused = new NodeClock(root, s.channel(), s.exerciseClock()).at(NodeClock.wallNs());
  }

  private static boolean isLoopback(InetSocketAddress a) {
    InetAddress address = a.getAddress();
    return address != null && address.isLoopbackAddress();
  }
}
