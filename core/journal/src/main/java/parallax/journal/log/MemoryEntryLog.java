package parallax.journal.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;

/**
 * A log in memory, for tests and simulation: it keeps every promise of {@link EntryLog} but to
 * outlive the process, and holds the same bytes of batches as the files do. {@link #reopen} stands
 * for a restart; the other methods that the interface does not have are what disks and power do to
 * a log.
 */
public final class MemoryEntryLog implements EntryLog {
  private static final LogId ID = new LogId(0x4d656d6f72790000L, 1);

  /** A stored batch. */
  private static final class Stored {
    final BatchFormat.Header header;
    final byte[] bytes;

    Stored(BatchFormat.Header header, byte[] bytes) {
      this.header = header;
      this.bytes = bytes;
    }
  }

  private static final class Segment {
    final long firstPosition;
    final long createdNs;
    final List<Stored> batches = new ArrayList<>();
    long bytes;

    Segment(long firstPosition, long createdNs) {
      this.firstPosition = firstPosition;
      this.createdNs = createdNs;
    }
  }

  private final long segmentBytes;
  private final long segmentAgeNs;
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private long next = 1;
  private int chain;
  private long nowNs;
  private long limitBytes = Long.MAX_VALUE;
  private boolean closed;
  private @Nullable Stored flippedIn;
  private int flippedAt;
  private byte flippedMask;

  /** An empty log that is open, with segments of 64 MiB and any age. */
  public MemoryEntryLog() {
    this(64L << 20, Long.MAX_VALUE);
  }

  /**
   * An empty log that is open.
   *
   * @param segmentBytes a segment that holds so many bytes takes no more
   * @param segmentAgeNs a segment older than this is ended by {@link #roll}
   */
  public MemoryEntryLog(long segmentBytes, long segmentAgeNs) {
    this.segmentBytes = segmentBytes;
    this.segmentAgeNs = segmentAgeNs;
    segments.add(new Segment(1, 0));
  }

  // What disks and power do.

  /** Room for so many bytes of batches; what is beyond it already stays. */
  public void limitBytes(long limit) {
    limitBytes = limit;
  }

  /** Bytes of batches in the store. */
  public long bytes() {
    return segments.stream().mapToLong(s -> s.bytes).sum();
  }

  /**
   * Changes one bit of what is stored behind the log's back, until {@link #unflip}.
   *
   * @param place which byte, from 0 to below {@link #bytes}
   * @param bit 0 to 7
   */
  public void flip(long place, int bit) {
    unflip();
    long left = place;
    for (Segment segment : segments) {
      for (Stored s : segment.batches) {
        if (left < s.bytes.length) {
          flippedIn = s;
          flippedAt = (int) left;
          flippedMask = (byte) (1 << bit);
          s.bytes[flippedAt] ^= flippedMask;
          return;
        }
        left -= s.bytes.length;
      }
    }
    throw new IllegalArgumentException("byte " + place + " of " + bytes());
  }

  /** Changes a bit of the entry at a position, likewise. */
  public void flipEntry(long position) {
    long place = 0;
    for (Segment segment : segments) {
      for (Stored s : segment.batches) {
        if (position < s.header.nextPosition()) {
          flip(place + BatchFormat.HEADER_BYTES + 7, 0);
          return;
        }
        place += s.bytes.length;
      }
    }
    throw new IllegalArgumentException("there is no entry " + position);
  }

  /** Changes the bit back. */
  public void unflip() {
    Stored in = flippedIn;
    if (in != null) {
      in.bytes[flippedAt] ^= flippedMask;
      flippedIn = null;
    }
  }

  /** Whether a bit is changed in what is still stored. */
  public boolean isDamaged() {
    return segments.stream().flatMap(s -> s.batches.stream()).anyMatch(b -> b.equals(flippedIn));
  }

  /**
   * The process ends while it writes a batch. One that was written whole is there after {@link
   * #reopen}, though nobody was told; of any other nothing is.
   *
   * @param written how many of its bytes reached the disk, at most {@link BatchFormat#encodedBytes}
   */
  public void tear(List<JournalEntry> batch, int written) {
    if (!batch.isEmpty() && written >= BatchFormat.encodedBytes(batch)) {
      store(batch);
    }
    closed = true;
  }

  /** The power fails before the last batch was durable, as may be with normal durability. */
  public void loseLast() {
    loseFrom(next - 1);
  }

  /** As a bug would have it: the batch that holds a position is forgotten, and all after it. */
  public void loseFrom(long position) {
    while (true) {
      Segment segment = segments.getLast();
      while (!segment.batches.isEmpty()
          && segment.batches.getLast().header.nextPosition() > position) {
        Stored lost = segment.batches.removeLast();
        segment.bytes -= lost.bytes.length;
        next = lost.header.firstPosition();
        chain = lost.header.previousCrc();
      }
      if (!segment.batches.isEmpty() || segments.size() == 1 || segment.firstPosition <= position) {
        return;
      }
      segments.removeLast();
    }
  }

  /**
   * Closes the log and opens it on what is stored.
   *
   * @throws JournalException {@code CORRUPT} when that is not what was appended; the log stays
   *     closed then
   */
  public void reopen() throws JournalException {
    closed = true;
    long expected = firstStored();
    for (Segment segment : segments) {
      for (Stored s : segment.batches) {
        expected = checked(s, expected).nextPosition();
      }
    }
    closed = false;
  }

  private static BatchFormat.Header checked(Stored s, long expected) throws JournalException {
    BatchFormat.Header h = BatchFormat.read(ByteBuffer.wrap(s.bytes), 0, ID);
    if (h == null || h.firstPosition() != expected || h.length() != s.bytes.length) {
      throw JournalException.corruptInput(expected, "its checksum is wrong");
    }
    if (!BatchFormat.hasEnd(ByteBuffer.wrap(s.bytes), 0, h)) {
      throw JournalException.corruptInput(expected, "the end of its batch is not what was written");
    }
    return h;
  }

  // The log.

  @Override
  public long append(List<JournalEntry> batch) throws JournalException {
    requireOpen();
    if (batch.isEmpty()) {
      return next;
    }
    int bytes = BatchFormat.encodedBytes(batch);
    if (bytes > limitBytes - bytes()) {
      throw new JournalException(
          Kind.FULL, "the log is full: " + bytes + " bytes to add to " + bytes());
    }
    return store(batch);
  }

  private long store(List<JournalEntry> batch) {
    final ByteBuffer out = ByteBuffer.allocate(BatchFormat.encodedBytes(batch));
    if (segments.getLast().bytes + out.capacity() > segmentBytes) {
      newSegment();
    }
    Segment last = segments.getLast();
    final BatchFormat.Header header =
        new BatchFormat.Header(
            BatchFormat.encode(out, ID, next, last.bytes, chain, batch),
            out.capacity(),
            batch.size(),
            next,
            last.bytes,
            chain);
    last.batches.add(new Stored(header, out.array()));
    last.bytes += out.capacity();
    chain = header.crc();
    next = header.nextPosition();
    return header.firstPosition();
  }

  private void newSegment() {
    if (!segments.getLast().batches.isEmpty()) {
      segments.add(new Segment(next, nowNs));
    }
  }

  private long firstStored() {
    return segments.getFirst().firstPosition;
  }

  @Override
  public long firstPosition() throws JournalException {
    requireOpen();
    return firstStored();
  }

  @Override
  public long nextPosition() throws JournalException {
    requireOpen();
    return next;
  }

  @Override
  public void replay(long from, Visitor visitor) throws JournalException {
    requireOpen();
    if (from < 1) {
      throw new IllegalArgumentException("reading from " + from + "; expected 1 or more");
    }
    if (from < firstStored()) {
      throw JournalException.deleted(from, firstStored());
    }
    for (Segment segment : List.copyOf(segments)) {
      for (Stored s : List.copyOf(segment.batches)) {
        if (s.header.nextPosition() > from) {
          BatchFormat.Header h = checked(s, s.header.firstPosition());
          byte[] copy = Arrays.copyOf(s.bytes, s.bytes.length);
          BatchFormat.entries(ByteBuffer.wrap(copy), 0, h, from, visitor);
        }
      }
    }
  }

  @Override
  public List<LogSegment> segments() throws JournalException {
    requireOpen();
    return segments.stream()
        .map(s -> new LogSegment(s.firstPosition, s.createdNs, s.bytes))
        .toList();
  }

  @Override
  public void roll(long now) throws JournalException {
    requireOpen();
    nowNs = now;
    Segment last = segments.getLast();
    if (segmentAgeNs != Long.MAX_VALUE && now - last.createdNs >= segmentAgeNs) {
      newSegment();
    }
  }

  @Override
  public long deleteBefore(long position) throws JournalException {
    requireOpen();
    while (segments.size() > 1) {
      Segment first = segments.removeFirst();
      if (segments.getFirst().firstPosition > position) {
        segments.addFirst(first);
        break;
      }
    }
    return firstStored();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() throws JournalException {
    if (closed) {
      throw JournalException.closed();
    }
  }
}
