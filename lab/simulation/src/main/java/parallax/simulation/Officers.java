package parallax.simulation;

import java.util.List;
import java.util.Optional;
import parallax.engine.HeldReport;
import parallax.engine.Order;
import parallax.model.Nation;

/**
 * The people who decide about held reports and put policies in force, in worlds that nobody judges.
 */
final class Officers {
  private static final List<String> NAMES = List.of("kim", "sato");

  private final World world;
  private final Chance chance;
  private int version = 10;

  Officers(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  /** Lets them work until the calm begins. */
  void begin() {
    world.later(
        chance.ns(0.2, 0.8),
        () -> {
          if (!world.faults().isCalm()) {
            SimNode n = chance.pick(world.nodes());
            if (n.isUp()) {
              order(n).ifPresent(o -> n.order(chance.pick(NAMES), o));
            }
            begin();
          }
        });
  }

  private Optional<Order> order(SimNode n) {
    List<HeldReport> held = n.engine().held();
    Order.Answer answer =
        chance.pick(List.of(Order.Answer.RELEASE, Order.Answer.RELEASE, Order.Answer.REFUSE));
    if (!held.isEmpty() && chance.hit(0.8)) {
      HeldReport one = chance.pick(held);
      return Optional.of(
          chance.hit(0.7)
              ? new Order.Decide(one.id(), answer)
              : new Order.DecideAll(
                  chance.hit(0.5) ? Optional.of(one.track()) : Optional.empty(),
                  chance.hit(0.5) ? Optional.of(one.partner()) : Optional.empty(),
                  Optional.of(one.rule()),
                  answer));
    }
    if (chance.hit(0.1)) {
      return Optional.of(new Order.RevertPolicy());
    }
    return chance.hit(0.15) ? Optional.of(new Order.PutPolicy(policy(n))) : Optional.empty();
  }

  private String policy(SimNode n) {
    Nation nation = n.nation();
    int next = chance.hit(0.2) ? version : ++version;
    return world.treaty().carefulPolicy(nation, n.agreement(), next, chance);
  }
}
