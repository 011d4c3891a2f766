package parallax.simulation;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.engine.HeldReport;
import parallax.engine.Order;
import parallax.link.Lane;
import parallax.model.ConfidentialityLabel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/**
 * The people who decide about held reports, put policies in force, change keys, and take back and
 * label anew what was told, in worlds that nobody judges. Bulk lanes are slow there.
 */
final class Officers {
  private static final List<String> NAMES = List.of("kim", "sato");
  private static final List<Report.DataClass> LISTED =
      List.of(
          Report.DataClass.LAUNCH_POINT,
          Report.DataClass.FLIGHT_PATH,
          Report.DataClass.IMPACT_POINT);

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
            holdUp();
            SimNode n = chance.pick(world.nodes());
            if (n.isUp()) {
              order(n).ifPresent(o -> n.order(chance.pick(NAMES), o));
              if (chance.hit(0.15)) {
                n.forgetBefore(world.now() - chance.ns(0.5, 5));
              }
            }
            begin();
          }
        });
  }

  /** A bulk lane is held up now and then, so that what it brings was taken back before it comes. */
  private void holdUp() {
    List<Connection> bulk =
        world.network().connections().stream().filter(c -> c.stream.lane() == Lane.BULK).toList();
    if (!bulk.isEmpty() && chance.hit(0.3)) {
      Connection c = chance.pick(bulk);
      (chance.hit(0.5) ? c.forth : c.back).stalledUntilNs = world.now() + chance.ns(1, 4);
    }
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
    return switch (chance.below(20)) {
      case 0, 1 -> Optional.of(new Order.RevertPolicy());
      case 2, 3 -> Optional.of(new Order.PutPolicy(policy(n)));
      case 4, 5, 6 ->
          Optional.of(
              new Order.Recall(
                  track(n),
                  Optional.of(chance.pick(LISTED)),
                  chance.pick(List.of(Report.RecallReason.values()))));
      case 7 ->
          Optional.of(
              new Order.Recall(track(n), Optional.empty(), Report.RecallReason.FALSE_REPORT));
      case 8, 9, 10, 11 -> Optional.of(new Order.Relabel(track(n), label(n)));
      case 12, 13, 14 -> Optional.of(startOver(n.nation()));
      case 15, 16, 17 ->
          Optional.of(
              new Order.RotateKey(
                  Keys.stream(n.nation(), world.channel(), 1 + chance.below(3)).key()));
      default -> Optional.empty();
    };
  }

  private TrackId track(SimNode n) {
    return new TrackId(n.nation(), NationLedger.FILED_FROM + 1 + chance.below(3));
  }

  private ConfidentialityLabel label(SimNode n) {
    SortedSet<Nation> some = new TreeSet<>(world.topology().nations());
    some.remove(chance.pick(world.topology().partners(n.nation())));
    return new ConfidentialityLabel(
        "PARALLAX",
        ConfidentialityLabel.Classification.UNCLASSIFIED,
        chance.hit(0.5) ? some : new TreeSet<>(world.topology().nations()),
        List.of(),
        new UtcTime(world.now()));
  }

  /** With a key that is hardly ever new, so that it is refused for what is remembered of keys. */
  private Order startOver(Nation nation) {
    Nation partner = chance.pick(world.topology().partners(nation));
    return new Order.StartOver(
        partner, Keys.stream(partner, world.channel(), chance.below(3)).key());
  }

  private String policy(SimNode n) {
    Nation nation = n.nation();
    int next = chance.hit(0.2) ? version : ++version;
    return world.treaty().carefulPolicy(nation, n.agreement(), next, chance);
  }
}
