package parallax.engine;

import parallax.link.Frame;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;

/**
 * Something that happened to a node. Inputs are journalled, in order, before their effects leave.
 */
public sealed interface Input {

  /**
   * An input and when it was received.
   *
   * @param time the node's time of receipt: the clock that tracks and alerts go by
   * @param wallNs wall clock in UTC nanoseconds: the clock that links go by; differs from {@code
   *     time} only where an exercise runs on a clock of its own
   * @param input what happened
   */
  record Stamped(UtcTime time, long wallNs, Input input) {}

  /**
   * What is in force from here on: first input of a journal, and the first after every start. All
   * links are down when it arrives.
   *
   * @param configuration the configuration
   */
  record Configured(NodeConfiguration configuration) implements Input {}

  /**
   * A national sensor's report.
   *
   * @param feed the feed that delivered it
   * @param seq its number in that feed, dense from 1
   * @param plot the report
   */
  record PlotReceived(String feed, long seq, Plot plot) implements Input {}

  /**
   * A numbered report of a feed that was no valid plot. Its number is used up.
   *
   * @param feed the feed that delivered it
   * @param seq its number in that feed
   * @param reason what was wrong with it
   */
  record PlotRefused(String feed, long seq, String reason) implements Input {}

  /**
   * A partner's stream came up or went down.
   *
   * @param partner the partner
   * @param direction which of the two streams
   * @param connected whether it is up
   */
  record LinkChanged(Nation partner, Direction direction, boolean connected) implements Input {}

  /**
   * A frame from a partner.
   *
   * @param partner the partner, as authenticated by the transport
   * @param direction which of the two streams
   * @param frame the frame
   */
  record FrameReceived(Nation partner, Direction direction, Frame frame) implements Input {}

  /**
   * Bytes on a partner's stream that were no frame.
   *
   * @param partner the partner, as authenticated by the transport
   * @param direction which of the two streams
   * @param detail what was wrong
   */
  record FrameRefused(Nation partner, Direction direction, String detail) implements Input {}

  /** Everything released so far is to be sent. */
  record Flush() implements Input {}

  /** Time has passed: timers, pictures and alerts. */
  record Tick() implements Input {}

  /** Which stream of a pair of nodes: the originator of the reports dials. */
  enum Direction {
    /** Our reports to the partner. */
    OUTBOUND,
    /** The partner's reports to us. */
    INBOUND
  }
}
