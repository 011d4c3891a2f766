package parallax.journal.files;

/**
 * How a log in files is opened.
 *
 * @param durability what survives
 * @param segmentBytes a segment that would become longer is ended; a batch that is longer than this
 *     has a segment of its own
 * @param segmentAgeNs a segment older than this is ended at the next {@code roll}, nanoseconds
 * @param roomBytes how much room is made in a segment at a time, before it is needed
 * @param maxBytes the segments grow to no more than this together; {@code append} then fails with
 *     FULL
 * @param checkAtOpen whether every segment is read when the log is opened; otherwise only the last
 * @param firstPosition the position of the first entry of a log that is begun: more than 1 when it
 *     goes on from a snapshot of an older one
 */
public record LogOptions(
    Durability durability,
    long segmentBytes,
    long segmentAgeNs,
    long roomBytes,
    long maxBytes,
    boolean checkAtOpen,
    long firstPosition) {
  /** What survives an append that has returned. */
  public enum Durability {
    /** Failure of the process, the system or the power: the disk is told to write through. */
    FULL,
    /** Failure of the process; of system or power only what was written a second before. */
    NORMAL
  }

  private static final long DAY_NS = 86_400_000_000_000L;

  /** Requires room for something. */
  public LogOptions {
    require("segmentBytes", segmentBytes, 4 << 10);
    require("segmentAgeNs", segmentAgeNs, 1);
    require("roomBytes", roomBytes, 4 << 10);
    require("maxBytes", maxBytes, 8 << 10);
    require("firstPosition", firstPosition, 1);
  }

  private static void require(String what, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          what + " is " + value + "; expected " + least + " or more");
    }
  }

  /**
   * Full durability; segments of 64 MiB and one day, room by 4 MiB, no limit but the disk's; only
   * the last segment is read at opening.
   */
  public static LogOptions standard() {
    return new LogOptions(Durability.FULL, 64L << 20, DAY_NS, 4L << 20, Long.MAX_VALUE, false, 1);
  }

  /** The same with another durability. */
  public LogOptions withDurability(Durability other) {
    return new LogOptions(
        other, segmentBytes, segmentAgeNs, roomBytes, maxBytes, checkAtOpen, firstPosition);
  }

  /** The same with other segments. */
  public LogOptions withSegments(long bytes, long ageNs) {
    return new LogOptions(
        durability, bytes, ageNs, roomBytes, maxBytes, checkAtOpen, firstPosition);
  }

  /** The same with room made in other pieces. */
  public LogOptions withRoomBytes(long bytes) {
    return new LogOptions(
        durability, segmentBytes, segmentAgeNs, bytes, maxBytes, checkAtOpen, firstPosition);
  }

  /** The same with another limit. */
  public LogOptions withMaxBytes(long bytes) {
    return new LogOptions(
        durability, segmentBytes, segmentAgeNs, roomBytes, bytes, checkAtOpen, firstPosition);
  }

  /** The same with or without reading everything at opening. */
  public LogOptions withCheckAtOpen(boolean check) {
    return new LogOptions(
        durability, segmentBytes, segmentAgeNs, roomBytes, maxBytes, check, firstPosition);
  }

  /** The same with another first position of a log that is begun. */
  public LogOptions withFirstPosition(long position) {
    return new LogOptions(
        durability, segmentBytes, segmentAgeNs, roomBytes, maxBytes, checkAtOpen, position);
  }
}
