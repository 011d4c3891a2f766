package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import parallax.link.LinkConfig;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;
import parallax.warning.AreaCatalogue;

/** One engine under test with its journal in memory; restarting it replays the journal. */
final class Desk {
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();
  static final String FEED = "feed";

  private final Nation nation;
  private final Channel channel;
  private final ReportCodec codec;
  private final LinkConfig links;
  private final List<Input.Stamped> journal = new ArrayList<>();
  private Engine engine;
  private long lastPlot;

  Desk(Nation nation, Channel channel, ReportCodec codec, LinkConfig links) {
    this.nation = nation;
    this.channel = channel;
    this.codec = codec;
    this.links = links;
    this.engine = fresh();
  }

  Desk(Nation nation, ReportCodec codec) {
    this(nation, Channel.EXERCISE, codec, LinkConfig.standard());
  }

  private Engine fresh() {
    return new Engine(Party.streamKey(nation, channel), codec, AREAS, links);
  }

  Nation nation() {
    return nation;
  }

  List<Effect> step(UtcTime time, Input input) {
    Input.Stamped in = new Input.Stamped(time, time.nanos(), input);
    journal.add(in);
    return engine.step(in);
  }

  List<Effect> plot(UtcTime time, Plot plot) {
    return step(time, new Input.PlotReceived(FEED, ++lastPlot, plot));
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
    engine = fresh();
    List<Effect> out = new ArrayList<>();
    for (Input.Stamped in : List.copyOf(journal)) {
      out.addAll(engine.step(in));
    }
    step(time, new Input.Configured(configuration));
    return out;
  }

  Engine engine() {
    return engine;
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
}
