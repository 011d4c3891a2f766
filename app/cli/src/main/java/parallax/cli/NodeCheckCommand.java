package parallax.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import parallax.host.check.Finding;
import parallax.host.check.Finding.Grade;
import parallax.host.check.NodeCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax node check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says everything that is wrong with a node's directory and machine at once.",
      "It looks at settings, keys, partners, agreement, policy, sensors, ports, areas, clock and"
          + " disk, changes nothing, and may be run while the node runs, by the user that the node"
          + " runs as.",
      "Exit code 0: all is right; 1: the node works, but look at the warnings; 2: errors."
    })
final class NodeCheckCommand implements Callable<Integer> {
  @Mixin private NodePlace place = new NodePlace();

  @Option(names = "--only-wrong", description = "do not print what is right")
  private boolean onlyWrong;

  @Override
  public Integer call() {
    Path directory = place.directory();
    List<Finding> findings = NodeCheck.run(directory);
    findings.stream()
        .filter(f -> !(onlyWrong && f.grade() == Grade.OK))
        .forEach(System.out::println);
    System.out.println(
        count(findings, Grade.ERROR, "error")
            + ", "
            + count(findings, Grade.WARNING, "warning")
            + ", "
            + count(findings, Grade.OK)
            + " right");
    return NodeCheck.exitCode(findings);
  }

  private static String count(List<Finding> findings, Grade grade, String word) {
    long n = count(findings, grade);
    return n + " " + word + (n == 1 ? "" : "s");
  }

  private static long count(List<Finding> findings, Grade grade) {
    return findings.stream().filter(f -> f.grade() == grade).count();
  }
}
