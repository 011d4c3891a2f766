package parallax.engine;

import parallax.link.Frame;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.AlertAction;

/**
 * Something a node must do because of an input. {@link OutboxAppended} and {@link CursorMoved}
 * become durable in one transaction with the input; every other effect is carried out only after
 * that transaction, in order.
 */
public sealed interface Effect {

  /** Durable with the input: a released record got a number in a partner's outbox. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record OutboxAppended(Nation partner, long seq, byte[] record) implements Effect {}

  /** Durable with the input: everything of a partner before {@code nextSeq} has been taken in. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record CursorMoved(Nation partner, long nextSeq, byte[] chainHash) implements Effect {}

  /** Send a frame on one of a partner's streams. */
  record SendFrame(Nation partner, Input.Direction direction, Frame frame) implements Effect {}

  /** Close one of a partner's streams. */
  record CloseLink(Nation partner, Input.Direction direction, String reason) implements Effect {}

  /** Tell a sensor feed that everything up to {@code seq} is durable. */
  record PlotsAcknowledged(String feed, long seq) implements Effect {}

  /** A view of a launch changed. */
  record PictureChanged(Picture picture) implements Effect {}

  /** An alert was issued, updated or cancelled. */
  record AlertRaised(AlertAction action) implements Effect {}

  /**
   * A release decision was made; each is recorded with what made it.
   *
   * @param at when
   * @param partner for whom
   * @param track of which track
   * @param dataClass of what
   * @param released whether it may be told
   * @param rule the national rule that decided
   * @param clause the clause of the agreement that decided
   * @param reason why not; empty when released
   */
  record DecisionRecorded(
      UtcTime at,
      Nation partner,
      TrackId track,
      Report.DataClass dataClass,
      boolean released,
      String rule,
      String clause,
      String reason)
      implements Effect {}

  /**
   * Records of a partner were taken in, durable from this effect on.
   *
   * @param partner the originator
   * @param firstSeq number of the first
   * @param count how many
   * @param sentAtWallNs the partner's wall clock when the batch was made
   */
  record RecordsTaken(Nation partner, long firstSeq, int count, long sentAtWallNs)
      implements Effect {}

  /** Something an operator or maintainer should know of; counted by kind. */
  record NoticeRaised(NoticeKind kind, String detail) implements Effect {}

  /** Kinds of notices. */
  enum NoticeKind {
    /** The configuration cannot be put in force: nothing is released. */
    CONFIGURATION_REFUSED,
    /** A sensor's report was refused. */
    PLOT_REFUSED,
    /** A partner takes so little that a released report found no room, and was withheld. */
    OUTBOX_FULL,
    /** A partner's stream broke the protocol or failed verification. */
    LINK_VIOLATION,
    /** A partner's record was out of scope or malformed, and was kept out of the picture. */
    RECORD_QUARANTINED,
    /** A part of the node failed on its own fault; the rest goes on. */
    INTERNAL_FAULT,
    /** A partner's stream changed state. */
    LINK_STATE
  }
}
