package parallax.host.check;

import java.net.InetSocketAddress;
import java.util.Optional;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.host.PortProblem;
import parallax.host.Setting;
import parallax.journal.files.SegmentLog;

/** Looks at the node's two ports: whether they are of this machine, and free or the node's own. */
final class PortsCheck {
  private static final String ABOUT = "ports";

  private PortsCheck() {}

  static void check(NodeDirectory directory, NodeSettings settings, Findings f) {
    Optional<String> running =
        f.read(ABOUT, () -> SegmentLog.holder(directory.journal())).flatMap(h -> h);
    running.ifPresent(
        process -> f.ok(ABOUT, "the node of this directory is running, as process " + process));
    port(Setting.LINK_ADDRESS.key(), settings.linkAddress(), running.isPresent(), f);
    port(Setting.NATIONAL_ADDRESS.key(), settings.nationalAddress(), running.isPresent(), f);
  }

  private static void port(String key, InetSocketAddress a, boolean running, Findings f) {
    String what = key + " " + a.getHostString() + ":" + a.getPort();
    Optional<PortProblem> problem = PortProblem.of(a);
    boolean taken = problem.equals(Optional.of(PortProblem.TAKEN));
    if (problem.isPresent() && !(taken && running)) {
      f.error(ABOUT, what + ": " + problem.get().text());
    } else if (a.getPort() == 0) {
      f.warning(ABOUT, what + ": port 0 is another port at every start; expected a fixed one");
    } else if (taken) {
      f.ok(ABOUT, what + " is open: the running node has it");
    } else if (running) {
      f.warning(ABOUT, what + " is free though the node runs: it goes by older settings");
    } else {
      f.ok(ABOUT, what + " is free");
    }
  }
}
