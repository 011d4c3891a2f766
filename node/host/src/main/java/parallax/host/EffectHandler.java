package parallax.host;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.model.UtcTime;
import parallax.wire.FeedStatus;
import parallax.words.EventLines;

/**
 * Carries out what follows from an input, once that is durable: through the sink, in the log, and
 * to those who wait for an answer. For the loop's thread.
 */
final class EffectHandler {
  private final NodeLog log;
  private final PendingOrders orders;
  private final Supplier<Optional<String>> policyInForce;
  private final FeedCounts feeds = new FeedCounts();
  private final EventLines lines = new EventLines();

  /** How far each feed has become durable since the feeds were answered. */
  private final SortedMap<String, Long> unanswered = new TreeMap<>();

  private @Nullable EffectSink sink;

  EffectHandler(NodeLog log, PendingOrders orders, Supplier<Optional<String>> policyInForce) {
    this.log = log;
    this.orders = orders;
    this.policyInForce = policyInForce;
  }

  /** Says where effects go. */
  void sinkTo(EffectSink effects) {
    this.sink = effects;
  }

  /** The last durable number of a feed; 0 when nothing of it is. For any thread. */
  long durablePlots(String feed) {
    return feeds.durable(feed);
  }

  /** An effect of before the start; an alert is published again, as it may have been lost. */
  void replayed(Effect e) {
    feeds.count(e);
    if (e instanceof Effect.AlertRaised a && sink != null) {
      sink.publish(a.action());
    }
  }

  /** Up to which number a feed was taken in before the start. */
  void feedRecovered(String feed, long last) {
    feeds.durable(feed, last);
  }

  /** What is counted of feeds, for snapshots. */
  FeedCounts feedCounts() {
    return feeds;
  }

  /** How each feed is. For any thread. */
  List<FeedStatus> feeds() {
    return feeds.all();
  }

  /** An input was taken and is durable; its effects follow. */
  void taken(Input input) {
    if (sink != null && input instanceof Input.LinkChanged c) {
      sink.connectionChanged(c.wire(), c.connected());
    }
  }

  /**
   * Carries an effect out, or does nothing when it is the journal's affair alone.
   *
   * @param at the node's time of the input that caused it
   */
  void carryOut(UtcTime at, Effect e) {
    feeds.count(e);
    for (EventLines.Line l : lines.of(at, e)) {
      if (l.kind().equals(EventLines.ALERT)) {
        log.change(l.kind(), l.words());
      } else {
        log.event(l.kind(), l.words());
      }
    }
    EffectSink s = sink;
    if (s == null) {
      return;
    }
    switch (e) {
      case Effect.SendFrame f -> s.send(f.wire(), f.frame());
      case Effect.CloseLink c -> s.close(c.wire(), c.reason());
      case Effect.CutLink c -> s.cut(c.wire());
      case Effect.DialLink d -> s.dial(d.wire());
      case Effect.AlertRaised a -> s.publish(a.action());
      case Effect.PlotsAcknowledged p -> unanswered.put(p.feed(), p.seq());
      case Effect.PlotNotUsed p -> s.notUsed(p.feed(), p.seq(), p.reason());
      case Effect.NoticeRaised n -> raise(n);
      case Effect.OutboxAppended o -> {}
      case Effect.CursorMoved c -> {}
      case Effect.PictureChanged p -> {}
      case Effect.DecisionRecorded d -> {}
      case Effect.RecordsTaken r -> {}
      case Effect.RecordFolded f -> {}
      case Effect.Relayed r -> {}
      case Effect.NoticeApplied a ->
          log.say("NOTICE_APPLIED", a.partner() + " has applied the notice on " + a.track());
      case Effect.GapRecorded g ->
          log.say(
              "GAP",
              g.stream() + ": " + g.from() + " to " + g.to() + " will never come: " + g.reason());
      case Effect.OrderAnswered o -> {
        log.change("ORDER", o.by() + (o.done() ? ": " : ", refused: ") + o.detail());
        if (o.done()
            && (o.order() instanceof Order.PutPolicy || o.order() instanceof Order.RevertPolicy)) {
          policyInForce.get().ifPresent(s::keepPolicy);
        }
        orders.answered(o);
      }
    }
  }

  /**
   * Tells each feed, once, how far it has become durable by what was carried out. It comes after
   * what was said of reports that are not used.
   */
  void answerFeeds() {
    EffectSink s = sink;
    if (s != null) {
      unanswered.forEach(s::acknowledge);
    }
    unanswered.clear();
  }

  private void raise(Effect.NoticeRaised n) {
    switch (n.kind()) {
      case LINK_STATE,
          SUSPENSION,
          KEY,
          CONFIGURATION_REFUSED,
          RECORDS_DELETED,
          SENSOR_CLOCK,
          REPORT_HELD,
          NOTICE_TAKEN,
          NOTICE_NOT_APPLIED,
          CLOCK_CORRECTED ->
          log.change(n.kind().name(), n.detail());
      case PLOT_REFUSED,
          LINK_VIOLATION,
          RECORD_QUARANTINED,
          SET_ASIDE_BY_PARTNER,
          INTERNAL_FAULT,
          TRACK_DOUBTED,
          PARTNER_LOG ->
          log.say(n.kind().name(), n.detail());
    }
  }
}
