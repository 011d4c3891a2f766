package parallax.engine;

import java.util.List;
import parallax.link.Frame;

/**
 * Says of an input whether anything lasting came of it. Nothing did when it is a tick, a flush, a
 * heartbeat or a receipt, when its effects are heartbeats and receipts at most, and when all that
 * is left of it is in {@link Streams#pulses}. Such an input may stay out of the journal, if an
 * {@link Input.Quiet} stands there in its place before the next one that may not.
 *
 * <p>Wherever that is not certain the answer is no. While there are tracks of the nation's own,
 * something undrawn, a standing alert, something that is due, or a part that does not work, ticks
 * are not quiet at all.
 */
final class QuietRule {
  private final OwnTracks own;
  private final Knowledge knowledge;
  private final Releases releases;
  private final Pictures pictures;
  private final Streams streams;
  private final Faults faults;
  private boolean possible;
  private long changes;

  QuietRule(
      OwnTracks own,
      Knowledge knowledge,
      Releases releases,
      Pictures pictures,
      Streams streams,
      Faults faults) {
    this.own = own;
    this.knowledge = knowledge;
    this.releases = releases;
    this.pictures = pictures;
    this.streams = streams;
    this.faults = faults;
  }

  /** To be called before an input is stepped. */
  void before(Input.Stamped in) {
    possible = faults.none() && mayBeQuiet(in);
    changes = possible ? streams.changes() : 0;
  }

  /** Whether the input was quiet, once it was stepped and had these effects. */
  boolean after(List<Effect> effects) {
    boolean quiet =
        possible
            && faults.none()
            && streams.changes() == changes
            && effects.stream().allMatch(QuietRule::passes);
    possible = false;
    return quiet;
  }

  private boolean mayBeQuiet(Input.Stamped in) {
    return switch (in.input()) {
      case Input.Tick t ->
          own.isIdle() && !knowledge.isStale() && !releases.isDue(in.time()) && !pictures.warns();
      case Input.Flush f -> true;
      case Input.FrameReceived f ->
          f.frame() instanceof Frame.Heartbeat || f.frame() instanceof Frame.Ack;
      case Input.Configured c -> false;
      case Input.PlotReceived p -> false;
      case Input.PlotRefused p -> false;
      case Input.TrackFiled t -> false;
      case Input.LinkChanged c -> false;
      case Input.FrameRefused f -> false;
      case Input.Ordered o -> false;
      case Input.CheckpointJudged c -> false;
      case Input.RecordsDeleted d -> false;
      case Input.ClockCorrected c -> false;
      case Input.Quiet q -> false;
    };
  }

  private static boolean passes(Effect e) {
    return e instanceof Effect.SendFrame s
        && (s.frame() instanceof Frame.Heartbeat || s.frame() instanceof Frame.Ack);
  }
}
