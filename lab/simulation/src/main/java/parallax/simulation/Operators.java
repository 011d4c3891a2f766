package parallax.simulation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.Order;
import parallax.link.LinkHealth;
import parallax.model.ConfidentialityLabel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.signing.VerificationKey;

/**
 * The people at the nodes: they suspend and resume, recall and correct, change keys, policies and
 * agreements. An order that a crash took with it is given again.
 */
final class Operators {
  /** Who gives orders, as the journal names them. */
  static final String NAME = "operator";

  /** How often somebody tries a key that was lost to them. */
  private static final int THEFTS = 3;

  private static final int MOST_TRIES = 30;

  private final World world;
  private final Chance chance;
  private final List<Standing> standing = new ArrayList<>();
  private final SortedMap<Nation, Integer> generations = new TreeMap<>();
  private int agreementVersion = 1;
  private Treaty.Text newest;

  /** An order that is given until it is answered. */
  private static final class Standing {
    final Nation to;
    final Order order;
    int tries;

    Standing(Nation to, Order order) {
      this.to = to;
      this.order = order;
    }
  }

  Operators(World world, Chance chance, Treaty.Text agreement) {
    this.world = world;
    this.chance = chance;
    this.newest = agreement;
  }

  /** The newest agreement that was signed. */
  Treaty.Text newest() {
    return newest;
  }

  /** Plans what people do in a run of so many seconds. */
  void plan(double lengthS) {
    plan(Fault.SUSPENSION, 1.2, lengthS, this::suspend);
    plan(Fault.NOTICE, 2, lengthS, this::takeBack);
    plan(Fault.KEY_ROTATION, 1, lengthS, this::rotate);
    plan(Fault.KEY_REVOCATION, 0.6, lengthS, this::revoke);
    plan(Fault.POLICY_CHANGE, 0.6, lengthS, this::changePolicy);
    plan(Fault.AGREEMENT_CHANGE, 0.5, lengthS, this::changeAgreement);
  }

  private void plan(Fault fault, double often, double lengthS, Runnable what) {
    double left = often * world.faults().strength(fault);
    while (left > 0 && (left >= 1 || chance.hit(left))) {
      world.later(
          chance.ns(1, lengthS),
          () -> {
            if (world.faults().has(fault)) {
              world.faults().count(fault);
              what.run();
            }
          });
      left -= 1;
    }
  }

  private SimNode someone() {
    return chance.pick(world.nodes());
  }

  private void give(Nation to, Order order) {
    Standing s = new Standing(to, order);
    standing.add(s);
    attempt(s);
  }

  private void attempt(Standing s) {
    s.tries++;
    world.say(s.to, "is ordered " + s.order);
    world.node(s.to).ifPresent(n -> n.order(s.order));
  }

  /** An order was answered, and the answer is durable. */
  void answered(Nation at, Order order, boolean done) {
    for (Iterator<Standing> i = standing.iterator(); i.hasNext(); ) {
      Standing s = i.next();
      if (s.to.equals(at) && s.order.equals(order)) {
        if (done || s.tries > MOST_TRIES || !isNeeded(order)) {
          i.remove();
        }
        return;
      }
    }
  }

  /** Whether an order that is refused is given again. */
  private static boolean isNeeded(Order order) {
    return switch (order) {
      case Order.Suspend s -> true;
      case Order.Resume r -> false;
      case Order.TrustKey t -> true;
      case Order.RevokeKey r -> true;
      case Order.RotateKey r -> false;
      case Order.Recall r -> false;
      case Order.Correct c -> false;
      case Order.Relabel r -> false;
      case Order.Decide d -> false;
      case Order.DecideAll d -> false;
      case Order.StartOver s -> false;
      case Order.PutPolicy p -> false;
      case Order.RevertPolicy r -> false;
    };
  }

  /** Gives again what was not answered; to be called every second. */
  void remind() {
    standing.removeIf(s -> s.tries > MOST_TRIES);
    List.copyOf(standing).forEach(this::attempt);
  }

  boolean isDone() {
    return standing.isEmpty();
  }

  private void suspend() {
    SimNode n = someone();
    Nation partner = chance.pick(world.topology().partners(n.nation()));
    Order.Direction direction =
        chance.pick(List.of(Order.Direction.SEND, Order.Direction.RECEIVE, Order.Direction.BOTH));
    give(n.nation(), new Order.Suspend(partner, direction, "a dispute"));
    Order.Backfill backfill =
        chance.pick(List.of(Order.Backfill.NONE, Order.Backfill.ALL, Order.Backfill.SINCE));
    long sinceNs = world.now() + chance.ns(-3, 3);
    world.later(
        chance.ns(0.3, 7),
        () ->
            give(
                n.nation(),
                new Order.Resume(
                    partner,
                    backfill,
                    backfill == Order.Backfill.SINCE
                        ? Optional.of(new UtcTime(sinceNs))
                        : Optional.empty())));
  }

  private void takeBack() {
    SimNode n = someone();
    TrackId track = new TrackId(n.nation(), NationLedger.FILED_FROM + 1 + chance.below(3));
    ConfidentialityLabel label = label(n.nation());
    Report.Header header =
        new Report.Header(track, world.channel(), new UtcTime(world.now()), label);
    Order order =
        switch (chance.below(4)) {
          case 0 -> new Order.Recall(track, Optional.empty(), Report.RecallReason.FALSE_REPORT);
          case 1 ->
              new Order.Recall(
                  track,
                  Optional.of(
                      chance.pick(
                          List.of(
                              Report.DataClass.LAUNCH_POINT,
                              Report.DataClass.FLIGHT_PATH,
                              Report.DataClass.IMPACT_POINT))),
                  Report.RecallReason.MISTAKE);
          case 2 ->
              new Order.Correct(
                  world
                      .script()
                      .someReport(header)
                      .orElse(
                          new Report.ImpactReport(
                              header,
                              new parallax.model.ImpactPointPrediction.NoImpactExpected(
                                  new UtcTime(world.now())))));
          default ->
              new Order.Relabel(track, chance.hit(0.6) ? narrower(label, n.nation()) : label);
        };
    give(n.nation(), order);
  }

  private ConfidentialityLabel label(Nation self) {
    SortedSet<Nation> all = new TreeSet<>(world.topology().nations());
    all.add(self);
    return new ConfidentialityLabel(
        "PARALLAX",
        ConfidentialityLabel.Classification.UNCLASSIFIED,
        all,
        List.of(),
        new UtcTime(world.now()));
  }

  private ConfidentialityLabel narrower(ConfidentialityLabel label, Nation self) {
    SortedSet<Nation> some = new TreeSet<>(label.releasableTo());
    some.remove(chance.pick(world.topology().partners(self)));
    return new ConfidentialityLabel(
        label.policy(), label.classification(), some, label.caveats(), label.createdAt());
  }

  private Optional<Integer> nextGeneration(Nation n) {
    int next = generations.merge(n, 1, Integer::sum);
    return next < Keys.SUCCESSORS ? Optional.of(next) : Optional.empty();
  }

  private void rotate() {
    SimNode n = someone();
    nextGeneration(n.nation())
        .ifPresent(
            g ->
                give(
                    n.nation(),
                    new Order.RotateKey(Keys.stream(n.nation(), world.channel(), g).key())));
  }

  /** A key is lost to somebody: its nation restarts with another, and its partners are told. */
  private void revoke() {
    SimNode n = someone();
    Optional<VerificationKey> old = n.streamKey();
    Optional<Integer> next = old.isPresent() ? nextGeneration(n.nation()) : Optional.empty();
    if (next.isEmpty()) {
      return;
    }
    standing.removeIf(s -> s.to.equals(n.nation()) && s.order instanceof Order.RotateKey);
    n.configureKey(next.get());
    n.crash("to start with another key");
    VerificationKey fresh = Keys.stream(n.nation(), world.channel(), next.get()).key();
    for (Nation p : world.topology().partners(n.nation())) {
      if (world.node(p).isPresent()) {
        world.later(
            chance.ns(0, 2),
            () -> {
              give(p, new Order.RevokeKey(n.nation(), old.get()));
              give(p, new Order.TrustKey(n.nation(), fresh));
            });
      }
    }
    for (int i = 0; i < THEFTS; i++) {
      world.later(chance.ns(0.5, 8), () -> world.tamper().useStolen(n.nation(), old.get()));
    }
  }

  private void changePolicy() {
    SimNode n = someone();
    n.goBy(n.agreement(), world.treaty().policy(n.nation(), n.agreement(), 2));
    n.crash("to start with another policy");
  }

  private void changeAgreement() {
    newest = world.treaty().agreement(++agreementVersion);
    for (SimNode n : world.nodes()) {
      world.later(chance.ns(0, 3), () -> goByNewest(n));
    }
  }

  private void goByNewest(SimNode n) {
    if (!n.agreement().equals(newest)) {
      n.goBy(newest, world.treaty().policy(n.nation(), newest, agreementVersion));
      n.crash("to start with another agreement");
    }
  }

  /** Sets right what is left of the troubles; whether nothing was left. */
  boolean settle() {
    boolean settled = isDone();
    for (SimNode n : world.nodes()) {
      goByNewest(n);
      settled &= n.isUp();
      for (Nation p : n.suspended()) {
        settled = false;
        if (isDone()) {
          give(n.nation(), new Order.Resume(p, Order.Backfill.ALL, Optional.empty()));
        }
      }
    }
    return settled;
  }

  /** Whether every number is acknowledged where it was given. */
  Optional<String> unacknowledged(Optional<Nation> hostile) {
    for (SimNode n : world.nodes()) {
      if (!n.isUp()) {
        return Optional.of(n.nation() + " is down");
      }
      for (LinkHealth h : n.engine().health()) {
        if (h.stream().originator().equals(n.nation())
            && !(hostile.isPresent() && h.stream().ends(hostile.get()))
            && h.lag() > 0) {
          return Optional.of(h.toString());
        }
      }
    }
    return Optional.empty();
  }
}
