package parallax.engine;

import java.util.Optional;
import parallax.link.Frame;
import parallax.link.GapReason;
import parallax.link.StreamId;
import parallax.link.Wire;
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

  /** Durable with the input: an entry got a number in one of this nation's streams. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record OutboxAppended(StreamId stream, long seq, byte[] record) implements Effect {}

  /** Durable with the input: everything of a stream before {@code nextSeq} has been taken in. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record CursorMoved(StreamId stream, long nextSeq, byte[] chainHash) implements Effect {}

  /** Send a frame by a connection, if it is up. */
  record SendFrame(Wire wire, Frame frame) implements Effect {}

  /** Close a connection. */
  record CloseLink(Wire wire, String reason) implements Effect {}

  /** End a connection at once: what waits to be sent on it must not leave. */
  record CutLink(Wire wire, String reason) implements Effect {}

  /** Open a connection for a stream that this node relays. */
  record DialLink(Wire wire) implements Effect {}

  /**
   * Numbers of a stream will never come, or the partner now knows that they will not.
   *
   * @param stream the stream
   * @param from the first of them
   * @param to the last of them
   * @param reason why
   */
  record GapRecorded(StreamId stream, long from, long to, GapReason reason) implements Effect {}

  /**
   * A record of a partner was replaced by a newer one before it was sent.
   *
   * @param stream the stream
   * @param seq its number
   * @param into number of the newer one
   */
  record RecordFolded(StreamId stream, long seq, long into) implements Effect {}

  /**
   * This node, as a relay, passed numbers of a stream on to its recipient.
   *
   * @param stream the stream
   * @param from the first of them
   * @param to the last of them
   */
  record Relayed(StreamId stream, long from, long to) implements Effect {}

  /**
   * A partner holds, and so has applied, a recall, correction or change of label.
   *
   * @param partner the partner
   * @param track the track it is about
   * @param seq its number in the urgent stream to that partner
   */
  record NoticeApplied(Nation partner, TrackId track, long seq) implements Effect {}

  /**
   * An order was carried out, or refused.
   *
   * @param by who gave it
   * @param order what it was
   * @param done whether it was carried out
   * @param detail what came of it, or why it was refused
   */
  record OrderAnswered(String by, Order order, boolean done, String detail) implements Effect {}

  /**
   * Tell a sensor feed that everything up to {@code seq} is durable. It follows what is said of a
   * report of the feed that was not used.
   */
  record PlotsAcknowledged(String feed, long seq) implements Effect {}

  /**
   * A report of a feed was not used. Its number is used up, unless it was not the next one.
   *
   * @param feed the feed
   * @param seq its number in that feed
   * @param reason why, for people
   */
  record PlotNotUsed(String feed, long seq, String reason) implements Effect {}

  /**
   * A view of a launch changed.
   *
   * @param deleteBy when whoever keeps it must have deleted it, wall clock: by the agreement's
   *     {@code retentionDays}, from when the oldest came of what partners told and it rests on;
   *     empty when it rests on nothing of theirs
   */
  record PictureChanged(Picture picture, Optional<UtcTime> deleteBy) implements Effect {}

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
   * @param reason why not, or not yet; when released: what was taken from it
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
   * Entries of a partner's stream were taken in, durable from this effect on.
   *
   * @param stream the stream
   * @param firstSeq number of the first record
   * @param count how many records were delivered
   * @param sentAtWallNs the partner's wall clock when the batch was made
   */
  record RecordsTaken(StreamId stream, long firstSeq, int count, long sentAtWallNs)
      implements Effect {}

  /** Something an operator or maintainer should know of; counted by kind. */
  record NoticeRaised(NoticeKind kind, String detail) implements Effect {}

  /** Kinds of notices. */
  enum NoticeKind {
    /** The configuration cannot be put in force: nothing is released. */
    CONFIGURATION_REFUSED,
    /** A sensor's report was refused. */
    PLOT_REFUSED,
    /** What is known of a sensor's clock has changed: it is wrong, or right again. */
    SENSOR_CLOCK,
    /** A partner's stream broke the protocol or failed verification. */
    LINK_VIOLATION,
    /** A partner's record was out of scope or malformed, and was kept out of the picture. */
    RECORD_QUARANTINED,
    /**
     * A partner does not use a record of this nation: out of the agreement's scope, or unreadable.
     */
    SET_ASIDE_BY_PARTNER,
    /** A report waits for a person, or waited in vain. */
    REPORT_HELD,
    /** A partner's recall, correction or change of label was applied. */
    NOTICE_TAKEN,
    /** A partner set a recall, correction or change of label aside, or may have. */
    NOTICE_NOT_APPLIED,
    /** A part of the node failed on its own fault; the rest goes on. */
    INTERNAL_FAULT,
    /** A track was left out of a combined picture: it cannot be true, or contradicts the others. */
    TRACK_DOUBTED,
    /** A partner's stream changed state. */
    LINK_STATE,
    /** A stream was suspended or resumed, here or by the partner. */
    SUSPENSION,
    /** A key was changed, trusted or revoked. */
    KEY,
    /** A partner showed a checkpoint of its log that cannot be believed, or began another log. */
    PARTNER_LOG,
    /** Records of partners were deleted at the end of their retention. */
    RECORDS_DELETED,
    /** The node's clock was corrected: its time jumped. */
    CLOCK_CORRECTED
  }
}
