package parallax.simulation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import parallax.journal.CursorRecord;
import parallax.journal.EntryVisitor;
import parallax.journal.Journal;
import parallax.journal.JournalException;
import parallax.journal.OutboxEntry;
import parallax.journal.OutboxNumbers;
import parallax.journal.Transaction;

/**
 * A journal on a simulated disk: one run of bytes, transactions appended whole, each with a
 * checksum. What is beyond the last commit is a torn write and is cut off at opening; any other
 * damage is found there.
 *
 * <p>It promises what the journal on disk promises. With full durability an append that returned
 * outlives everything. With normal durability it outlives the process; power that fails right after
 * may take the last transaction, so {@link #loseLast} is for a node that has not acted on it yet.
 */
final class SimJournal implements Journal {
  private byte[] disk = new byte[8 * 1024];
  private int committed;
  private int beforeLast;
  private int lastWithNumbers = -1;
  private boolean full;
  private int flipped = -1;
  private int flippedBit;
  private Predicate<byte[]> kept = input -> true;

  private final List<Row> inputs = new ArrayList<>();
  private final SortedMap<String, List<Row>> outboxes = new TreeMap<>();
  private final SortedMap<String, CursorRecord> cursors = new TreeMap<>();
  private OutboxNumbers numbers = new OutboxNumbers();
  private boolean open;

  /** Where a row's bytes are. */
  private record Row(int offset, int length) {}

  /** As a bug would have it: some inputs are not stored. */
  void keepOnly(Predicate<byte[]> those) {
    kept = those;
  }

  /** No more room, or room again. */
  void full(boolean now) {
    full = now;
  }

  /** Bytes in use. */
  int size() {
    return committed;
  }

  /** Changes a bit of what is committed. */
  void flip(Chance chance) {
    if (committed > 0 && flipped < 0) {
      flipped = chance.below(committed);
      flippedBit = 1 << chance.below(8);
      disk[flipped] ^= (byte) flippedBit;
    }
  }

  /** Changes it back. */
  void unflip() {
    if (flipped >= 0) {
      disk[flipped] ^= (byte) flippedBit;
      flipped = -1;
    }
  }

  boolean isDamaged() {
    return flipped >= 0;
  }

  /** The process ends; a part of {@code t} had been written when it did. */
  void tear(Transaction t, Chance chance) {
    byte[] bytes = encode(t);
    int written = chance.below(bytes.length + 1);
    ensure(committed + written);
    System.arraycopy(bytes, 0, disk, committed, written);
  }

  /** The power fails before the last transaction was synced. */
  void loseLast() {
    committed = beforeLast;
    if (flipped >= committed) {
      flipped = -1;
    }
  }

  /** As a bug would have it: the last transaction that gave numbers is forgotten, and all after. */
  void forgetNumbers() {
    if (lastWithNumbers >= 0) {
      committed = lastWithNumbers;
      lastWithNumbers = -1;
    }
  }

  /**
   * Opens it anew: what is stored counts, and what was known in memory is forgotten.
   *
   * @throws JournalException {@code CORRUPT} when what is stored is not what was appended
   */
  void reopen() throws JournalException {
    inputs.clear();
    outboxes.clear();
    cursors.clear();
    numbers = new OutboxNumbers();
    Arrays.fill(disk, committed, disk.length, (byte) 0);
    int at = 0;
    while (at < committed) {
      at = index(at);
    }
    for (Map.Entry<String, List<Row>> e : outboxes.entrySet()) {
      numbers.restore(e.getKey(), e.getValue().size());
    }
    open = true;
  }

  /** Reads the transaction at a place; returns the place after it. */
  private int index(int at) throws JournalException {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(disk, at, committed - at))) {
      int length = in.readInt();
      int sum = in.readInt();
      if (length < 0 || length > committed - at - 8 || checksum(disk, at + 8, length) != sum) {
        throw damaged();
      }
      int rows = in.readInt();
      for (int i = 0; i < rows; i++) {
        inputs.add(row(in));
      }
      rows = in.readInt();
      for (int i = 0; i < rows; i++) {
        String partner = in.readUTF();
        List<Row> of = outboxes.computeIfAbsent(partner, p -> new ArrayList<>());
        if (in.readLong() != of.size() + 1) {
          throw damaged();
        }
        of.add(row(in));
      }
      rows = in.readInt();
      for (int i = 0; i < rows; i++) {
        String name = in.readUTF();
        cursors.put(name, new CursorRecord(name, in.readLong(), in.readNBytes(in.readInt())));
      }
      return at + 8 + length;
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
      throw damaged();
    }
  }

  private static JournalException damaged() {
    return JournalException.corruptInput(1, "a checksum is wrong");
  }

  private Row row(DataInputStream in) throws IOException {
    int size = in.readInt();
    int offset = committed - in.available();
    in.skipNBytes(size);
    return new Row(offset, size);
  }

  @Override
  public long append(Transaction t) throws JournalException {
    requireOpen();
    Map<String, Long> after = numbers.check(t.outbox());
    if (full) {
      throw new JournalException(JournalException.Kind.FULL, "the simulated disk is full");
    }
    byte[] bytes =
        encode(new Transaction(t.inputs().stream().filter(kept).toList(), t.outbox(), t.cursors()));
    ensure(committed + bytes.length);
    System.arraycopy(bytes, 0, disk, committed, bytes.length);
    final long first = nextPosition();
    beforeLast = committed;
    lastWithNumbers = t.outbox().isEmpty() ? lastWithNumbers : committed;
    committed += bytes.length;
    int end = index(beforeLast);
    if (end != committed) {
      throw damaged();
    }
    numbers.accept(after);
    return first;
  }

  private void ensure(int size) {
    if (size > disk.length) {
      disk = Arrays.copyOf(disk, Math.max(size, 2 * disk.length));
    }
  }

  private static byte[] encode(Transaction t) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeLong(0);
      out.writeInt(t.inputs().size());
      for (byte[] in : t.inputs()) {
        out.writeInt(in.length);
        out.write(in);
      }
      out.writeInt(t.outbox().size());
      for (OutboxEntry e : t.outbox()) {
        out.writeUTF(e.partner());
        out.writeLong(e.seq());
        out.writeInt(e.record().length);
        out.write(e.record());
      }
      out.writeInt(t.cursors().size());
      for (CursorRecord c : t.cursors()) {
        out.writeUTF(c.name());
        out.writeLong(c.next());
        out.writeInt(c.chainHash().length);
        out.write(c.chainHash());
      }
      byte[] all = bytes.toByteArray();
      int length = all.length - 8;
      putInt(all, 0, length);
      putInt(all, 4, checksum(all, 8, length));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void putInt(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private byte[] bytes(Row r) {
    return Arrays.copyOfRange(disk, r.offset(), r.offset() + r.length());
  }

  @Override
  public void replay(long fromPosition, EntryVisitor visitor) throws JournalException {
    requireOpen();
    for (long p = fromPosition; p < nextPosition(); p++) {
      visitor.entry(p, bytes(inputs.get((int) (p - 1))));
    }
  }

  @Override
  public long nextPosition() throws JournalException {
    requireOpen();
    return inputs.size() + 1L;
  }

  @Override
  public List<OutboxEntry> outbox(String partner, long fromSeq, int limit) throws JournalException {
    requireOpen();
    List<Row> of = outboxes.getOrDefault(partner, List.of());
    List<OutboxEntry> out = new ArrayList<>();
    for (long s = fromSeq; s <= of.size() && out.size() < limit; s++) {
      out.add(new OutboxEntry(partner, s, bytes(of.get((int) (s - 1)))));
    }
    return out;
  }

  @Override
  public OptionalLong lastOutboxSeq(String partner) throws JournalException {
    requireOpen();
    return numbers.last(partner);
  }

  @Override
  public Optional<CursorRecord> cursor(String name) throws JournalException {
    requireOpen();
    return Optional.ofNullable(cursors.get(name));
  }

  private void requireOpen() throws JournalException {
    if (!open) {
      throw JournalException.closed();
    }
  }

  @Override
  public void close() {
    open = false;
  }
}
