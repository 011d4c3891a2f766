package parallax.engine;

import java.util.List;
import java.util.Optional;
import parallax.model.UtcTime;

/** The node's clock jumps: every part moves what it has stamped itself. */
final class ClockCorrection {
  private final CurrentTerms terms;
  private final OwnTracks own;
  private final Knowledge knowledge;
  private final Releases releases;
  private final Pictures pictures;
  private final Streams streams;
  private final ConfigurationChange configuring;

  ClockCorrection(
      CurrentTerms terms,
      OwnTracks own,
      Knowledge knowledge,
      Releases releases,
      Pictures pictures,
      Streams streams,
      ConfigurationChange configuring) {
    this.terms = terms;
    this.own = own;
    this.knowledge = knowledge;
    this.releases = releases;
    this.pictures = pictures;
    this.streams = streams;
    this.configuring = configuring;
  }

  /**
   * Every part is told by how much the clock jumps. What is in force is looked at with each report.
   * A configuration that was refused may be valid by the new time, so it is tried again.
   */
  void corrected(Input.ClockCorrected c, Input.Stamped stamped, List<Effect> out) {
    UtcTime now = stamped.time();
    out.add(
        new Effect.NoticeRaised(
            Effect.NoticeKind.CLOCK_CORRECTED,
            "the node's time is corrected from " + c.oldTime() + " to " + now));
    Optional<NodeConfiguration> configured = terms.configuration();
    if (configured.isEmpty()) {
      return; // there is nothing yet that was stamped
    }
    Restamp restamp = new Restamp(c.timeByNs(), now, configured.get().nation());
    streams.clockCorrected(c.wallByNs());
    releases.clockCorrected(restamp);
    knowledge.clockCorrected(restamp);
    pictures.clockCorrected(restamp);
    if (terms.inForce().isEmpty()) {
      configuring.to(configured.get(), stamped, out);
    }
    own.clockCorrected(restamp, out);
  }
}
