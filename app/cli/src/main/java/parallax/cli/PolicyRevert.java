package parallax.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import parallax.engine.Order;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parallax policy revert}. */
@Command(
    name = "revert",
    mixinStandardHelpOptions = true,
    description = "Puts the policy in force again that was so before the present one.")
final class PolicyRevert implements Callable<Integer> {
  @Mixin private NodeAccess node = new NodeAccess();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return node.order(new Order.RevertPolicy());
  }
}
