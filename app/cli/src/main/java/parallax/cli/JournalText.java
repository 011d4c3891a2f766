package parallax.cli;

import java.util.List;
import java.util.Optional;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.link.Frame;
import parallax.model.UtcTime;
import parallax.words.EventLines;

/** An input of a journal and what followed from it, a line each. */
final class JournalText {
  private JournalText() {}

  /** Prints one. */
  static void print(long position, Input.Stamped in, List<Effect> facts) {
    System.out.println(position + "  " + in.time() + "  " + words(in.input()));
    for (Effect e : facts) {
      words(in.time(), e).ifPresent(w -> System.out.println("    " + w));
    }
  }

  private static String words(Input input) {
    return switch (input) {
      case Input.Configured c ->
          "the node of "
              + c.configuration().nation()
              + " started, on "
              + c.configuration().channel();
      case Input.PlotReceived p ->
          report(p.feed(), p.seq())
              + ": a plot of "
              + p.plot().sensor()
              + ", "
              + p.plot().timeOfValidity();
      case Input.PlotRefused p -> report(p.feed(), p.seq()) + " refused: " + p.reason();
      case Input.TrackFiled f -> report(f.feed(), f.seq()) + ": track " + f.track().number();
      case Input.LinkChanged c ->
          "stream "
              + c.wire().stream()
              + " by "
              + c.wire().peer()
              + " "
              + (c.connected() ? "connected" : "disconnected");
      case Input.FrameReceived f -> "from " + f.wire().peer() + ", " + frame(f);
      case Input.FrameRefused f -> "from " + f.wire().peer() + ", no frame: " + f.detail();
      case Input.Ordered o -> "order of " + o.by() + ": " + o.order();
      case Input.CheckpointJudged c ->
          "checkpoint of " + c.partner() + " judged: " + c.verdict() + " " + c.detail();
      case Input.RecordsDeleted d ->
          "what came before " + new UtcTime(d.untilWallNs()) + " is deleted under " + d.clause();
      case Input.ClockCorrected c ->
          "the clock was corrected from " + c.oldTime() + " to " + c.newTime();
      case Input.Quiet q -> "time passed in which nothing lasting happened";
      case Input.Flush f -> "what was released is sent";
      case Input.Tick t -> "time passed";
    };
  }

  private static String report(String feed, long seq) {
    return "report " + seq + " of feed " + feed;
  }

  private static String frame(Input.FrameReceived f) {
    String of = "stream " + f.wire().stream() + ": ";
    return of
        + switch (f.frame()) {
          case Frame.Batch b ->
              "records " + b.firstSeq() + " to " + (b.firstSeq() + b.entries().size() - 1);
          case Frame.Gap g -> "records " + g.from() + " to " + g.to() + " will never come";
          case Frame.Suspension s -> (s.suspended() ? "suspended: " : "resumed: ") + s.reason();
          case Frame.Refusal r -> "refused: " + r.detail();
          case Frame.SetAside s -> s.total() + " records set aside";
          case Frame.Hello h -> "a greeting";
          case Frame.Welcome w -> "an answer to a greeting";
          case Frame.Heartbeat h -> "a heartbeat";
          case Frame.Ack a -> "a receipt";
        };
  }

  private static Optional<String> words(UtcTime at, Effect e) {
    return switch (e) {
      case Effect.DecisionRecorded d -> Optional.of(decision(d));
      case Effect.OutboxAppended o -> Optional.of("record " + o.seq() + " of stream " + o.stream());
      case Effect.RecordsTaken r ->
          Optional.of(
              "took in "
                  + r.count()
                  + " records of stream "
                  + r.stream()
                  + " from "
                  + r.firstSeq());
      case Effect.GapRecorded g ->
          Optional.of(
              "records "
                  + g.from()
                  + " to "
                  + g.to()
                  + " of stream "
                  + g.stream()
                  + " will never come: "
                  + g.reason());
      case Effect.RecordFolded f ->
          Optional.of(
              "record " + f.seq() + " of stream " + f.stream() + " is replaced by " + f.into());
      case Effect.Relayed r ->
          Optional.of("passed on " + r.from() + " to " + r.to() + " of stream " + r.stream());
      case Effect.NoticeApplied n -> Optional.of(n.partner() + " applied notice " + n.seq());
      case Effect.OrderAnswered o ->
          Optional.of((o.done() ? "carried out: " : "refused: ") + o.detail());
      case Effect.NoticeRaised n -> Optional.of(n.kind() + ": " + n.detail());
      case Effect.AlertRaised a ->
          new EventLines().of(at, a).stream().findFirst().map(l -> l.kind() + " " + l.words());
      case Effect.CursorMoved c -> Optional.empty(); // said by what was taken in
      case Effect.PlotsAcknowledged p -> Optional.empty();
      case Effect.PlotNotUsed p -> Optional.empty();
      case Effect.SendFrame s -> Optional.empty();
      case Effect.CloseLink c -> Optional.empty();
      case Effect.CutLink c -> Optional.empty();
      case Effect.DialLink d -> Optional.empty();
      case Effect.PictureChanged p -> Optional.empty();
    };
  }

  /** A decision in one line. */
  static String decision(Effect.DecisionRecorded d) {
    return d.at()
        + "  "
        + d.dataClass()
        + " of "
        + d.track()
        + (d.released() ? " released to " : " not released to ")
        + d.partner()
        + " by rule '"
        + d.rule()
        + "'"
        + (d.reason().isEmpty() ? "" : ": " + d.reason());
  }
}
