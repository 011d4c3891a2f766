package parallax.simulation;

import java.util.List;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.link.Frame;
import parallax.link.StreamId;
import parallax.link.Wire;

/** Inputs and effects in a few words, for the trace. */
final class Lines {
  private Lines() {}

  /** Whether a step is worth a line. */
  static boolean isWorthIt(Input input, List<Effect> effects) {
    return !effects.isEmpty() || !(input instanceof Input.Tick || input instanceof Input.Flush);
  }

  static void say(Input input, StringBuilder b) {
    switch (input) {
      case Input.Configured c -> b.append("configured");
      case Input.PlotReceived p -> b.append("plot ").append(p.seq());
      case Input.PlotRefused p -> b.append("plot refused ").append(p.seq());
      case Input.TrackFiled f -> {
        b.append("filed ").append(f.seq()).append(" track ").append(f.track().number());
        b.append(f.track().launch().isPresent() ? " launch" : "");
        b.append(f.track().estimate().isPresent() ? " state" : "");
        b.append(f.track().impact().isPresent() ? " impact" : "");
      }
      case Input.LinkChanged c -> {
        wire(c.wire(), b);
        b.append(c.connected() ? " up" : " down");
      }
      case Input.FrameReceived f -> {
        wire(f.wire(), b);
        frame(f.frame(), b.append(" got "));
      }
      case Input.FrameRefused f -> {
        wire(f.wire(), b);
        b.append(" got no frame");
      }
      case Input.Ordered o -> b.append(o.by()).append(" orders ").append(o.order());
      case Input.CheckpointJudged c ->
          b.append("checkpoint of ").append(c.partner()).append(' ').append(c.verdict());
      case Input.RecordsDeleted d -> b.append(d.records()).append(" records deleted");
      case Input.ClockCorrected c ->
          b.append("clock corrected by ").append(c.timeByNs() * 1e-9).append(" s");
      case Input.Flush f -> b.append("flush");
      case Input.Tick t -> b.append("tick");
      case Input.Quiet q -> b.append("quiet time, ").append(q.pulses().size()).append(" paths");
    }
  }

  static void say(List<Effect> effects, StringBuilder b) {
    String between = " -> ";
    for (Effect e : effects) {
      int before = b.length();
      b.append(between);
      int from = b.length();
      say(e, b);
      if (b.length() == from) {
        b.setLength(before);
      } else {
        between = "; ";
      }
    }
  }

  private static void say(Effect e, StringBuilder b) {
    switch (e) {
      case Effect.OutboxAppended o ->
          stream(o.stream(), b.append("number ")).append(' ').append(o.seq());
      case Effect.CursorMoved c ->
          stream(c.stream(), b.append("cursor ")).append(' ').append(c.nextSeq());
      case Effect.SendFrame s -> {
        frame(s.frame(), b.append("send "));
        wire(s.wire(), b.append(' '));
      }
      case Effect.CloseLink c -> wire(c.wire(), b.append("close ")).append(' ').append(c.reason());
      case Effect.CutLink c -> wire(c.wire(), b.append("cut ")).append(' ').append(c.reason());
      case Effect.DialLink d -> wire(d.wire(), b.append("dial "));
      case Effect.GapRecorded g ->
          range(stream(g.stream(), b.append("gap ")), g.from(), g.to())
              .append(' ')
              .append(g.reason());
      case Effect.RecordFolded f -> range(stream(f.stream(), b.append("fold ")), f.seq(), f.into());
      case Effect.Relayed r -> range(stream(r.stream(), b.append("relay ")), r.from(), r.to());
      case Effect.NoticeApplied a ->
          b.append("applied by ").append(a.partner()).append(' ').append(a.track());
      case Effect.OrderAnswered o -> b.append(o.done() ? "done: " : "refused: ").append(o.detail());
      case Effect.PlotsAcknowledged p -> {}
      case Effect.PlotNotUsed p -> {}
      case Effect.PictureChanged p ->
          b.append("draw ")
              .append(p.picture().view())
              .append(' ')
              .append(p.picture().event())
              .append(" from ")
              .append(p.picture().sources());
      case Effect.AlertRaised a -> b.append("alert ").append(a.action().alert().identifier());
      case Effect.DecisionRecorded d -> {
        if (!d.released()) {
          b.append("withhold ").append(d.dataClass()).append(" from ").append(d.partner());
          b.append(": ").append(d.reason());
        }
      }
      case Effect.RecordsTaken t ->
          range(stream(t.stream(), b.append("take ")), t.firstSeq(), t.firstSeq() + t.count() - 1);
      case Effect.NoticeRaised n -> b.append(n.kind()).append(' ').append(n.detail());
    }
  }

  private static StringBuilder range(StringBuilder b, long from, long to) {
    return b.append(' ').append(from).append('-').append(to);
  }

  private static StringBuilder wire(Wire w, StringBuilder b) {
    return stream(w.stream(), b).append(" with ").append(w.peer().code());
  }

  private static StringBuilder stream(StreamId s, StringBuilder b) {
    return b.append(s.originator().code())
        .append('>')
        .append(s.recipient().code())
        .append('/')
        .append(s.lane().name());
  }

  private static void frame(Frame frame, StringBuilder b) {
    switch (frame) {
      case Frame.Hello h -> b.append("hello");
      case Frame.Welcome w -> b.append("welcome ").append(w.cursor().next());
      case Frame.Batch t -> range(b.append("batch"), t.firstSeq(), t.lastSeq());
      case Frame.Gap g -> range(b.append("gap"), g.from(), g.to());
      case Frame.Heartbeat h -> b.append("heartbeat ").append(h.highWaterMark());
      case Frame.Ack a -> b.append("ack ").append(a.cursor().next());
      case Frame.SetAside s -> b.append("set aside ").append(s.total());
      case Frame.Suspension s -> b.append(s.suspended() ? "suspended" : "resumed");
      case Frame.Refusal r -> b.append("refusal ").append(r.code());
    }
  }
}
