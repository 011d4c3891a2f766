package parallax.journal.log;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import parallax.journal.JournalException;

/**
 * Snapshots of the state beside the log. Every method may be called from any thread, beside appends
 * to the log; one snapshot is written at a time.
 */
public interface SnapshotStore {
  /** What a snapshot holds, as it is written. */
  @FunctionalInterface
  interface Content {
    /** Writes everything to {@code out}, which need not be closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a snapshot whole or not at all; durable when it returns. It takes the place of one of
   * the same position.
   *
   * @param nextPosition position of the first entry that it does not contain, 1 or more
   * @param about what {@link #list} is to say of it, such as versions; at most {@link
   *     SnapshotFormat#MOST_ABOUT_BYTES}
   * @throws JournalException {@code FULL} when there is no room; nothing is left of it then
   */
  void write(long nextPosition, byte[] about, Content content) throws JournalException;

  /** What is stored, newest first; also what cannot be read, with the reason. */
  List<StoredSnapshot> list() throws JournalException;

  /**
   * The first of {@link #list}: a start needs no more, and there may be very many.
   *
   * @param most how many, 1 or more
   */
  default List<StoredSnapshot> newest(int most) throws JournalException {
    List<StoredSnapshot> all = list();
    return all.subList(0, Math.min(most, all.size()));
  }

  /**
   * The content of a snapshot, after its checksums were verified.
   *
   * @throws JournalException {@code CORRUPT} when a byte of it is not what was written, naming file
   *     and place
   */
  byte[] read(StoredSnapshot snapshot) throws JournalException;

  /** Deletes a snapshot; one that is not there is no error. */
  void delete(StoredSnapshot snapshot) throws JournalException;
}
