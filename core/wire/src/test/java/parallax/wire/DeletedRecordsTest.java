package parallax.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;

/** Inputs of a journal from which the records of partners are deleted. */
class DeletedRecordsTest {
  private static final StreamId STREAM = new StreamId(Nation.KOR, Nation.JPN, Lane.BULK);
  private static final Digest HASH = Digest.of(new byte[32]);

  private static byte[] input(Entry... entries) {
    return InputCodec.encode(
        new Input.Stamped(
            new UtcTime(1_700_000_000_000_000_000L),
            1_700_000_000_000_000_001L,
            new Input.FrameReceived(
                new Wire(Nation.KOR, STREAM),
                new Frame.Batch(7, List.of(entries), HASH, new byte[64], 5))));
  }

  private static Frame.Batch batch(byte[] input) {
    Input.FrameReceived f = (Input.FrameReceived) InputCodec.decode(input).input();
    return (Frame.Batch) f.frame();
  }

  private static byte[] record(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  @Test
  void digestAndLengthStayAndTheInputIsAsLongAsItWas() {
    HashChain hasher = new HashChain();
    for (int length = 60; length < 700; length++) {
      byte[] before = input(new Entry.Whole(record(length)));
      byte[] after = InputCodec.withoutRecords(before).orElseThrow();
      assertEquals(before.length, after.length, "record of " + length + " bytes");
      assertEquals(
          List.of(new Entry.Deleted(hasher.ofRecord(record(length)), length)),
          batch(after).entries());
      assertTrue(!new String(after, StandardCharsets.ISO_8859_1).contains("xxxx"));
    }
  }

  @Test
  void aRecordShorterThanItsDigestIsDeletedAllTheSame() {
    for (int length = 0; length < 60; length++) {
      byte[] after =
          InputCodec.withoutRecords(input(new Entry.Whole(record(length)))).orElseThrow();
      assertTrue(batch(after).entries().getFirst() instanceof Entry.Deleted d && d.length() >= 0);
    }
  }

  @Test
  void whatElseStandsInABatchStaysInItsPlaceAndTheSignatureHolds() {
    SigningKey key = SigningKey.fromSeed(new byte[32]);
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry.Whole(record(200)));
    entries.add(new Entry.Folded(HASH, 9));
    entries.add(new Entry.Whole(record(300)));
    entries.add(new Entry.NewKey(key.key()));
    entries.add(new Entry.Whole(record(100)));
    byte[] message = StreamSignatures.batch(STREAM, 7, entries, HASH);
    Frame.Batch left =
        batch(InputCodec.withoutRecords(input(entries.toArray(new Entry[0]))).orElseThrow());
    assertEquals(entries.get(1), left.entries().get(1));
    assertEquals(entries.get(3), left.entries().get(3));
    HashChain hasher = new HashChain();
    for (int i = 0; i < entries.size(); i++) {
      assertEquals(
          hasher.of(Channel.TEST, entries.get(i)), hasher.of(Channel.TEST, left.entries().get(i)));
    }
    assertArrayEquals(message, StreamSignatures.batch(STREAM, 7, left.entries(), HASH));
  }

  @Test
  void whatHoldsNoRecordIsLeftAsItIs() {
    byte[] deleted = InputCodec.withoutRecords(input(new Entry.Whole(record(200)))).orElseThrow();
    assertEquals(Optional.empty(), InputCodec.withoutRecords(deleted));
    assertEquals(Optional.empty(), InputCodec.withoutRecords(input(new Entry.Folded(HASH, 9))));
    Made made = new Made(4);
    for (int i = 0; i < 500; i++) {
      Input.Stamped in = made.input();
      if (!(in.input() instanceof Input.FrameReceived)) {
        assertEquals(Optional.empty(), InputCodec.withoutRecords(InputCodec.encode(in)));
      }
    }
  }

  @Test
  void aDeletedRecordIsNeverSent() {
    Frame.Batch left =
        batch(InputCodec.withoutRecords(input(new Entry.Whole(record(200)))).orElseThrow());
    assertThrows(IllegalArgumentException.class, () -> FrameCodec.encode(left));
  }
}
