package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import parallax.credentials.Fingerprints;
import parallax.files.SmallFile;
import parallax.files.WholeFile;
import parallax.host.NodeDirectory;
import parallax.release.Agreement;
import parallax.release.NationalPolicy;
import parallax.wire.OrderCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code parallax policy apply}. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a policy in force at a running node, from the next record on; links stay up.",
      "It is checked against the node's own agreement first, and lies as policy.yaml afterwards."
    })
final class PolicyApply implements Callable<Integer> {
  @Mixin private NodeAccess node = new NodeAccess();

  @Parameters(paramLabel = "FILE", description = "the policy")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    NodeDirectory directory = node.directory();
    Path agreed = directory.agreement().resolve(NodeDirectory.AGREEMENT);
    byte[] yaml = PolicyFiles.bytes(file);
    int checked =
        PolicyFiles.work(
            () -> {
              Agreement a = Agreement.parse(SmallFile.bytes(agreed), agreed.toString());
              NationalPolicy.parse(yaml, file.toString(), a);
              return 0;
            });
    if (checked != 0) {
      return checked;
    }
    WholeFile.write(directory.nextPolicy(), yaml);
    return NodeAccess.print(node.ask(new OrderCodec.PolicyRequest(Fingerprints.sha256(yaml))));
  }
}
