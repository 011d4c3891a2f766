package parallax.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import parallax.engine.Order;
import parallax.model.Nation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax partner start-over}. */
@Command(
    name = "start-over",
    mixinStandardHelpOptions = true,
    description =
        "For a partner that has lost its journal, or was restored from an old backup: the streams"
            + " with it start over under its new key. What it signed before is accepted no more."
            + " What it had been told is told as a gap, and the newest of every own track is told"
            + " again (docs/operations.md).")
final class PartnerStartOver implements Callable<Integer> {
  @Mixin private NodeAccess node = new NodeAccess();

  @Parameters(paramLabel = "PARTNER", description = "The partner, for example KOR.")
  private String partner = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE|HEX",
      description = "The partner's new stream key: its .pub file, or 64 hex digits.")
  private String key = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Nation nation = PartnerCommand.nation(partner);
    return node.order(
        new Order.StartOver(
            nation, PartnerCommand.streamKey(key, nation, node.settings().channel())));
  }
}
