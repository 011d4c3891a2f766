package parallax.journal.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/**
 * Snapshots in memory, for tests and simulation, in the same bytes as in files. The methods that
 * the interface does not have are what disks and power do to them.
 */
public final class MemorySnapshotStore implements SnapshotStore {
  private static final LogId ID = new LogId(0x4d656d6f72790000L, 1);

  private final TreeMap<Long, byte[]> stored = new TreeMap<>();
  private long limitBytes = Long.MAX_VALUE;
  private long flippedPosition;
  private int flippedAt;
  private byte flippedMask;

  /** No snapshot yet, and no limit. */
  public MemorySnapshotStore() {}

  /** Room for so many bytes; what is beyond it already stays. */
  public synchronized void limitBytes(long limit) {
    limitBytes = limit;
  }

  /** Bytes of the snapshot of a position in the store; 0 when there is none. */
  public synchronized int bytes(long nextPosition) {
    byte[] bytes = stored.get(nextPosition);
    return bytes == null ? 0 : bytes.length;
  }

  /**
   * The process ends while a snapshot is written. Until it is written whole and has its name,
   * nothing of it is there afterwards, and one of the same position is as before.
   *
   * @param named whether it got so far
   */
  public void tear(long nextPosition, byte[] about, Content content, boolean named)
      throws JournalException {
    if (named) {
      write(nextPosition, about, content);
    }
  }

  /**
   * Changes one bit of a snapshot behind the store's back, until {@link #unflip}.
   *
   * @param place which byte, from 0 to below {@link #bytes}
   * @param bit 0 to 7
   */
  public synchronized void flip(long nextPosition, int place, int bit) {
    unflip();
    byte[] bytes = stored.get(nextPosition);
    if (bytes == null) {
      throw new IllegalArgumentException("there is no snapshot of position " + nextPosition);
    }
    flippedPosition = nextPosition;
    flippedAt = place;
    flippedMask = (byte) (1 << bit);
    bytes[place] ^= flippedMask;
  }

  /** Changes the bit back. */
  public synchronized void unflip() {
    byte[] in = stored.get(flippedPosition);
    if (in != null) {
      in[flippedAt] ^= flippedMask;
    }
    flippedPosition = 0;
  }

  /** Whether a bit is changed in what is still stored. */
  public synchronized boolean isDamaged() {
    return flippedPosition != 0;
  }

  @Override
  public void write(long nextPosition, byte[] about, Content content) throws JournalException {
    SnapshotFormat.requireWritable(nextPosition, about);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long contentBytes;
    try {
      bytes.write(new byte[SnapshotFormat.HEADER_BYTES + about.length]);
      SnapshotFormat.Blocks blocks = new SnapshotFormat.Blocks(ID, nextPosition, bytes);
      content.writeTo(blocks);
      contentBytes = blocks.finish();
    } catch (IOException e) {
      throw new JournalException(Kind.OTHER, "writing a snapshot: " + e.getMessage(), e);
    }
    byte[] all = bytes.toByteArray();
    byte[] head = SnapshotFormat.head(ID, nextPosition, about, contentBytes);
    System.arraycopy(head, 0, all, 0, head.length);
    synchronized (this) {
      long used = stored.values().stream().mapToLong(b -> b.length).sum();
      if (all.length > limitBytes - used) {
        throw new JournalException(
            Kind.FULL, "no room for a snapshot: " + all.length + " bytes to add to " + used);
      }
      gone(nextPosition);
      stored.put(nextPosition, all);
    }
  }

  @Override
  public synchronized List<StoredSnapshot> list() throws JournalException {
    List<StoredSnapshot> list = new ArrayList<>();
    for (long position : stored.descendingKeySet()) {
      byte[] bytes = bytesOf(position);
      try {
        list.add(
            SnapshotFormat.readHead(
                ID,
                position,
                SnapshotFormat.fileName(position),
                bytes.length,
                new ByteArrayInputStream(bytes)));
      } catch (IOException e) {
        throw new JournalException(Kind.OTHER, "listing snapshots: " + e.getMessage(), e);
      }
    }
    return list;
  }

  private byte[] bytesOf(long position) throws JournalException {
    byte[] bytes = stored.get(position);
    if (bytes == null) {
      throw new JournalException(
          Kind.DELETED, SnapshotFormat.fileName(position) + " is not there any more");
    }
    return bytes;
  }

  @Override
  public synchronized byte[] read(StoredSnapshot snapshot) throws JournalException {
    byte[] bytes = bytesOf(snapshot.nextPosition());
    int head = SnapshotFormat.HEADER_BYTES + snapshot.about().length;
    try {
      return SnapshotFormat.readContent(
          ID, snapshot, new ByteArrayInputStream(bytes, head, bytes.length - head));
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
      throw new JournalException(Kind.OTHER, "reading a snapshot: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void delete(StoredSnapshot snapshot) {
    gone(snapshot.nextPosition());
    stored.remove(snapshot.nextPosition());
  }

  private void gone(long position) {
    if (position == flippedPosition) {
      flippedPosition = 0;
    }
  }
}
