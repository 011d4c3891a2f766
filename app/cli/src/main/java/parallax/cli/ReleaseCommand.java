package parallax.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import parallax.engine.HeldReport;
import parallax.engine.Order;
import parallax.wire.OrderCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code parallax release}: what the policy holds for a person, and the person's answer. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = "Shows what a running node holds for its release officer, and decides about it.",
    subcommands = {
      ReleaseCommand.ListHeld.class,
      ReleaseCommand.Release.class,
      ReleaseCommand.Refuse.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class ReleaseCommand {

  /** {@code parallax release list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists what is held, oldest first. What nobody releases in time is withheld.")
  static final class ListHeld implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Override
    public Integer call() throws IOException, InterruptedException {
      List<HeldReport> held = node.ask(new OrderCodec.HeldRequest()).held();
      if (held.isEmpty()) {
        System.out.println("nothing is held");
      }
      for (HeldReport h : held) {
        System.out.printf(
            Locale.ROOT,
            "%d  to %s  %s  %s  until %s  by rule '%s'%s%n",
            h.id(),
            h.partner(),
            h.report().header().track(),
            h.report().dataClass(),
            h.deadline(),
            h.rule(),
            people(h));
      }
      return 0;
    }

    private static String people(HeldReport h) {
      if (!h.twoPerson()) {
        return "";
      }
      return "  two people must release it; so far "
          + (h.releasedBy().isEmpty() ? "nobody" : String.join(", ", h.releasedBy()));
    }
  }

  /** {@code parallax release release}. */
  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description =
          "Releases what is held; policy and agreement are asked once more before it leaves.")
  static final class Release implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Parameters(paramLabel = "ID", description = "its number, as listed")
    private long id;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return node.order(new Order.Decide(id, Order.Answer.RELEASE));
    }
  }

  /** {@code parallax release refuse}. */
  @Command(
      name = "refuse",
      mixinStandardHelpOptions = true,
      description = "Withholds what is held.")
  static final class Refuse implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Parameters(paramLabel = "ID", description = "its number, as listed")
    private long id;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return node.order(new Order.Decide(id, Order.Answer.REFUSE));
    }
  }
}
