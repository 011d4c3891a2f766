package parallax.wire.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import parallax.link.Frame;
import parallax.link.InboundState;
import parallax.link.LinkEffect;
import parallax.link.LinkTerms;
import parallax.link.OutgoingState;
import parallax.link.RelayState;
import parallax.link.RelayStream;
import parallax.link.Verifier;
import parallax.link.fixtures.FaultyWorld;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.wire.proto.KeptInboundStream;
import parallax.wire.proto.KeptOutgoing;
import parallax.wire.proto.KeptRelayStream;

/**
 * Streams that are made anew from their encoded states again and again go on as if nothing had
 * happened, every field is met on the way, and hostile bytes give one clear exception or a state.
 */
final class LinkStateCodecTest {
  private static final int STEPS = 150;

  /** Encodes and decodes every state, and keeps some of what was seen. */
  private static final class Encoded implements FaultyWorld.Passage {
    final SortedSet<String> fields = new TreeSet<>();
    final List<byte[]> lanes = new ArrayList<>();
    final List<byte[]> inbound = new ArrayList<>();
    final List<byte[]> relays = new ArrayList<>();

    private static void keep(List<byte[]> some, byte[] bytes) {
      if (some.size() < 400) {
        some.add(bytes);
      } else {
        some.set((int) ((bytes.length * 31L + bytes[bytes.length / 2]) & 0xff), bytes);
      }
    }

    @Override
    public OutgoingState of(OutgoingState state) {
      see(LinkStateCodec.toProto(state));
      byte[] bytes = LinkStateCodec.encode(state);
      keep(lanes, bytes);
      OutgoingState back = LinkStateCodec.decodeOutgoing(bytes);
      assertEquals(state, back);
      assertArrayEquals(bytes, LinkStateCodec.encode(back));
      OutgoingState lasting = state.withoutPassing();
      see(LinkStateCodec.toProto(lasting));
      assertEquals(lasting, LinkStateCodec.decodeOutgoing(LinkStateCodec.encode(lasting)));
      return back;
    }

    @Override
    public InboundState of(InboundState state) {
      see(LinkStateCodec.toProto(state));
      byte[] bytes = LinkStateCodec.encode(state);
      keep(inbound, bytes);
      return LinkStateCodec.decodeInbound(bytes);
    }

    @Override
    public RelayState of(RelayState state) {
      see(LinkStateCodec.toProto(state));
      byte[] bytes = LinkStateCodec.encode(state);
      keep(relays, bytes);
      return LinkStateCodec.decodeRelay(bytes);
    }

    private void see(Message m) {
      m.getAllFields()
          .forEach(
              (field, value) -> {
                fields.add(field.getFullName());
                if (value instanceof Message one) {
                  see(one);
                } else if (value instanceof List<?> all) {
                  all.forEach(
                      v -> {
                        if (v instanceof Message one) {
                          see(one);
                        }
                      });
                }
              });
    }
  }

  private static final Encoded SEEN = new Encoded();

  static {
    for (int every : new int[] {1, 5, 40}) {
      for (FaultyWorld.Line line : FaultyWorld.Line.values()) {
        for (long seed = 1; seed <= (every == 1 ? 1 : 3); seed++) {
          goesOn(seed, line, every);
        }
      }
    }
    relayGoesOn();
  }

  private static void goesOn(long seed, FaultyWorld.Line line, int every) {
    FaultyWorld never = new FaultyWorld(seed, line);
    FaultyWorld often = new FaultyWorld(seed, line, every, SEEN);
    never.run(STEPS);
    often.run(STEPS);
    assertTrue(often.met.getOrDefault("streams made anew", 0) > 0);
    often.met.remove("streams made anew");
    assertEquals(never.effects, often.effects, line + " seed " + seed);
    assertEquals(never.outcome(), often.outcome());
  }

  private static RelayStream anew(RelayStream relay) {
    RelayStream after =
        RelayStream.restored(SEEN.of(relay.state()), r -> Optional.empty(), Verifier.PLAIN);
    assertEquals(relay.state(), after.state());
    return after;
  }

  /** What the worlds do not show: a Hello that waits, a revoked key, a frame out of turn. */
  private static void relayGoesOn() {
    LinkTerms terms = LinkFixtures.TERMS;
    Frame.Hello hello =
        new Frame.Hello(2, 3, terms.stream(), terms.channel(), terms.agreementDigest(), 77);
    RelayStream relay =
        new RelayStream(
            terms,
            LinkFixtures.keys(LinkFixtures.KOR_EXERCISE, LinkFixtures.KOR_NEXT),
            r -> Optional.empty());
    relay.distrust(LinkFixtures.KOR_NEXT.key());
    relay.onConnected(Nation.KOR);
    relay.onFrame(Nation.KOR, hello);
    relay = anew(relay);
    assertEquals(List.of(new LinkEffect.Send(Nation.JPN, hello)), relay.onConnected(Nation.JPN));
    relay.announced(LinkFixtures.KOR_NEXT.key());
    relay.onFrame(Nation.JPN, hello);
    relay = anew(relay);
    assertEquals(1, relay.violations());
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
  void everyFieldIsMetInWorldsThatGoOnAsIfNothingHappened() {
    SortedSet<String> all = new TreeSet<>();
    fieldsOf(KeptOutgoing.getDescriptor(), all);
    fieldsOf(KeptInboundStream.getDescriptor(), all);
    fieldsOf(KeptRelayStream.getDescriptor(), all);
    all.removeAll(SEEN.fields);

    assertEquals(new TreeSet<>(), all);
  }

  private record Decoder(String name, Consumer<byte[]> decode, List<byte[]> samples) {}

  private static List<Decoder> decoders() {
    return List.of(
        new Decoder("lanes", LinkStateCodec::decodeOutgoing, SEEN.lanes),
        new Decoder("inbound", LinkStateCodec::decodeInbound, SEEN.inbound),
        new Decoder("relay", LinkStateCodec::decodeRelay, SEEN.relays));
  }

  private static boolean survives(Decoder d, byte[] bytes) {
    try {
      d.decode().accept(bytes);
      return true;
    } catch (InvalidValueException e) {
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError(d.name() + " of " + Arrays.toString(bytes), e);
    }
  }

  @Test
  void hostileBytesAreRefusedOrAnotherState() {
    SplittableRandom random = new SplittableRandom(1);
    for (Decoder d : decoders()) {
      int refused = 0;
      for (int i = 0; i < 3_000; i++) {
        byte[] b = d.samples().get(random.nextInt(d.samples().size())).clone();
        for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
          b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
        }
        refused += survives(d, b) ? 0 : 1;
        survives(d, Arrays.copyOf(b, random.nextInt(b.length)));
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        survives(d, noise);
      }
      assertTrue(refused > 100, d.name() + ": refused " + refused);
    }
  }

  @Test
  void truncationAtEveryByteIsRefusedOrAnotherState() {
    for (Decoder d : decoders()) {
      byte[] sample = d.samples().getLast();
      for (int length = 0; length < sample.length; length++) {
        survives(d, Arrays.copyOf(sample, length));
      }
    }
  }

  @Test
  void lengthsBeyondTheBytesAreRefusedWithoutMakingRoom() {
    byte[] huge = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
    for (Decoder d : decoders()) {
      assertThrows(InvalidValueException.class, () -> d.decode().accept(huge));
    }
  }

  private static KeptOutgoing lanes(Function<KeptOutgoing, Boolean> wanted) {
    for (byte[] b : SEEN.lanes) {
      try {
        KeptOutgoing m = KeptOutgoing.parseFrom(b);
        if (wanted.apply(m)) {
          return m;
        }
      } catch (com.google.protobuf.InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("no such state was seen");
  }

  @Test
  void anEntryThatWasChangedIsRefused() {
    KeptOutgoing m = lanes(l -> l.getBulk().getOutbox().getHeldCount() > 1);
    KeptOutgoing.Builder b = m.toBuilder();
    b.getBulkBuilder().getOutboxBuilder().removeHeld(0);

    InvalidValueException e =
        assertThrows(
            InvalidValueException.class,
            () -> LinkStateCodec.decodeOutgoing(b.build().toByteArray()));

    assertTrue(String.valueOf(e.getMessage()).contains("last chain hash"), e.toString());
  }

  @Test
  void aGapThatWasChangedIsRefused() {
    KeptOutgoing m = lanes(l -> l.getBulk().getOutbox().getMissingCount() > 0);
    KeptOutgoing.Builder b = m.toBuilder();
    b.getBulkBuilder().getOutboxBuilder().getMissingBuilder(0).setFrom(0);

    assertThrows(
        InvalidValueException.class, () -> LinkStateCodec.decodeOutgoing(b.build().toByteArray()));
  }
}
