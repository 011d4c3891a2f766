package parallax.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.engine.Input;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.HashChain;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.StreamSignatures;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.DeletedRecord;
import parallax.wire.proto.JournalInput;

/** Inputs from which an old version deleted the records of partners can still be read. */
class DeletedRecordsTest {
  private static final StreamId STREAM = new StreamId(Nation.KOR, Nation.JPN, Lane.BULK);
  private static final Digest HASH = Digest.of(new byte[32]);
  private static final HashChain HASHER = new HashChain();

  private static Input.Stamped stamped(List<Entry> entries) {
    return new Input.Stamped(
        new UtcTime(1_700_000_000_000_000_000L),
        1_700_000_000_000_000_001L,
        new Input.FrameReceived(
            new Wire(Nation.KOR, STREAM), new Frame.Batch(7, entries, HASH, new byte[64], 5)));
  }

  private static Frame.Batch batch(byte[] input) {
    Input.FrameReceived f = (Input.FrameReceived) InputCodec.decode(input).input();
    return (Frame.Batch) f.frame();
  }

  private static Entry.Whole record(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return new Entry.Whole(bytes);
  }

  /** An input as it was stored once its records were deleted: digests, and zeros before it. */
  private static JournalInput.Builder deleted(List<Entry> entries) throws Exception {
    JournalInput.Builder b =
        JournalInput.parseFrom(InputCodec.encode(stamped(entries))).toBuilder();
    b.addPadding(ByteString.EMPTY).addPadding(ByteString.copyFrom(new byte[40]));
    b.getFrameBuilder().getFrameBuilder().getBatchBuilder().clearRecords();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i) instanceof Entry.Whole w) {
        b.getFrameBuilder()
            .addDeleted(
                DeletedRecord.newBuilder()
                    .setIndex(i)
                    .setDigest(WireFields.bytes(HASHER.ofRecord(w.bytes()).bytes()))
                    .setLength(w.bytes().length));
      }
    }
    return b;
  }

  @Test
  void whatElseStandsInABatchStaysInItsPlaceAndTheSignatureHolds() throws Exception {
    List<Entry> entries = new ArrayList<>();
    entries.add(record(200));
    entries.add(new Entry.Folded(HASH, 9));
    entries.add(record(300));
    entries.add(new Entry.NewKey(SigningKey.fromSeed(new byte[32]).key()));
    entries.add(record(0));
    Frame.Batch left = batch(deleted(entries).build().toByteArray());
    assertEquals(
        new Entry.Deleted(HASHER.ofRecord(((Entry.Whole) entries.get(2)).bytes()), 300),
        left.entries().get(2));
    assertEquals(entries.get(1), left.entries().get(1));
    assertEquals(entries.get(3), left.entries().get(3));
    for (int i = 0; i < entries.size(); i++) {
      assertEquals(
          HASHER.of(Channel.TEST, entries.get(i)), HASHER.of(Channel.TEST, left.entries().get(i)));
    }
    assertArrayEquals(
        StreamSignatures.batch(STREAM, 7, entries, HASH),
        StreamSignatures.batch(STREAM, 7, left.entries(), HASH));
  }

  @Test
  void aDeletedRecordOutsideItsBatchOrInAnothersPlaceIsRefused() throws Exception {
    for (int index : new int[] {-1, 0, 2, Integer.MAX_VALUE}) {
      JournalInput.Builder b = deleted(List.of(record(10), record(20)));
      b.getFrameBuilder().getDeletedBuilder(1).setIndex(index);
      byte[] bytes = b.build().toByteArray();
      assertThrows(InvalidValueException.class, () -> InputCodec.decode(bytes), "index " + index);
    }
  }

  @Test
  void aDeletedRecordIsNeitherSentNorWritten() throws Exception {
    Frame.Batch left = batch(deleted(List.of(record(200))).build().toByteArray());
    assertThrows(IllegalArgumentException.class, () -> FrameCodec.encode(left));
    assertThrows(IllegalArgumentException.class, () -> InputCodec.encode(stamped(left.entries())));
  }
}
