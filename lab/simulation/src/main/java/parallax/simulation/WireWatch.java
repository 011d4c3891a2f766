package parallax.simulation;

import static parallax.simulation.Promises.require;

import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Nation;
import parallax.simulation.AgreementWords.Answer;
import parallax.warning.Alert;
import parallax.wire.ProtoReportCodec;

/** Looks at what leaves a node and what arrives at one. */
final class WireWatch {
  private final World world;
  private final Watch watch;
  private final ProtoReportCodec codec = new ProtoReportCodec();

  WireWatch(World world, Watch watch) {
    this.world = world;
    this.watch = watch;
  }

  /** A node sends a frame. */
  void sent(Nation from, Wire wire, Frame frame) {
    StreamId id = wire.stream();
    if (!world.isJudged()) {
      return;
    }
    if (id.originator().equals(from)) {
      sentByOriginator(watch.nation(from), watch.stream(id), frame);
    } else if (id.recipient().equals(from)) {
      sentByRecipient(watch.stream(id), frame);
    }
  }

  private void sentByOriginator(NationLedger n, StreamLedger l, Frame frame) {
    Nation to = l.id.recipient();
    long last =
        switch (frame) {
          case Frame.Batch b -> b.lastSeq();
          case Frame.Gap g -> g.to();
          case Frame.Heartbeat h -> h.highWaterMark();
          case Frame.Hello h -> 0;
          case Frame.Suspension s -> 0;
          case Frame.Refusal r -> 0;
          case Frame.Welcome w -> 0;
          case Frame.Ack a -> 0;
          case Frame.SetAside s -> 0;
        };
    require(
        last <= l.given(),
        frame instanceof Frame.Heartbeat ? "leak" : "durable",
        () -> l.id + ": " + frame + " leaves; durable is " + l.given());
    boolean data = frame instanceof Frame.Batch || frame instanceof Frame.Gap;
    require(
        !data || !n.muteOnWire.contains(to), "suspended", () -> l.id + ": " + frame + " leaves");
    require(
        !(frame instanceof Frame.Heartbeat) || last <= l.markLimit,
        "suspended",
        () -> l.id + ": " + frame + " tells of numbers given since");
    require(
        !data || n.oracle().agreement().parties.contains(to.code()),
        "leak",
        () -> l.id + ": " + frame + " leaves; the recipient is no party");
  }

  private static void sentByRecipient(StreamLedger l, Frame frame) {
    long next =
        switch (frame) {
          case Frame.Welcome w -> w.cursor().next();
          case Frame.Ack a -> a.cursor().next();
          case Frame.SetAside s -> s.newest().getLast().seq() + 1;
          case Frame.Batch b -> 0;
          case Frame.Gap g -> 0;
          case Frame.Heartbeat h -> 0;
          case Frame.Hello h -> 0;
          case Frame.Suspension s -> 0;
          case Frame.Refusal r -> 0;
        };
    require(
        next <= l.taken() + 1,
        "durable",
        () -> l.id + ": " + frame + " leaves; durable is " + l.taken());
  }

  /** A node starts, with what was ordered before. */
  void started(Nation at) {
    NationLedger n = watch.nation(at);
    n.muteOnWire.addAll(n.mute);
  }

  /** A node acts on what followed from an order to resume. */
  void acts(Nation at, Input.Ordered order) {
    if (order.order() instanceof Order.Resume r && order.by().equals(Operators.NAME)) {
      watch.nation(at).muteOnWire.remove(r.partner());
    }
  }

  /** A node has acted on what followed from an order. */
  void acted(Nation at, Effect.OrderAnswered o) {
    if (o.done()
        && o.by().equals(Operators.NAME)
        && o.order() instanceof Order.Suspend s
        && s.direction() != Order.Direction.RECEIVE) {
      watch.nation(at).muteOnWire.add(s.partner());
    }
  }

  /** A node publishes an alert. */
  void published(Nation by, Alert a) {
    require(
        !world.isJudged() || watch.nation(by).alertNames.contains(a.identifier()),
        "alert",
        () -> by + " publishes " + a.identifier() + ", which follows from nothing in its journal");
  }

  /** Bytes are on their way on a connection. */
  void queued(Connection c, long bytes) {
    require(
        bytes <= world.mostQueuedBytes(),
        "bounds",
        () -> c + " has " + bytes + " bytes on its way; at most " + world.mostQueuedBytes());
  }

  /** A frame arrived whole: what stands in it is known there, whether it is taken or not. */
  void arrived(Nation at, Wire wire, Frame frame, boolean forged) {
    StreamId id = wire.stream();
    if (!world.isJudged() || forged || !(frame instanceof Frame.Batch b)) {
      return;
    }
    StreamLedger l = watch.stream(id);
    if (l.hostile) {
      return;
    }
    for (int i = 0; i < b.entries().size(); i++) {
      long seq = b.firstSeq() + i;
      if (b.entries().get(i) instanceof Entry.Whole w && !l.cleared.get((int) seq)) {
        require(
            l.isAt(seq, w.bytes()),
            "durable",
            () ->
                id
                    + ": number "
                    + seq
                    + " is known to "
                    + at
                    + " and not in the originator's journal");
        require(
            l.given(seq).says().answer() != Answer.NO,
            "leak",
            () ->
                id
                    + ": "
                    + at
                    + " knows number "
                    + seq
                    + ", but "
                    + l.given(seq).says().why()
                    + ": "
                    + codec.decode(w.bytes()));
        l.cleared.set((int) seq);
      }
    }
  }
}
