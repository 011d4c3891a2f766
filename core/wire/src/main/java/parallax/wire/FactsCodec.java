package parallax.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parallax.engine.Effect;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.warning.AdministrativeArea;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.DecisionEvent;
import parallax.wire.proto.Fact;
import parallax.wire.proto.Facts;
import parallax.wire.proto.GivenNumber;
import parallax.wire.proto.MadeDecision;
import parallax.wire.proto.MovedCursor;
import parallax.wire.proto.NoticeEvent;

/**
 * What followed from an input and stays as it was, whatever a newer version would decide ({@code
 * parallax.v1.Facts}): numbers given, cursors, decisions, answers, alerts, notices. What is said to
 * the connections of the moment is none, nor are pictures, which are made again from the state.
 */
public final class FactsCodec {
  private static final byte[] NONE = {};

  private FactsCodec() {}

  /**
   * What followed from an input.
   *
   * @param behaviour the version of the engine's behaviour; empty: that of the entry before
   * @param facts in the order in which they followed
   */
  public record Followed(Optional<Integer> behaviour, List<Effect> facts) {
    /** Copies the list. */
    public Followed {
      facts = List.copyOf(facts);
    }
  }

  /** Whether an effect is kept as a fact. */
  public static boolean isFact(Effect e) {
    return switch (e) {
      case Effect.OutboxAppended o -> true;
      case Effect.CursorMoved c -> true;
      case Effect.DecisionRecorded d -> true;
      case Effect.GapRecorded g -> true;
      case Effect.RecordFolded f -> true;
      case Effect.Relayed r -> true;
      case Effect.NoticeApplied a -> true;
      case Effect.OrderAnswered o -> true;
      case Effect.RecordsTaken r -> true;
      case Effect.NoticeRaised n -> true;
      case Effect.AlertRaised a -> true;
      case Effect.PlotsAcknowledged p -> false;
      case Effect.PlotNotUsed p -> false;
      case Effect.SendFrame s -> false;
      case Effect.CloseLink c -> false;
      case Effect.CutLink c -> false;
      case Effect.DialLink d -> false;
      case Effect.PictureChanged p -> false;
    };
  }

  /** The facts among effects, in their order. */
  public static List<Effect> factsOf(List<Effect> effects) {
    return effects.stream().filter(FactsCodec::isFact).toList();
  }

  /** Encodes the facts among effects; nothing when there are none and no version is to be said. */
  public static byte[] encode(Optional<Integer> behaviour, List<Effect> effects) {
    Facts.Builder b = null;
    if (behaviour.isPresent()) {
      b = Facts.newBuilder().setBehaviour(behaviour.get());
    }
    for (Effect e : effects) {
      if (isFact(e)) {
        b = b == null ? Facts.newBuilder() : b;
        b.addFact(fact(e));
      }
    }
    return b == null ? NONE : b.build().toByteArray();
  }

  static Fact fact(Effect effect) {
    Fact.Builder b = Fact.newBuilder();
    switch (effect) {
      case Effect.OutboxAppended o ->
          b.setGiven(
              GivenNumber.newBuilder()
                  .setStream(EventCodec.stream(o.stream()))
                  .setSeq(o.seq())
                  .setRecord(WireFields.bytes(o.record())));
      case Effect.CursorMoved c ->
          b.setMoved(
              MovedCursor.newBuilder()
                  .setStream(EventCodec.stream(c.stream()))
                  .setNextSeq(c.nextSeq())
                  .setChainHash(WireFields.bytes(c.chainHash())));
      case Effect.DecisionRecorded d ->
          b.setDecision(
              MadeDecision.newBuilder()
                  .setAtNs(d.at().nanos())
                  .setDecision(EventCodec.decision(d)));
      case Effect.GapRecorded g -> b.setGap(EventCodec.gap(g));
      case Effect.RecordFolded f -> b.setFolded(EventCodec.folded(f));
      case Effect.Relayed r -> b.setRelayed(EventCodec.relayed(r));
      case Effect.NoticeApplied a -> b.setApplied(EventCodec.applied(a));
      case Effect.OrderAnswered o -> b.setOrder(EventCodec.order(o));
      case Effect.RecordsTaken r -> b.setTaken(EventCodec.taken(r));
      case Effect.NoticeRaised n -> b.setNotice(EventCodec.notice(n));
      case Effect.AlertRaised a -> b.setAlert(AlertCodec.toProto(a.action()));
      case Effect.PlotsAcknowledged p -> throw none(effect);
      case Effect.PlotNotUsed p -> throw none(effect);
      case Effect.SendFrame s -> throw none(effect);
      case Effect.CloseLink c -> throw none(effect);
      case Effect.CutLink c -> throw none(effect);
      case Effect.DialLink d -> throw none(effect);
      case Effect.PictureChanged p -> throw none(effect);
    }
    return b.build();
  }

  private static IllegalArgumentException none(Effect effect) {
    return new IllegalArgumentException("not kept as a fact: " + effect);
  }

  /**
   * Decodes facts; no bytes are no facts.
   *
   * @param areas finds an area by its code; one that is known no more is left out of an alert
   * @throws InvalidValueException when the bytes are no facts
   */
  public static Followed decode(
      byte[] bytes, Function<String, Optional<AdministrativeArea>> areas) {
    if (bytes.length == 0) {
      return new Followed(Optional.empty(), List.of());
    }
    Facts f = WireFields.parse(Facts.parser(), "facts", bytes);
    List<Effect> out = new ArrayList<>(f.getFactCount());
    f.getFactList().forEach(x -> out.add(effect(x, areas)));
    return new Followed(
        f.getBehaviour() == 0 ? Optional.empty() : Optional.of(f.getBehaviour()), out);
  }

  static Effect effect(Fact f, Function<String, Optional<AdministrativeArea>> areas) {
    return switch (f.getFactCase()) {
      case GIVEN ->
          new Effect.OutboxAppended(
              EventCodec.stream(f.getGiven().getStream()),
              f.getGiven().getSeq(),
              f.getGiven().getRecord().toByteArray());
      case MOVED ->
          new Effect.CursorMoved(
              EventCodec.stream(f.getMoved().getStream()),
              f.getMoved().getNextSeq(),
              f.getMoved().getChainHash().toByteArray());
      case DECISION -> decision(f.getDecision());
      case GAP -> EventCodec.gap(f.getGap());
      case FOLDED ->
          new Effect.RecordFolded(
              EventCodec.stream(f.getFolded().getStream()),
              f.getFolded().getSeq(),
              f.getFolded().getInto());
      case RELAYED ->
          new Effect.Relayed(
              EventCodec.stream(f.getRelayed().getStream()),
              f.getRelayed().getFrom(),
              f.getRelayed().getTo());
      case APPLIED ->
          new Effect.NoticeApplied(
              new Nation(f.getApplied().getPartner()),
              WireFields.track(f.getApplied().getTrack()),
              f.getApplied().getSeq());
      case ORDER ->
          new Effect.OrderAnswered(
              f.getOrder().getBy(),
              OrderCodec.fromProto(f.getOrder().getOrder()),
              f.getOrder().getDone(),
              f.getOrder().getDetail());
      case TAKEN ->
          new Effect.RecordsTaken(
              EventCodec.stream(f.getTaken().getStream()),
              f.getTaken().getFirstSeq(),
              f.getTaken().getCount(),
              f.getTaken().getSentAtWallNs());
      case NOTICE -> notice(f.getNotice());
      case ALERT -> new Effect.AlertRaised(AlertCodec.fromProto(f.getAlert(), areas));
      case FACT_NOT_SET ->
          throw new InvalidValueException("fact", "of no known kind", "one of the known facts");
    };
  }

  private static Effect.DecisionRecorded decision(MadeDecision m) {
    DecisionEvent d = m.getDecision();
    return new Effect.DecisionRecorded(
        new UtcTime(m.getAtNs()),
        new Nation(d.getPartner()),
        WireFields.track(d.getTrack()),
        WireNumbers.DATA_CLASS.value(d.getDataClass()),
        d.getReleased(),
        d.getRule(),
        d.getClause(),
        d.getReason());
  }

  private static Effect.NoticeRaised notice(NoticeEvent n) {
    for (Effect.NoticeKind k : Effect.NoticeKind.values()) {
      if (k.name().equals(n.getKind())) {
        return new Effect.NoticeRaised(k, n.getDetail());
      }
    }
    throw new InvalidValueException("kind of notice", n.getKind(), "one of the known kinds");
  }
}
