package parallax.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A journal in memory, for tests and simulation: it keeps every promise of {@link Journal} but to
 * outlive the process. {@link #reopen} stands for a restart; {@link #limitBytes} and {@link
 * #flipBit} for a full and a failing disk.
 */
public final class MemoryJournal implements ForgettingJournal {
  /** What outlives a restart. */
  private static final class Store {
    final ArrayList<byte[]> inputs = new ArrayList<>();
    final ArrayList<Integer> checksums = new ArrayList<>();
    final TreeMap<String, ArrayList<byte[]>> records = new TreeMap<>();
    final TreeMap<String, ArrayList<Integer>> recordChecksums = new TreeMap<>();
    final OutboxNumbers numbers = new OutboxNumbers();
    final TreeMap<String, CursorRecord> cursors = new TreeMap<>();
    long bytes;
    long limitBytes = Long.MAX_VALUE;
  }

  private final Store store;
  private boolean closed;

  /** An empty journal without a limit. */
  public MemoryJournal() {
    this(new Store());
  }

  private MemoryJournal(Store store) {
    this.store = store;
  }

  /** Closes this journal and opens another on what it had stored. */
  public MemoryJournal reopen() {
    close();
    return new MemoryJournal(store);
  }

  /** Room for so many bytes of inputs, records and cursors; what is beyond it already stays. */
  public void limitBytes(long limit) {
    store.limitBytes = limit;
  }

  /**
   * Changes one bit of a stored input behind the journal's back; an empty input grows by a byte.
   */
  public void flipBit(long position) {
    flip(store.inputs, position);
  }

  /** Changes one bit of a stored outbox record behind the journal's back, likewise. */
  public void flipOutboxBit(String partner, long seq) {
    flip(store.records.getOrDefault(partner, new ArrayList<>()), seq);
  }

  private static void flip(List<byte[]> stored, long place) {
    int index = Math.toIntExact(place - 1);
    byte[] damaged = stored.get(index).clone();
    if (damaged.length == 0) {
      damaged = new byte[1];
    } else {
      damaged[damaged.length / 2] ^= 1;
    }
    stored.set(index, damaged);
  }

  @Override
  public long append(Transaction t) throws JournalException {
    requireOpen();
    final Map<String, Long> numbersAfter = store.numbers.check(t.outbox());
    final long size = size(t);
    if (size > store.limitBytes - store.bytes) {
      throw new JournalException(
          JournalException.Kind.FULL,
          "the journal is full: " + size + " bytes to add to " + store.bytes);
    }
    final long first = nextPosition();
    for (byte[] input : t.inputs()) {
      byte[] kept = input.clone();
      store.inputs.add(kept);
      store.checksums.add(checksum(kept));
    }
    for (OutboxEntry e : t.outbox()) {
      byte[] kept = e.record().clone();
      store.records.computeIfAbsent(e.partner(), p -> new ArrayList<>()).add(kept);
      store
          .recordChecksums
          .computeIfAbsent(e.partner(), p -> new ArrayList<>())
          .add(checksum(kept));
    }
    store.numbers.accept(numbersAfter);
    for (CursorRecord c : t.cursors()) {
      store.cursors.put(c.name(), new CursorRecord(c.name(), c.next(), c.chainHash().clone()));
    }
    store.bytes += size;
    return first;
  }

  @Override
  public void replay(long fromPosition, EntryVisitor visitor) throws JournalException {
    requireOpen();
    requireFrom(fromPosition);
    for (long p = fromPosition; p < nextPosition(); p++) {
      byte[] input = store.inputs.get((int) (p - 1));
      if (checksum(input) != store.checksums.get((int) (p - 1))) {
        throw JournalException.corruptInput(p, "its checksum is wrong");
      }
      visitor.entry(p, input.clone());
    }
  }

  @Override
  public List<byte[]> inputs(long fromPosition, int limit) throws JournalException {
    requireOpen();
    requireFrom(fromPosition);
    requireLimit(limit);
    List<byte[]> out = new ArrayList<>();
    for (long p = fromPosition; p < nextPosition() && out.size() < limit; p++) {
      byte[] input = store.inputs.get((int) (p - 1));
      if (checksum(input) != store.checksums.get((int) (p - 1))) {
        throw JournalException.corruptInput(p, "its checksum is wrong");
      }
      out.add(input.clone());
    }
    return out;
  }

  @Override
  public void replace(SortedMap<Long, byte[]> inputs) throws JournalException {
    requireOpen();
    if (!inputs.isEmpty() && (inputs.firstKey() < 1 || inputs.lastKey() >= nextPosition())) {
      throw new IllegalArgumentException(
          "replacing "
              + inputs.firstKey()
              + " to "
              + inputs.lastKey()
              + "; there is no such input");
    }
    inputs.forEach(
        (position, bytes) -> {
          int index = (int) (position - 1);
          store.bytes += bytes.length - store.inputs.get(index).length;
          store.inputs.set(index, bytes.clone());
          store.checksums.set(index, checksum(bytes));
        });
  }

  @Override
  public void purge() throws JournalException {
    requireOpen(); // what was replaced is nowhere else
  }

  @Override
  public long nextPosition() throws JournalException {
    requireOpen();
    return store.inputs.size() + 1L;
  }

  @Override
  public List<OutboxEntry> outbox(String partner, long fromSeq, int limit) throws JournalException {
    requireOpen();
    requireFrom(fromSeq);
    requireLimit(limit);
    List<byte[]> all = store.records.getOrDefault(partner, new ArrayList<>());
    List<Integer> checksums = store.recordChecksums.getOrDefault(partner, new ArrayList<>());
    List<OutboxEntry> entries = new ArrayList<>();
    for (long seq = fromSeq; seq <= all.size() && entries.size() < limit; seq++) {
      byte[] record = all.get((int) (seq - 1));
      if (checksum(record) != checksums.get((int) (seq - 1))) {
        throw JournalException.corruptOutbox(partner, seq, "its checksum is wrong");
      }
      entries.add(new OutboxEntry(partner, seq, record.clone()));
    }
    return entries;
  }

  @Override
  public OptionalLong lastOutboxSeq(String partner) throws JournalException {
    requireOpen();
    return store.numbers.last(partner);
  }

  @Override
  public Optional<CursorRecord> cursor(String name) throws JournalException {
    requireOpen();
    return Optional.ofNullable(store.cursors.get(name));
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

  private static void requireFrom(long from) {
    if (from < 1) {
      throw new IllegalArgumentException("reading from " + from + "; expected 1 or more");
    }
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + "; expected 1 or more");
    }
  }

  private static long size(Transaction t) {
    long size = 0;
    for (byte[] input : t.inputs()) {
      size += input.length;
    }
    for (OutboxEntry e : t.outbox()) {
      size += e.record().length;
    }
    for (CursorRecord c : t.cursors()) {
      size += c.chainHash().length;
    }
    return size;
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
