package parallax.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parallax.model.InvalidValueException;

/**
 * The records a partner has not acknowledged, by number, each with the chain hash after it and the
 * bytes of all records up to it. A ring that grows; every look-up is one index.
 */
final class Outbox {
  private static final int FIRST_CAPACITY = 1024;

  private static final byte[] EMPTY = {};

  private byte[][] records = new byte[FIRST_CAPACITY][];
  private Digest[] hashes = new Digest[FIRST_CAPACITY];
  private long[] bytesThrough = new long[FIRST_CAPACITY];

  private long acknowledged;
  private Digest acknowledgedHash;
  private long acknowledgedBytes;

  private long last;
  private Digest lastHash;
  private long lastBytes;

  Outbox(Digest start) {
    acknowledgedHash = start;
    lastHash = start;
  }

  /** Number of the last record acknowledged; 0 when there is none. */
  long acknowledged() {
    return acknowledged;
  }

  /** Number of the last record assigned; 0 when there is none. */
  long last() {
    return last;
  }

  Digest lastHash() {
    return lastHash;
  }

  long waitingBytes() {
    return lastBytes - acknowledgedBytes;
  }

  /** Bytes of the unacknowledged records with numbers below {@code seq}. */
  long waitingBytesBelow(long seq) {
    return (seq - 1 == acknowledged ? acknowledgedBytes : bytesThrough[slot(seq - 1)])
        - acknowledgedBytes;
  }

  void add(byte[] record, Digest hashAfter) {
    if (last - acknowledged == records.length) {
      grow();
    }
    last++;
    lastHash = hashAfter;
    lastBytes += record.length;
    int slot = slot(last);
    records[slot] = record;
    hashes[slot] = hashAfter;
    bytesThrough[slot] = lastBytes;
  }

  /** A record not yet acknowledged. */
  byte[] record(long seq) {
    if (seq <= acknowledged || seq > last) {
      throw new InvalidValueException(
          "outbox number", seq, "from " + (acknowledged + 1) + " to " + last);
    }
    return records[slot(seq)];
  }

  /** The records from one number to another, both included. */
  List<byte[]> records(long from, long to) {
    List<byte[]> all = new ArrayList<>((int) (to - from + 1));
    for (long seq = from; seq <= to; seq++) {
      all.add(record(seq));
    }
    return all;
  }

  /** The chain hash after a record, which is the last acknowledged one or a later one. */
  Digest hashAfter(long seq) {
    return seq == acknowledged ? acknowledgedHash : hashes[slot(seq)];
  }

  /** Forgets the records up to {@code seq}, which the partner holds. */
  void acknowledge(long seq) {
    while (acknowledged < seq) {
      acknowledged++;
      int slot = slot(acknowledged);
      acknowledgedHash = hashes[slot];
      acknowledgedBytes = bytesThrough[slot];
      records[slot] = EMPTY;
    }
  }

  private int slot(long seq) {
    return (int) (seq & (records.length - 1));
  }

  private void grow() {
    int old = records.length;
    byte[][] oldRecords = records;
    Digest[] oldHashes = hashes;
    long[] oldBytes = bytesThrough;
    records = Arrays.copyOf(oldRecords, 2 * old);
    hashes = Arrays.copyOf(oldHashes, 2 * old);
    bytesThrough = Arrays.copyOf(oldBytes, 2 * old);
    for (long seq = acknowledged + 1; seq <= last; seq++) {
      int from = (int) (seq & (old - 1));
      records[slot(seq)] = oldRecords[from];
      hashes[slot(seq)] = oldHashes[from];
      bytesThrough[slot(seq)] = oldBytes[from];
    }
  }
}
