package parallax.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.engine.HeldReport;
import parallax.engine.Order;
import parallax.model.UtcTime;
import parallax.wire.OrderCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
      description = {
        "Lists what is held, the nearest deadline first. What nobody releases in time is withheld.",
        "Of a track and data class the newest report waits for each partner, under one number."
      })
  static final class ListHeld implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Override
    public Integer call() throws IOException, InterruptedException {
      OrderCodec.Answer answer = node.ask(new OrderCodec.HeldRequest());
      List<HeldReport> held = answer.held();
      if (held.isEmpty()) {
        System.out.println("nothing is held");
        return 0;
      }
      HeldText.lines(held, new UtcTime(answer.nowNs())).forEach(System.out::println);
      return 0;
    }
  }

  /** Which of what is held is meant: one by its number, or all of a track or rule. */
  static final class Which {
    @Parameters(paramLabel = "ID", arity = "0..1", description = "Its number, as listed.")
    private @Nullable Long id;

    @Option(
        names = "--track",
        paramLabel = "TRACK",
        description = "All that is held of this track, for example KOR-3.")
    private @Nullable String track;

    @Option(
        names = "--rule",
        paramLabel = "NAME",
        description = "All that this rule of the policy holds.")
    private @Nullable String rule;

    @Option(
        names = "--to",
        paramLabel = "PARTNER",
        description = "With --track or --rule: only what is held for this partner.")
    private @Nullable String partner;

    Order order(Order.Answer answer) {
      boolean many = track != null || rule != null;
      if (many == (id != null) || (partner != null && !many)) {
        throw new WrongUse(
            "say which: the number of one held report, or --track or --rule, with --to if only for"
                + " one partner");
      }
      return id != null
          ? new Order.Decide(id, answer)
          : new Order.DecideAll(
              Optional.ofNullable(track).map(TrackCommand::track),
              Optional.ofNullable(partner).map(PartnerCommand::nation),
              Optional.ofNullable(rule),
              answer);
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

    @Mixin private Which which = new Which();

    @Override
    public Integer call() throws IOException, InterruptedException {
      return node.order(which.order(Order.Answer.RELEASE));
    }
  }

  /** {@code parallax release refuse}. */
  @Command(
      name = "refuse",
      mixinStandardHelpOptions = true,
      description = "Withholds what is held.")
  static final class Refuse implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Mixin private Which which = new Which();

    @Override
    public Integer call() throws IOException, InterruptedException {
      return node.order(which.order(Order.Answer.REFUSE));
    }
  }
}
