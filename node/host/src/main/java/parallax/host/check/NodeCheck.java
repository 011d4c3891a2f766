package parallax.host.check;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.engine.NodeConfiguration;
import parallax.host.NodeClock;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.host.Sharing;
import parallax.host.check.Finding.Grade;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;

/**
 * Looks at everything that a node needs, without starting it: nothing is written, and a node that
 * runs is not disturbed.
 */
public final class NodeCheck {
  private NodeCheck() {}

  /** What is found, in the order of what a start looks at. */
  public static List<Finding> run(Path root) {
    return run(root, Machine.real(), AreaCatalogue.bundled());
  }

  static List<Finding> run(Path root, Machine machine, AreaCatalogue areas) {
    Findings f = new Findings();
    NodeDirectory directory = new NodeDirectory(root);
    Instant now = Instant.now();
    Optional<NodeSettings> settings = SettingsCheck.check(directory, f);
    KeysCheck.checkFolder(directory, f);
    MachineCheck onMachine = new MachineCheck(directory, machine, f);
    if (settings.isPresent()) {
      NodeSettings s = settings.get();
      UtcTime nodeTime = nodeTime(root, s, now);
      new KeysCheck(directory, s, f, now).check();
      new PartnersCheck(directory, s, f, now).check();
      new AgreementCheck(directory, s, f, nodeTime).check();
      SensorsCheck.check(directory, s, f);
      PortsCheck.check(directory, s, f);
      onMachine.areas(s, areas);
      sharing(directory, s, areas, nodeTime, f);
    } else {
      f.warning("settings", "much else cannot be looked at until node.yaml is right");
    }
    onMachine.clock(now);
    onMachine.disk();
    return f.all();
  }

  /** The exit code of a check: 0 all is right, 1 warnings, 2 errors. */
  public static int exitCode(List<Finding> findings) {
    return findings.stream()
        .map(Finding::grade)
        .max(Comparator.naturalOrder())
        .orElse(Grade.OK)
        .exitCode();
  }

  /** An exercise clock that cannot be read is told with the settings. */
  private static UtcTime nodeTime(Path root, NodeSettings s, Instant now) {
    Findings unused = new Findings();
    return unused
        .read("", () -> new NodeClock(root, s.channel(), s.exerciseClock()).at(NodeClock.wallNs()))
        .orElse(UtcTime.of(now));
  }

  /** Reads all as a start does, and puts it in force in an engine that is thrown away. */
  private static void sharing(
      NodeDirectory directory, NodeSettings s, AreaCatalogue areas, UtcTime now, Findings f) {
    Findings tried = new Findings();
    Optional<Optional<String>> nothing =
        tried.read("sharing", () -> nothing(directory, s, areas, now));
    if (nothing.isEmpty()) {
      f.error("sharing", "the node would not start: " + tried.all().getFirst().text());
    } else if (nothing.get().isPresent()) {
      f.error("sharing", Sharing.nothingBecause(nothing.get().get()));
    } else {
      f.ok("sharing", "an agreement and a policy would be in force on channel " + s.channel());
    }
  }

  private static Optional<String> nothing(
      NodeDirectory directory, NodeSettings s, AreaCatalogue areas, UtcTime now)
      throws IOException {
    NodeConfiguration c = directory.configuration(s);
    List<SigningKey> keys = directory.streamKeys(s);
    return Sharing.nothingUnder(c, keys, areas, now);
  }
}
