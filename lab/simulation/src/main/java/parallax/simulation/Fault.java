package parallax.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What can go wrong in a simulated world. Which of them do, and how often, follows from the seed.
 */
public enum Fault {
  /** A frame is under way for seconds. */
  DELAY,
  /** A connection is cut: what was under way is lost. */
  CUT,
  /** A connection is reset after any byte of what was under way. */
  RESET,
  /** What one nation sends does not reach another for a while; the other way stays open. */
  PARTITION,
  /** A node reads a connection late: bytes queue up. */
  SLOW_READER,
  /** A node's process ends between any two steps of its loop, and starts again. */
  CRASH,
  /** As a crash, and the power with it: what was written and not yet synced or acted on is lost. */
  LOST_SUFFIX,
  /** As a crash in the middle of a write. */
  TORN_WRITE,
  /** A node's disk is full for a while. */
  DISK_FULL,
  /** A bit changes in a node's store. */
  STORE_FLIP,
  /** A bit changes on a connection; TLS ends it. */
  WIRE_FLIP,
  /** A node's clock is wrong from the start. */
  CLOCK_SKEW,
  /** A node's clock is fast or slow. */
  CLOCK_DRIFT,
  /** A node's clock steps. */
  CLOCK_STEP,
  /** A sensor feed sends again what is durable already, or leaves out a number. */
  FEED_REPEAT,
  /** A nation suspends a partner, and resumes it later. */
  SUSPENSION,
  /** A nation restarts with another release policy. */
  POLICY_CHANGE,
  /** The nations restart, one after the other, with another agreement. */
  AGREEMENT_CHANGE,
  /** A nation changes its stream key. */
  KEY_ROTATION,
  /** A nation's stream key is replaced at a restart, and its partners revoke the old one. */
  KEY_REVOCATION,
  /** A nation recalls, corrects or relabels what it told. */
  NOTICE,
  /** One party is hostile: it holds its keys, keeps to the protocol or not, and lies. */
  HOSTILE_PARTY,
  /** Somebody on the way puts in frames: forged, replayed, malformed, of another channel's key. */
  HOSTILE_FRAMES;

  /** The name on the command line and in figures: lower case with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The fault of a {@link #label}. */
  public static Optional<Fault> of(String label) {
    return Arrays.stream(values()).filter(f -> f.label().equals(label)).findFirst();
  }
}
