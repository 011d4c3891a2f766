package parallax.simulation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: bytes in order, each chunk due at its time. Frames stand behind
 * their length in 4 bytes; where chunks end says nothing of where frames end.
 */
final class Pipe {
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Chunk(byte[] bytes, long dueNs) {}

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private final Deque<Boolean> forged = new ArrayDeque<>();
  private byte[] partial = new byte[256];
  private int partialLength;
  private long lastDueNs;
  private long queued;
  boolean closing;
  boolean planned;
  long stalledUntilNs;

  /** Bytes on the way. */
  long queued() {
    return queued;
  }

  void send(byte[] frame, boolean isForged, long dueNs, Chance chance) {
    byte[] bytes = new byte[4 + frame.length];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (frame.length >>> (24 - 8 * i));
    }
    System.arraycopy(frame, 0, bytes, 4, frame.length);
    forged.addLast(isForged);
    lastDueNs = Math.max(lastDueNs, dueNs);
    queued += bytes.length;
    if (chance.hit(0.05)) {
      int cut = 1 + chance.below(bytes.length - 1);
      chunks.addLast(new Chunk(Arrays.copyOf(bytes, cut), lastDueNs));
      lastDueNs += chance.ns(0, 0.05);
      chunks.addLast(new Chunk(Arrays.copyOfRange(bytes, cut, bytes.length), lastDueNs));
    } else {
      chunks.addLast(new Chunk(bytes, lastDueNs));
    }
  }

  /** When the next chunk is due; {@code Long.MAX_VALUE} when none is on its way. */
  long nextDueNs() {
    Chunk c = chunks.peekFirst();
    return c == null ? Long.MAX_VALUE : Math.max(stalledUntilNs, c.dueNs());
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  /** Takes in the next chunk. */
  void arrive() {
    Chunk c = chunks.removeFirst();
    take(c.bytes(), c.bytes().length);
  }

  /** Takes in some of what is on its way, up to any byte; the rest is lost. */
  void arriveInPart(Chance chance) {
    long left = queued == 0 ? 0 : chance.below((int) queued + 1);
    while (left > 0 && !chunks.isEmpty()) {
      Chunk c = chunks.removeFirst();
      int n = (int) Math.min(left, c.bytes().length);
      take(c.bytes(), n);
      left -= n;
    }
    drop();
  }

  void drop() {
    chunks.clear();
    queued = 0;
  }

  private void take(byte[] bytes, int length) {
    queued -= length;
    if (partialLength + length > partial.length) {
      partial = Arrays.copyOf(partial, 2 * (partialLength + length));
    }
    System.arraycopy(bytes, 0, partial, partialLength, length);
    partialLength += length;
  }

  /** The next whole frame; null when there is none. */
  byte @Nullable [] next() {
    if (partialLength < 4) {
      return null;
    }
    int length = 0;
    for (int i = 0; i < 4; i++) {
      length = (length << 8) | (partial[i] & 0xff);
    }
    if (partialLength < 4 + length) {
      return null;
    }
    byte[] frame = Arrays.copyOfRange(partial, 4, 4 + length);
    partialLength -= 4 + length;
    System.arraycopy(partial, 4 + length, partial, 0, partialLength);
    return frame;
  }

  /** Whether the frame that {@link #next} gave last was put in by somebody. */
  boolean wasForged() {
    return forged.removeFirst();
  }
}
