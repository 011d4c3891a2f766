package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import parallax.journal.JournalException;
import parallax.journal.JournalException.Kind;
import parallax.journal.files.LogOptions.Durability;
import parallax.journal.log.BatchFormat;
import parallax.journal.log.EntryLog;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.LogId;
import parallax.journal.log.LogSegment;

/**
 * The log in segments, each a file of a directory ({@link SegmentHeader}, then batches as in {@link
 * BatchFormat}). One write and, with full durability, one flush of the disk a batch. A process
 * killed at any moment leaves every batch of which the append had returned, and of the one under
 * way all or nothing.
 *
 * <p>One process writes a directory at a time; others read it with {@link EntryLogReader}, which
 * takes no lock and holds nothing up. A thread of its own makes room ahead and, with normal
 * durability, makes the log durable once a second.
 */
public final class SegmentLog implements EntryLog {
  /** The kind of log line that says that the mark of what was acknowledged cannot be written. */
  static final String MARK_NOT_WRITTEN = "JOURNAL_MARK_NOT_WRITTEN";

  /** A longer batch is written from a buffer of its own, bytes. */
  private static final int KEPT_BUFFER_BYTES = 8 << 20;

  private static final int FIRST_BUFFER_BYTES = 4 << 10;

  /** A segment that is ended. */
  private record Ended(SegmentHeader header, long bytes) {}

  private final Disk disk;
  private final Path directory;
  private final LogOptions options;
  private final BiConsumer<String, String> log;
  private final DirectoryLock lock;
  private final LogId id;
  private final AcknowledgedMark mark;
  private final Attendant attendant = new Attendant(this::attend);
  private final List<Ended> ended = new ArrayList<>();
  private volatile long endedBytes;
  private volatile OpenSegment current;
  private volatile long maxBytes;
  private volatile @Nullable IOException broken;
  private boolean markFailed;
  private ByteBuffer buffer = ByteBuffer.allocate(0); // direct once it is used
  private long nowNs;
  private boolean closed;

  private SegmentLog(
      Disk disk,
      Path directory,
      LogOptions options,
      long nowNs,
      BiConsumer<String, String> log,
      DirectoryLock lock)
      throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.nowNs = nowNs;
    this.log = log;
    this.lock = lock;
    this.maxBytes = options.maxBytes();
    Recovery.Found found = new Recovery(disk, directory, log).run(options.checkAtOpen());
    long counter = found.mark().map(AcknowledgedMark.Place::counter).orElse(0L);
    if (found.segments().isEmpty()) {
      id = found.mark().map(AcknowledgedMark.Place::log).orElseGet(SegmentLog::anyId);
      current = create(options.firstPosition(), 0, new SegmentEnd(0, options.firstPosition(), 0));
    } else {
      id = found.segments().getLast().log();
      current = openLast(found);
    }
    AcknowledgedMark m = null;
    try {
      m = AcknowledgedMark.open(disk, directory, id, counter);
      m.write(current.header().firstPosition(), current.durable());
      m.force();
      disk.syncDirectory(directory);
    } catch (IOException e) {
      if (m != null) {
        m.close();
      }
      current.close();
      throw e;
    }
    mark = m;
  }

  private static LogId anyId() {
    SecureRandom random = new SecureRandom();
    return new LogId(random.nextLong(), random.nextLong());
  }

  /** Opens the log of a directory with the standard options; what it says is not heard. */
  public static SegmentLog open(Path directory) throws JournalException {
    return open(directory, LogOptions.standard(), 0, (kind, line) -> {});
  }

  /**
   * Opens the log of a directory; both are made when they do not exist.
   *
   * @param nowNs the time, nanoseconds since 1970; 0 when it is not known yet
   * @param log takes what an operator should know, as a kind and a line; called from any thread
   * @throws JournalException {@code LOCKED} when another process has it open, {@code CORRUPT} when
   *     what is stored is not what was appended, {@code FULL} when there is no room, {@code OTHER}
   *     for the rest
   */
  public static SegmentLog open(
      Path directory, LogOptions options, long nowNs, BiConsumer<String, String> log)
      throws JournalException {
    SegmentLog opened = open(new RealDisk(), directory, options, nowNs, log);
    opened.attendant.start();
    return opened;
  }

  /** The same on any disk, without the thread: {@link #attend} is for the caller to call. */
  static SegmentLog open(
      Disk disk, Path directory, LogOptions options, long nowNs, BiConsumer<String, String> log)
      throws JournalException {
    DirectoryLock lock;
    try {
      Files.createDirectories(directory);
      lock = DirectoryLock.take(directory);
    } catch (IOException e) {
      throw Failures.of("opening the journal in " + directory, e);
    }
    try {
      return new SegmentLog(disk, directory, options, nowNs, log, lock);
    } catch (IOException e) {
      try {
        lock.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw Failures.writing("opening the journal in " + directory, directory, 1, e);
    }
  }

  /** The number of the process that has the log of a directory open now; empty when none has. */
  public static Optional<String> holder(Path directory) throws IOException {
    return DirectoryLock.holderOf(directory);
  }

  /** Whether there is a log in a directory. */
  public static boolean isThere(Path directory) throws IOException {
    return Files.isDirectory(directory)
        && !LogDirectory.positions(new RealDisk(), directory).isEmpty();
  }

  /** The id of the log, which its snapshots bear too. */
  public LogId id() {
    return id;
  }

  /** Changes the size the segments may grow to together; what they have already stays. */
  public void limitBytes(long most) throws JournalException {
    requireOpen();
    maxBytes = most;
  }

  private OpenSegment openLast(Recovery.Found found) throws IOException {
    long bytes = 0;
    for (SegmentHeader h : found.segments().subList(0, found.segments().size() - 1)) {
      try (Disk.DiskFile file = disk.openToRead(pathOf(h))) {
        ended.add(new Ended(h, file.size()));
        bytes += file.size();
      }
    }
    endedBytes = bytes;
    SegmentHeader last = found.segments().getLast();
    return segment(disk.openToWrite(pathOf(last)), last, found.end());
  }

  private Path pathOf(SegmentHeader h) {
    return LogDirectory.path(directory, h.firstPosition());
  }

  private OpenSegment segment(Disk.DiskFile file, SegmentHeader h, SegmentEnd end)
      throws IOException {
    try {
      return new OpenSegment(
          pathOf(h), file, h, end, options.roomBytes(), () -> maxBytes - endedBytes);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Makes a segment with room, durable under its name. */
  private OpenSegment create(long first, long previousFirst, SegmentEnd previous)
      throws IOException {
    Path path = LogDirectory.path(directory, first);
    Path part = path.resolveSibling(path.getFileName() + LogDirectory.PART);
    ByteBuffer bytes =
        SegmentHeader.encode(id, first, nowNs, previousFirst, previous.offset(), previous.crc());
    Disk.DiskFile file = disk.create(part);
    boolean named = false;
    try {
      file.write(bytes, 0);
      SegmentHeader h = SegmentHeader.read(path, first, file);
      segment(file, h, h.beginning())
          .ensureRoom(Math.min(options.roomBytes(), options.segmentBytes()));
      file.force(true);
      file.close();
      named = true;
      disk.rename(part, path);
      disk.syncDirectory(directory);
      return segment(disk.openToWrite(path), h, h.beginning());
    } catch (IOException e) {
      unmake(file, part, named ? path : part, e);
      throw e;
    }
  }

  /**
   * Takes back a segment that could not be made. What has its name would be taken for the end of
   * the log, so nothing more may be appended when it cannot be deleted.
   */
  private void unmake(Disk.DiskFile file, Path part, Path path, IOException why) {
    try {
      file.close();
      disk.delete(part);
      if (!path.equals(part)) {
        disk.delete(path);
        disk.syncDirectory(directory);
      }
    } catch (IOException e) {
      why.addSuppressed(e);
      if (!path.equals(part)) {
        broken = why;
      }
    }
  }

  @Override
  public long append(List<JournalEntry> batch) throws JournalException {
    requireOpen();
    requireSound();
    final long first = current.end().position();
    if (batch.isEmpty()) {
      return first;
    }
    int bytes = BatchFormat.encodedBytes(batch);
    if (current.end().offset() + bytes > options.segmentBytes() && !current.isEmpty()) {
      next();
    }
    OpenSegment segment = current;
    SegmentEnd end = segment.end();
    segment.ensureRoom(end.offset() + bytes);
    ByteBuffer b = bytes > KEPT_BUFFER_BYTES ? ByteBuffer.allocateDirect(bytes) : buffer(bytes);
    int crc = BatchFormat.encode(b, id, first, segment.durable().offset(), end.crc(), batch);
    try {
      segment.write(b.flip());
    } catch (IOException e) {
      throw Failures.writing("appending to the journal in " + directory, directory, bytes, e);
    }
    segment.accept(new SegmentEnd(end.offset() + bytes, first + batch.size(), crc));
    if (options.durability() == Durability.FULL) {
      force(segment);
    }
    if (segment.wantsRoom(options.segmentBytes())) {
      attendant.ask();
    }
    return first;
  }

  private ByteBuffer buffer(int bytes) {
    if (bytes > buffer.capacity()) {
      buffer =
          ByteBuffer.allocateDirect(
              Math.clamp(
                  Math.max(bytes, 2 * buffer.capacity()), FIRST_BUFFER_BYTES, KEPT_BUFFER_BYTES));
    }
    return buffer.clear();
  }

  /**
   * Makes durable. When a disk says once that it could not, nobody knows what is on it: the log
   * takes nothing more until it is opened again and what is there has been read.
   */
  private void force(OpenSegment segment) throws JournalException {
    SegmentEnd end;
    try {
      end = segment.force();
    } catch (IOException e) {
      broken = e;
      throw requireSoundFails(e);
    }
    mark(segment, end);
  }

  private void mark(OpenSegment segment, SegmentEnd end) {
    try {
      mark.write(segment.header().firstPosition(), end);
    } catch (IOException e) {
      if (!markFailed) {
        markFailed = true;
        log.accept(
            MARK_NOT_WRITTEN,
            "the file '"
                + AcknowledgedMark.FILE
                + "' cannot be written, so a loss of the journal's end may go unnoticed: "
                + e.getMessage());
      }
    }
  }

  private JournalException requireSoundFails(IOException e) {
    return new JournalException(
        Kind.OTHER,
        "the disk did not write the journal in "
            + directory
            + " through: "
            + e.getMessage()
            + ". What is on it is not known now; look at the disk, then start the node again",
        e);
  }

  private void requireSound() throws JournalException {
    IOException why = broken;
    if (why != null) {
      throw requireSoundFails(why);
    }
  }

  /** Ends the current segment, which is not empty, and begins another. */
  private void next() throws JournalException {
    OpenSegment before = current;
    if (before.durable().offset() < before.end().offset()) {
      force(before);
    }
    Ended now = new Ended(before.header(), before.end().offset());
    ended.add(now);
    countEnded();
    try {
      OpenSegment made =
          create(before.end().position(), before.header().firstPosition(), before.end());
      current = made;
      mark(made, made.end());
    } catch (IOException e) {
      ended.removeLast();
      countEnded();
      throw Failures.writing(
          "beginning a segment of the journal in " + directory, directory, options.roomBytes(), e);
    }
    synchronized (before) {
      try {
        before.cut();
        before.close();
      } catch (IOException e) {
        // Zeros behind its end, or an open file, harm nobody.
        return;
      }
    }
  }

  private void countEnded() {
    endedBytes = ended.stream().mapToLong(Ended::bytes).sum();
  }

  /** What the attendant does. */
  void attend() throws IOException {
    OpenSegment segment = current;
    if (options.durability() == Durability.NORMAL
        && segment.durable().offset() < segment.end().offset()) {
      try {
        SegmentEnd end = segment.force();
        if (segment == current) {
          mark(segment, end);
        }
      } catch (IOException e) {
        if (segment == current) {
          broken = e;
          throw e;
        }
      }
    }
    try {
      segment.makeRoom(options.segmentBytes());
    } catch (IOException e) {
      // Whoever appends makes the room that is needed, or says that there is none.
      return;
    }
  }

  @Override
  public long firstPosition() throws JournalException {
    requireOpen();
    return ended.isEmpty()
        ? current.header().firstPosition()
        : ended.getFirst().header().firstPosition();
  }

  @Override
  public long nextPosition() throws JournalException {
    requireOpen();
    return current.end().position();
  }

  @Override
  public void replay(long from, Visitor visitor) throws JournalException {
    if (from < 1) {
      throw new IllegalArgumentException("reading from " + from + "; expected 1 or more");
    }
    long first = firstPosition();
    if (from < first) {
      throw JournalException.deleted(from, first);
    }
    try {
      for (int i = 0; i < ended.size(); i++) {
        SegmentHeader h = ended.get(i).header();
        SegmentHeader next = i + 1 < ended.size() ? ended.get(i + 1).header() : current.header();
        if (next.firstPosition() <= from) {
          continue;
        }
        try (Disk.DiskFile file = disk.openToRead(pathOf(h))) {
          BatchScan scan =
              new BatchScan(
                  pathOf(h), file, SegmentHeader.read(pathOf(h), h.firstPosition(), file));
          show(scan, next.previousEnd(), from, visitor);
          Recovery.requireEnd(scan, next);
        }
      }
      SegmentEnd end = current.end();
      BatchScan scan = new BatchScan(current.path(), current.file(), current.header());
      show(scan, end.offset(), from, visitor);
      if (!scan.at().equals(end)) {
        throw Failures.corrupt(
            current.path(),
            scan.at().offset(),
            scan.at().position(),
            "what stands here is not what was written");
      }
    } catch (IOException e) {
      throw Failures.of("reading the journal in " + directory, e);
    }
  }

  private static void show(BatchScan scan, long end, long from, Visitor visitor)
      throws IOException {
    while (scan.at().offset() < end && scan.next() != null) {
      scan.entries(from, visitor);
    }
  }

  @Override
  public List<LogSegment> segments() throws JournalException {
    requireOpen();
    List<LogSegment> all = new ArrayList<>();
    for (Ended e : ended) {
      all.add(new LogSegment(e.header().firstPosition(), e.header().createdNs(), e.bytes()));
    }
    SegmentHeader h = current.header();
    all.add(new LogSegment(h.firstPosition(), h.createdNs(), current.roomEnd()));
    return all;
  }

  @Override
  public void roll(long now) throws JournalException {
    requireOpen();
    nowNs = now;
    if (!current.isEmpty() && now - current.header().createdNs() >= options.segmentAgeNs()) {
      requireSound();
      next();
    }
  }

  @Override
  public long deleteBefore(long position) throws JournalException {
    requireOpen();
    boolean deleted = false;
    try {
      while (!ended.isEmpty()) {
        SegmentHeader next = ended.size() > 1 ? ended.get(1).header() : current.header();
        if (next.firstPosition() > position) {
          break;
        }
        Ended oldest = ended.getFirst();
        disk.delete(pathOf(oldest.header()));
        // The oldest first, and each durably, so that no hole can come about.
        disk.syncDirectory(directory);
        ended.removeFirst();
        deleted = true;
      }
    } catch (IOException e) {
      throw Failures.of("deleting the oldest segment of the journal in " + directory, e);
    } finally {
      if (deleted) {
        countEnded();
      }
    }
    return firstPosition();
  }

  @Override
  public void close() throws JournalException {
    if (closed) {
      return;
    }
    closed = true;
    attendant.close();
    try (lock;
        mark;
        OpenSegment segment = current) {
      if (broken == null) {
        SegmentEnd end = segment.force();
        mark.write(segment.header().firstPosition(), end);
        mark.force();
      }
    } catch (IOException e) {
      throw Failures.of("closing the journal in " + directory, e);
    }
  }

  private void requireOpen() throws JournalException {
    if (closed) {
      throw JournalException.closed();
    }
  }
}
