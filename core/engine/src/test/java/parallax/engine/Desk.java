package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.link.Verifier;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;
import parallax.signing.Signer;
import parallax.warning.AreaCatalogue;

/**
 * One engine under test with its journal in memory; restarting it replays the journal. What is
 * quiet stays out of the journal, as it does where a node runs. Now and then it is made anew from
 * its state, of which no test must see anything.
 */
final class Desk {
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();
  static final String FEED = "feed";

  /** At every input with such a number the engine is made anew from its state. */
  private static final int ANEW = Integer.getInteger("parallax.engine.anew", 41);

  private final Nation nation;
  private final ReportCodec codec;
  private final LinkConfig links;
  private final List<Input.Stamped> journal = new ArrayList<>();

  /** The newest input, when it stayed out of the journal. */
  private Optional<Input.Stamped> leftOut = Optional.empty();

  private Keyring keyring;
  private Engine engine;
  private long steps;
  private Engine.Offers offers = (report, context, now, configuration) -> {};
  private long lastPlot;

  Desk(Nation nation, Channel channel, ReportCodec codec, LinkConfig links) {
    this.nation = nation;
    this.codec = codec;
    this.links = links;
    this.keyring = Keyring.of(Party.streamKey(nation, channel));
    this.engine = fresh();
  }

  Desk(Nation nation, ReportCodec codec) {
    this(nation, Channel.EXERCISE, codec, LinkConfig.standard());
  }

  private Engine fresh() {
    return new Engine(keyring, codec, AREAS, links);
  }

  /** The keys it signs with from the next start on, or from now on those added. */
  void holds(Signer... keys) {
    keyring = new Keyring(List.of(keys));
  }

  void alsoHolds(Signer key) {
    keyring.add(key);
  }

  Nation nation() {
    return nation;
  }

  List<Effect> step(UtcTime time, Input input) {
    Input.Stamped in = new Input.Stamped(time, time.nanos(), input);
    if (++steps % ANEW == 0) {
      engine = Engine.restored(engine.state(), keyring, codec, AREAS, links, Verifier.PLAIN);
      engine.showOffers(offers);
    }
    Optional<Input.Stamped> before = unwritten();
    List<Effect> out = engine.step(in);
    if (engine.wasQuiet()) {
      leftOut = Optional.of(in);
    } else {
      before.ifPresent(journal::add);
      journal.add(in);
      leftOut = Optional.empty();
    }
    return out;
  }

  /** What the inputs lead to that stayed out of the journal since the last one in it. */
  Optional<Input.Stamped> unwritten() {
    return leftOut.map(q -> new Input.Stamped(q.time(), q.wallNs(), engine.quietSoFar()));
  }

  /** How many inputs the journal holds. */
  int journalled() {
    return journal.size();
  }

  /** Another engine that has seen what this one has, by way of the journal. */
  Engine twin() {
    Engine twin = fresh();
    keyring.replaying(true);
    journal.forEach(twin::step);
    unwritten().ifPresent(twin::step);
    keyring.replaying(false);
    return twin;
  }

  List<Effect> plot(UtcTime time, Plot plot) {
    return step(time, new Input.PlotReceived(FEED, ++lastPlot, plot));
  }

  List<Effect> file(UtcTime time, FiledTrack track) {
    return step(time, new Input.TrackFiled(FEED, ++lastPlot, track));
  }

  List<Effect> order(UtcTime time, Order order) {
    return step(time, new Input.Ordered("operator", order));
  }

  /** Every plot 0.05 s after its time, a tick after each. */
  List<Effect> fly(List<Plot> plots) {
    List<Effect> out = new ArrayList<>();
    for (Plot p : plots) {
      UtcTime at = p.timeOfValidity().plusSeconds(0.05);
      out.addAll(plot(at, p));
      out.addAll(step(at, new Input.Tick()));
    }
    return out;
  }

  /** Starts again from the journal; returns the effects of the replay. */
  List<Effect> restart(UtcTime time, NodeConfiguration configuration) {
    List<Effect> out = replay();
    step(time, new Input.Configured(configuration));
    return out;
  }

  /** Its journal is lost; it starts anew with other keys. */
  void losesItsJournal(Signer... keys) {
    journal.clear();
    leftOut = Optional.empty();
    lastPlot = 0;
    holds(keys);
    engine = fresh();
  }

  /** Rebuilds the engine from the journal; returns the effects. */
  List<Effect> replay() {
    engine = fresh();
    leftOut = Optional.empty();
    List<Effect> out = new ArrayList<>();
    keyring.replaying(true);
    for (Input.Stamped in : List.copyOf(journal)) {
      out.addAll(engine.step(in));
    }
    keyring.replaying(false);
    return out;
  }

  Engine engine() {
    return engine;
  }

  /** Says who sees what is about to be decided, by whichever engine. */
  void showOffers(Engine.Offers to) {
    offers = to;
    engine.showOffers(to);
  }

  static <E extends Effect> List<E> of(Class<E> type, List<Effect> effects) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static List<String> notices(Effect.NoticeKind kind, List<Effect> effects) {
    return of(Effect.NoticeRaised.class, effects).stream()
        .filter(n -> n.kind() == kind)
        .map(Effect.NoticeRaised::detail)
        .toList();
  }

  /** What waits for one of the nation's people. */
  List<HeldReport> held() {
    return engine.held();
  }
}
