package parallax.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import parallax.engine.EngineState;
import parallax.model.InvalidValueException;
import parallax.warning.AlertBookState;
import parallax.wire.proto.KeptEngine;
import parallax.wire.state.EngineStateCodec;
import parallax.wire.state.WarningStateCodec;

/** States come back as they went, and bytes from an enemy give one clear exception or a state. */
class EngineStateCodecTest {
  private static final int SEEDS = 20;

  private static byte[] sample(long seed) {
    return EngineStateCodec.encode(new MadeState(seed).state());
  }

  @Test
  void statesComeBackAsTheyWent() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      EngineState s = new MadeState(seed).state();
      byte[] bytes = EngineStateCodec.encode(s);

      EngineState back = EngineStateCodec.decode(bytes);

      assertEquals(s.knowledge(), back.knowledge());
      assertEquals(s.releases(), back.releases());
      assertEquals(s.streams(), back.streams());
      assertEquals(s.alerts(), back.alerts());
      assertEquals(s.doubted(), back.doubted());
      assertEquals(s.faults(), back.faults());
      assertEquals(s.feeds(), back.feeds());
      assertEquals(s.own().tracks(), back.own().tracks());
      assertEquals(s.own().reports(), back.own().reports());
      assertEquals(s.own().undrawn(), back.own().undrawn());
      assertArrayEquals(new int[] {3, 1 << 30, 8}, back.own().numbers().given().getFirst());
      assertArrayEquals(bytes, EngineStateCodec.encode(back));
    }
  }

  @Test
  void equalStatesGiveEqualBytes() {
    assertArrayEquals(sample(1), sample(1));
    assertFalse(Arrays.equals(sample(1), sample(2)));
  }

  @Test
  void streamsOfBytesHoldTheSame() throws IOException {
    EngineState s = new MadeState(3).state();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    EngineStateCodec.writeTo(s, out);

    assertArrayEquals(EngineStateCodec.encode(s), out.toByteArray());
    EngineState back = EngineStateCodec.readFrom(new ByteArrayInputStream(out.toByteArray()));
    assertArrayEquals(EngineStateCodec.encode(s), EngineStateCodec.encode(back));
  }

  @Test
  void alertsComeBackAsTheyWent() {
    AlertBookState s = new MadeState(4).alerts();
    assertEquals(s, WarningStateCodec.decode(WarningStateCodec.encode(s)));
  }

  private static byte[] withVersion(int version) throws InvalidProtocolBufferException {
    return KeptEngine.parseFrom(sample(1)).toBuilder().setVersion(version).build().toByteArray();
  }

  @Test
  void aNewerFormatIsRefusedInWords() throws InvalidProtocolBufferException {
    byte[] newer = withVersion(EngineStateCodec.VERSION + 1);

    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> EngineStateCodec.decode(newer));

    assertTrue(String.valueOf(e.getMessage()).contains("a newer version of this software"));
    byte[] none = withVersion(0);
    assertThrows(InvalidValueException.class, () -> EngineStateCodec.decode(none));
  }

  private static byte[] changed(Consumer<KeptEngine.Builder> change)
      throws InvalidProtocolBufferException {
    KeptEngine.Builder b = KeptEngine.parseFrom(sample(1)).toBuilder();
    change.accept(b);
    return b.build().toByteArray();
  }

  @Test
  void whatFollowsFromTicksAndConnectionsAloneIsNotInTheLastingDigest()
      throws InvalidProtocolBufferException {
    byte[] before = EngineStateCodec.lastingDigest(new MadeState(1).state());
    byte[] drawnLater =
        changed(
            b -> {
              b.getCombinedBuilder().getDrawnBuilder(0).setAtNs(5).setWallNs(6);
              b.getAlertsBuilder().getWarningsBuilder(0).setAssessedNs(7);
            });
    assertArrayEquals(before, EngineStateCodec.lastingDigest(EngineStateCodec.decode(drawnLater)));
    byte[] toldMore = changed(b -> b.getReleasesBuilder().setLastId(10));
    assertFalse(
        Arrays.equals(before, EngineStateCodec.lastingDigest(EngineStateCodec.decode(toldMore))));
  }

  private static void see(Message m, SortedSet<String> fields) {
    m.getAllFields()
        .forEach(
            (field, value) -> {
              fields.add(field.getFullName());
              if (value instanceof Message one) {
                see(one, fields);
              } else if (value instanceof List<?> all) {
                for (Object v : all) {
                  if (v instanceof Message one) {
                    see(one, fields);
                  }
                }
              }
            });
  }

  private static void fieldsOf(Descriptor d, SortedSet<String> out) {
    for (FieldDescriptor f : d.getFields()) {
      if (out.add(f.getFullName())
          && f.getJavaType() == FieldDescriptor.JavaType.MESSAGE
          && f.getMessageType().getName().startsWith("Kept")) {
        fieldsOf(f.getMessageType(), out);
      }
    }
  }

  @Test
  void everyFieldIsInTheSamples() throws InvalidProtocolBufferException {
    SortedSet<String> all = new TreeSet<>();
    fieldsOf(KeptEngine.getDescriptor(), all);
    SortedSet<String> seen = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      see(KeptEngine.parseFrom(sample(seed)), seen);
    }
    all.removeAll(seen);
    assertEquals(new TreeSet<>(), all);
  }

  private static boolean survives(byte[] bytes) {
    try {
      var unused = EngineStateCodec.decode(bytes);
      return true;
    } catch (InvalidValueException e) {
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError("of " + Arrays.toString(bytes), e);
    }
  }

  @Test
  void hostileBytesAreRefusedOrAnotherState() {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> samples = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      samples.add(sample(seed));
    }
    int refused = 0;
    for (int i = 0; i < 1_500; i++) {
      byte[] b = samples.get(random.nextInt(samples.size())).clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
      }
      refused += survives(b) ? 0 : 1;
      survives(Arrays.copyOf(b, random.nextInt(b.length)));
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      survives(noise);
    }
    assertTrue(refused > 100, "refused " + refused);
  }

  @Test
  void placesThatAreNotInAPoolAreRefused() throws InvalidProtocolBufferException {
    for (int place : new int[] {0, 9_999, -1}) {
      byte[] b = changed(m -> m.getReportsBuilder(0).setLabel(place));
      InvalidValueException e =
          assertThrows(InvalidValueException.class, () -> EngineStateCodec.decode(b));
      assertTrue(String.valueOf(e.getMessage()).contains("place of a label"), e.toString());
    }
  }

  @Test
  void lengthsBeyondTheBytesAreRefusedWithoutMakingRoom() {
    byte[] huge = {0x12, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
    assertThrows(InvalidValueException.class, () -> EngineStateCodec.decode(huge));
  }
}
