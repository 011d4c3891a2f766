package parallax.wire;

import java.util.List;
import java.util.Optional;
import parallax.engine.Order;
import parallax.engine.Picture;
import parallax.link.StreamId;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.AreaAtRisk;

/**
 * What a node tells those of its own nation who watch it.
 *
 * @param id number, from 1, in the order of the journal; the same event has the same number after a
 *     restart; numbers of events that are not for watchers are left out
 * @param time the node's time
 * @param wallNs wall clock of the input that caused it, UTC nanoseconds
 * @param doneWallNs wall clock when it was carried out; 0 when it comes from a replay
 * @param body what happened
 */
public record NodeEvent(long id, UtcTime time, long wallNs, long doneWallNs, Body body) {

  /** What happened. */
  public sealed interface Body {}

  /**
   * A view of a launch changed.
   *
   * @param deleteBy when a copy of it must be deleted, wall clock; empty when the agreement sets no
   *     date, because it rests on nothing that a partner told
   */
  public record PictureDrawn(Picture picture, Optional<UtcTime> deleteBy) implements Body {}

  /**
   * An alert was issued, updated or cancelled.
   *
   * @param identifier the message's identifier
   * @param messageType ALERT, UPDATE, CANCEL or ALL_CLEAR
   * @param eventKey the event it is about
   * @param sent when it was made
   * @param areas the areas it names
   * @param headline its English headline
   */
  public record AlertSent(
      String identifier,
      String messageType,
      String eventKey,
      UtcTime sent,
      List<AreaAtRisk> areas,
      String headline)
      implements Body {
    /** Copies the list. */
    public AlertSent {
      areas = List.copyOf(areas);
    }
  }

  /** A release decision was made. */
  public record Decided(
      Nation partner,
      TrackId track,
      Report.DataClass dataClass,
      boolean released,
      String rule,
      String clause,
      String reason)
      implements Body {}

  /** A released record got its number in a partner's outbox. */
  public record ReportReleased(StreamId stream, long seq) implements Body {}

  /** Records of a partner were taken in. */
  public record RecordsTaken(StreamId stream, long firstSeq, int count, long sentAtWallNs)
      implements Body {}

  /** Numbers of a stream will never come, or the partner now knows that they will not. */
  public record GapSeen(StreamId stream, long from, long to, String reason) implements Body {}

  /** A partner's record was replaced by a newer one before it was sent. */
  public record Folded(StreamId stream, long seq, long into) implements Body {}

  /** This node passed numbers of a stream on to its recipient. */
  public record Passed(StreamId stream, long from, long to) implements Body {}

  /** An operator gave an order. */
  public record OrderGiven(String by, Order order, boolean done, String detail) implements Body {}

  /** A partner holds, and so has applied, a recall, correction or change of label. */
  public record NoticeHeld(Nation partner, TrackId track, long seq) implements Body {}

  /** Something an operator or maintainer should know of. */
  public record Noticed(String kind, String detail) implements Body {}
}
