package parallax.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The journal could not do what was asked; nothing of what failed was kept. */
public final class JournalException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, so that a caller can tell what to do about it. */
  public enum Kind {
    /** No room left: make room and append the same batch again. */
    FULL,
    /** Another program has the store locked: try the same again once it lets go. */
    BUSY,
    /** What is stored is not what was appended. */
    CORRUPT,
    /** The journal was closed before. */
    CLOSED,
    /** Another process, or another journal of this one, holds the directory. */
    LOCKED,
    /** A newer version wrote it, in a format that this one does not know. */
    NEWER,
    /** What was asked for was deleted on purpose. */
    DELETED,
    /** Anything else the store reports. */
    OTHER
  }

  private final Kind kind;
  private final long position;

  /** Says what went wrong. */
  public JournalException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** Says what went wrong and why. */
  public JournalException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.position = 0;
  }

  private JournalException(long position, String message) {
    super(message);
    this.kind = Kind.CORRUPT;
    this.position = position;
  }

  /** Says that the input at {@code position} is not what was appended. */
  public static JournalException corruptInput(long position, String what) {
    return new JournalException(position, "journal input " + position + " is corrupt: " + what);
  }

  /** Says that a partner's record is not what was appended. */
  public static JournalException corruptOutbox(String partner, long seq, String what) {
    return new JournalException(
        Kind.CORRUPT, "outbox record " + seq + " for " + partner + " is corrupt: " + what);
  }

  /** Says that what was to be read was deleted. */
  public static JournalException deleted(long from, long first) {
    return new JournalException(
        Kind.DELETED,
        "journal entries from "
            + from
            + " on were asked for, but those before "
            + first
            + " were deleted");
  }

  /** Says that the journal is closed. */
  public static JournalException closed() {
    return new JournalException(Kind.CLOSED, "the journal is closed");
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** The position of the corrupt input, from 1; 0 when the fault is not that of one input. */
  public long position() {
    return position;
  }
}
