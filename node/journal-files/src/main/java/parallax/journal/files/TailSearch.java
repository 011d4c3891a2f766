package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.journal.log.BatchFormat;

/**
 * Looks at what stands in a segment after its last whole batch, to tell a batch that was never
 * written whole from one that was acknowledged and damaged afterwards.
 *
 * <p>A file has zeros where nothing was written yet, and a disk writes a sector of 512 bytes whole
 * or not at all. So a batch of which a part was never written either lacks its end or has zeros
 * from one boundary of sectors to another.
 *
 * @param from where the last whole batch ends
 * @param end where the bytes after it end that are not zero, rounded up to 8; {@code from} when
 *     there are none
 * @param later offset of a whole batch behind {@code from} which was written only once everything
 *     up to behind {@code from} was durable; 0 when there is none
 * @param hasEnd whether the bytes end like a batch
 * @param hasHole whether some sector's part between {@code from} and {@code later}, or {@code end},
 *     is all zeros
 */
record TailSearch(long from, long end, long later, boolean hasEnd, boolean hasHole) {
  private static final int SECTOR = 512;
  private static final int PIECE = 1 << 20;

  /** Looks; reads the file from {@code from} to its end. */
  static TailSearch look(BatchScan scan, long from) throws IOException {
    long end = endOfBytes(scan, from);
    if (end == from) {
      return new TailSearch(from, from, 0, false, false);
    }
    long later = laterProof(scan, from, end);
    return new TailSearch(
        from,
        end,
        later,
        endsLikeABatch(scan, from, end),
        hole(scan, from, later > 0 ? later : end));
  }

  /** Whether nothing was written after the last whole batch. */
  boolean isClean() {
    return end == from;
  }

  /**
   * Why what stands here must have been durable once, so that it is damage; empty when it may as
   * well be a batch that was never written whole.
   */
  Optional<String> proofOfDamage() {
    if (later > 0) {
      return Optional.of(
          "what stands here is no batch, but it was durable before the batch at byte "
              + later
              + " was written");
    }
    if (hasEnd && !hasHole) {
      return Optional.of(
          "the batch that stands here was written to its end and has changed afterwards");
    }
    return Optional.empty();
  }

  private static long endOfBytes(BatchScan scan, long from) throws IOException {
    long size = scan.fileBytes();
    long to = size;
    while (to > from) {
      long start = Math.max(from, to - PIECE);
      ByteBuffer b = scan.bytes(start, (int) (to - start));
      for (int i = b.limit() - 1; i >= 0; i--) {
        if (b.get(i) != 0) {
          long after = start + i + 1 - from;
          return from
              + (after + BatchFormat.ALIGNMENT - 1) / BatchFormat.ALIGNMENT * BatchFormat.ALIGNMENT;
        }
      }
      to = start;
    }
    return from;
  }

  private static long laterProof(BatchScan scan, long from, long end) throws IOException {
    long place = from + BatchFormat.ALIGNMENT;
    while (place < end) {
      ByteBuffer b = scan.bytes(place, PIECE);
      long pieceStart = place;
      int at = 0;
      while (at + BatchFormat.HEADER_BYTES <= b.limit()) {
        if (BatchFormat.lengthAt(b, at) > 0) {
          BatchFormat.@Nullable Header h = scan.batchAt(pieceStart + at);
          if (h != null && h.durableEnd() > from) {
            return pieceStart + at;
          }
        }
        at += BatchFormat.ALIGNMENT;
      }
      if (at == 0) {
        break;
      }
      place = pieceStart + at;
    }
    return 0;
  }

  private static boolean endsLikeABatch(BatchScan scan, long from, long end) throws IOException {
    if (end - from < BatchFormat.HEADER_BYTES + BatchFormat.END_BYTES) {
      return false;
    }
    ByteBuffer b = scan.bytes(end - BatchFormat.END_BYTES, BatchFormat.END_BYTES);
    return b.limit() == BatchFormat.END_BYTES && b.getInt(0) == BatchFormat.END_MAGIC;
  }

  /** Whether all bytes from one boundary of sectors to another, or to an end, are zeros. */
  private static boolean hole(BatchScan scan, long from, long to) throws IOException {
    long place = from;
    while (place < to) {
      ByteBuffer b = scan.bytes(place, (int) Math.min(PIECE - place % SECTOR, to - place));
      if (!b.hasRemaining()) {
        return true; // the file was cut meanwhile
      }
      int at = 0;
      while (at < b.limit()) {
        int next = (int) Math.min(b.limit(), at + SECTOR - (place + at) % SECTOR);
        boolean zeros = true;
        for (int i = at; i < next && zeros; i++) {
          zeros = b.get(i) == 0;
        }
        if (zeros) {
          return true;
        }
        at = next;
      }
      place += b.limit();
    }
    return false;
  }
}
