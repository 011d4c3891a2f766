package parallax.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import parallax.model.Channel;
import parallax.signing.SignatureDomain;

/**
 * What is signed of a stream, each in a domain of its own on the stream's channel. All begin with
 * originator and recipient (3 US-ASCII letters each) and the lane (one byte, 0 urgent, 1 bulk);
 * numbers are 8 bytes, big-endian.
 *
 * <pre>
 *   batch    link-batch    by the originator   first || last || h(last), and n || into of each
 *                                              number n that is no whole record; into is 0 for a key
 *   gap      link-gap      by the originator   from || to || reason || h(to)
 *   receipt  link-receipt  by the recipient    next || h(next-1)
 *   set      link-set-     by the recipient    total, and n || length || reason of each number n
 *   aside    aside                             named; length is one byte, reason US-ASCII
 * </pre>
 *
 * A batch proves what was told, and a receipt that it was taken in, to anybody. The chain is the
 * same whether a record is sent or folded, so a batch names what it does not carry: otherwise a
 * relay could keep a record back and pass its digest on.
 */
public final class StreamSignatures {
  private static final int PREFIX = 3 + 3 + 1;

  private StreamSignatures() {}

  /** The domain of batches. */
  public static SignatureDomain batchDomain(Channel channel) {
    return new SignatureDomain(channel, "link-batch");
  }

  /** What the originator signs of a batch. */
  public static byte[] batch(
      StreamId stream, long firstSeq, List<Entry> entries, Digest chainHash) {
    long notWhole =
        entries.stream()
            .filter(e -> !(e instanceof Entry.Whole || e instanceof Entry.Deleted))
            .count();
    byte[] message = new byte[PREFIX + 8 + 8 + Digest.LENGTH + Math.toIntExact(16 * notWhole)];
    ByteBuffer b =
        begin(ByteBuffer.wrap(message), stream)
            .putLong(firstSeq)
            .putLong(firstSeq + entries.size() - 1)
            .put(chainHash.shared());
    for (int i = 0; i < entries.size(); i++) {
      switch (entries.get(i)) {
        case Entry.Whole r -> {}
        case Entry.Deleted d -> {}
        case Entry.Folded f -> b.putLong(firstSeq + i).putLong(f.into());
        case Entry.NewKey k -> b.putLong(firstSeq + i).putLong(0);
      }
    }
    return message;
  }

  /** The domain of gaps. */
  public static SignatureDomain gapDomain(Channel channel) {
    return new SignatureDomain(channel, "link-gap");
  }

  /** What the originator signs of a gap. */
  public static byte[] gap(
      StreamId stream, long from, long to, GapReason reason, Digest chainHash) {
    return begin(ByteBuffer.allocate(PREFIX + 8 + 8 + 8 + Digest.LENGTH), stream)
        .putLong(from)
        .putLong(to)
        .putLong(reason.wire())
        .put(chainHash.shared())
        .array();
  }

  /** The domain of receipts. */
  public static SignatureDomain receiptDomain(Channel channel) {
    return new SignatureDomain(channel, "link-receipt");
  }

  /** What the recipient signs of what it holds. */
  public static byte[] receipt(StreamId stream, Cursor cursor) {
    return begin(ByteBuffer.allocate(PREFIX + 8 + Digest.LENGTH), stream)
        .putLong(cursor.next())
        .put(cursor.chainHash().shared())
        .array();
  }

  /** The domain of records set aside. */
  public static SignatureDomain setAsideDomain(Channel channel) {
    return new SignatureDomain(channel, "link-set-aside");
  }

  /** What the recipient signs of what it does not use. */
  public static byte[] setAside(StreamId stream, long total, List<Frame.SetAside.Item> newest) {
    int size = newest.stream().mapToInt(i -> 8 + 1 + i.reason().length()).sum();
    ByteBuffer b = begin(ByteBuffer.allocate(PREFIX + 8 + size), stream).putLong(total);
    for (Frame.SetAside.Item i : newest) {
      b.putLong(i.seq())
          .put((byte) i.reason().length())
          .put(i.reason().getBytes(StandardCharsets.US_ASCII));
    }
    return b.array();
  }

  private static ByteBuffer begin(ByteBuffer message, StreamId stream) {
    return message
        .put(stream.originator().code().getBytes(StandardCharsets.US_ASCII))
        .put(stream.recipient().code().getBytes(StandardCharsets.US_ASCII))
        .put((byte) stream.lane().wire());
  }
}
