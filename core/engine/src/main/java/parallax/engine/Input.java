package parallax.engine;

import java.util.List;
import java.util.OptionalLong;
import parallax.link.Frame;
import parallax.link.Pulse;
import parallax.link.Wire;
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
   * A track that another system of the nation holds, for those who track elsewhere.
   *
   * @param feed the feed that delivered it
   * @param seq its number in that feed, dense from 1, shared with the feed's plots
   * @param track what it says
   */
  record TrackFiled(String feed, long seq, FiledTrack track) implements Input {}

  /**
   * A connection came up or went down.
   *
   * @param wire which
   * @param connected whether it is up
   */
  record LinkChanged(Wire wire, boolean connected) implements Input {}

  /**
   * A frame came.
   *
   * @param wire by which connection; its peer is who the transport authenticated
   * @param frame the frame
   */
  record FrameReceived(Wire wire, Frame frame) implements Input {}

  /**
   * Bytes came that were no frame.
   *
   * @param wire by which connection
   * @param detail what was wrong
   */
  record FrameRefused(Wire wire, String detail) implements Input {}

  /**
   * An operator of the nation ordered something.
   *
   * @param by who, as the node authenticated them
   * @param order what
   */
  record Ordered(String by, Order order) implements Input {}

  /**
   * A partner showed a checkpoint of its log, which was held against those it had shown before.
   *
   * @param partner whose log it is
   * @param verdict what was found, one word
   * @param good whether nothing contradicts it
   * @param origin the log's name; empty when it could not be read
   * @param size how many entries it speaks of
   * @param detail for people
   * @param evidence SHA-256, 64 hexadecimal digits, of what was kept as evidence; empty: nothing
   */
  record CheckpointJudged(
      Nation partner,
      String verdict,
      boolean good,
      String origin,
      long size,
      String detail,
      String evidence)
      implements Input {}

  /**
   * Records of partners that came before a moment are deleted: from the journal, and here. The
   * engine forgets what it knows by them.
   *
   * @param clause the clause of the agreement that says so
   * @param untilWallNs the moment, wall clock, UTC nanoseconds
   * @param through position in the journal of the last input that came before
   * @param records how many records
   * @param events number of the next event for those who watch the node
   */
  record RecordsDeleted(String clause, long untilWallNs, long through, long records, long events)
      implements Input {}

  /**
   * The node's clock jumps: it was wrong before this input, or it is wrong from here on; the engine
   * cannot know which. The stamp of this input has the new times. Durations go on as if no time had
   * passed, and what was stamped later than the new time counts as made before it.
   *
   * @param oldTime what the node's time would have been
   * @param oldWallNs what the wall clock of the links would have been, UTC nanoseconds
   * @param newTime what the node's time is from here on
   * @param newWallNs what the wall clock of the links is from here on, UTC nanoseconds
   */
  record ClockCorrected(UtcTime oldTime, long oldWallNs, UtcTime newTime, long newWallNs)
      implements Input {
    /** How far the node's time jumps, nanoseconds; below zero: back. */
    public long timeByNs() {
      return newTime.nanos() - oldTime.nanos();
    }

    /** How far the clock of the links jumps, nanoseconds; below zero: back. */
    public long wallByNs() {
      return newWallNs - oldWallNs;
    }
  }

  /**
   * Time has passed in which nothing lasting happened: ticks, flushes, heartbeats and receipts came
   * that may stay out of the journal ({@link Engine#wasQuiet}). This input stands there in their
   * place; whoever steps it is where they led, so that what follows gives the same.
   *
   * @param tickedNs the time of the newest tick, UTC nanoseconds; empty when own sensors are not
   *     tracked, or none came yet
   * @param pulses what they left behind on each path that is connected
   */
  record Quiet(OptionalLong tickedNs, List<Pulse> pulses) implements Input {
    /** The list is copied. */
    public Quiet {
      pulses = List.copyOf(pulses);
    }
  }

  /** Everything released so far is to be sent. */
  record Flush() implements Input {}

  /** Time has passed: timers, pictures and alerts. */
  record Tick() implements Input {}
}
