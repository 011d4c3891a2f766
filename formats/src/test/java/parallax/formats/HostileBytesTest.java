package parallax.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.formats.proto.Batch;
import parallax.formats.proto.FlightPath;
import parallax.formats.proto.JournalInput;
import parallax.formats.proto.LinkFrame;
import parallax.formats.proto.PlotMessage;
import parallax.formats.proto.RadarMeasurement;
import parallax.link.Frame;
import parallax.model.InvalidValueException;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.warning.AreaCatalogue;

/**
 * Every value comes back as it went, and bytes from an enemy give one clear exception or a value.
 */
class HostileBytesTest {
  private static final ProtoReportCodec REPORTS = new ProtoReportCodec();
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();

  private record Decoder(String name, Consumer<byte[]> decode, List<byte[]> samples) {}

  private static List<Decoder> decoders() {
    Made made = new Made(1);
    List<byte[]> reports = new ArrayList<>();
    List<byte[]> frames = new ArrayList<>();
    List<byte[]> plots = new ArrayList<>();
    List<byte[]> inputs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      reports.add(REPORTS.encode(made.report()));
      frames.add(FrameCodec.encode(made.frame()));
      plots.add(PlotCodec.encodeMessage("feed", i + 1, made.plot()));
      inputs.add(InputCodec.encode(made.input()));
    }
    List<byte[]> events = new ArrayList<>();
    for (Effect e : EventSamples.all()) {
      EventCodec.encode(1, new UtcTime(2), 3, 4, e).ifPresent(events::add);
    }
    List<byte[]> acks =
        List.of(PlotCodec.encodeAck(new PlotCodec.FeedAck("feed", 7, 8, "unknown sensor")));
    return List.of(
        new Decoder("report", REPORTS::decode, reports),
        new Decoder("frame", FrameCodec::decode, frames),
        new Decoder("plot message", b -> PlotCodec.decodeMessage(b).plot().decode(), plots),
        new Decoder("input", InputCodec::decode, inputs),
        new Decoder("plot answer", PlotCodec::decodeAck, acks),
        new Decoder(
            "watch request", EventCodec::decodeRequest, List.of(EventCodec.encodeRequest(9))),
        new Decoder("event", b -> EventCodec.decode(b, HostileBytesTest::area), events));
  }

  private static parallax.warning.AdministrativeArea area(String code) {
    return AREAS
        .area(code)
        .orElseThrow(() -> new InvalidValueException("area", "'" + code + "'", "a known code"));
  }

  /** Decodes; anything but a value or an InvalidValueException with words in it fails the test. */
  private static boolean survives(Decoder d, byte[] bytes) {
    try {
      d.decode().accept(bytes);
      return true;
    } catch (InvalidValueException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains(" is ") && message.contains("; expected "), message);
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError(d.name() + " of " + Arrays.toString(bytes), e);
    }
  }

  @Test
  void reportsComeBackAsTheyWent() {
    Made made = new Made(2);
    for (int i = 0; i < 2_000; i++) {
      Report r = made.report();
      byte[] bytes = REPORTS.encode(r);
      assertEquals(r, REPORTS.decode(bytes));
      assertArrayEquals(bytes, REPORTS.encode(REPORTS.decode(bytes)));
    }
  }

  @Test
  void framesPlotsAndInputsComeBackAsTheyWent() {
    Made made = new Made(3);
    for (int i = 0; i < 2_000; i++) {
      Frame f = made.frame();
      assertEquals(f, FrameCodec.decode(FrameCodec.encode(f)));
      var p = made.plot();
      PlotCodec.FeedMessage m = PlotCodec.decodeMessage(PlotCodec.encodeMessage("フィード", i + 1, p));
      assertEquals("フィード", m.feed());
      assertEquals(i + 1, m.seq());
      assertEquals(p, m.plot().decode());
      var in = made.input();
      assertEquals(in, InputCodec.decode(InputCodec.encode(in)));
    }
    assertEquals(0, PlotCodec.decodeMessage(PlotCodec.encodeQuestion("a")).seq());
    PlotCodec.FeedAck ack = new PlotCodec.FeedAck("a", 7, 8, "unknown sensor");
    assertEquals(ack, PlotCodec.decodeAck(PlotCodec.encodeAck(ack)));
    assertEquals(9, EventCodec.decodeRequest(EventCodec.encodeRequest(9)));
  }

  @Test
  void eventsComeBackAsTheyWent() {
    requireEventsComeBack();
  }

  private static void requireEventsComeBack() {
    for (Effect e : EventSamples.all()) {
      NodeEvent back =
          EventCodec.decode(
              EventCodec.encode(1, new UtcTime(2), 3, 4, e).orElseThrow(), HostileBytesTest::area);
      assertEquals(new NodeEvent(1, new UtcTime(2), 3, 4, EventSamples.expected(e)), back);
    }
  }

  @Test
  void turkishLocaleChangesNothing() {
    Locale before = Locale.getDefault();
    Report r = new Made(4).report();
    Frame f = new Made(4).frame();
    byte[] report = REPORTS.encode(r);
    byte[] frame = FrameCodec.encode(f);
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertArrayEquals(report, REPORTS.encode(r));
      assertArrayEquals(frame, FrameCodec.encode(f));
      assertEquals(r, REPORTS.decode(report));
      requireEventsComeBack();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void truncationAtEveryByteIsRefusedOrAnotherValue() {
    for (Decoder d : decoders()) {
      for (byte[] sample : d.samples()) {
        for (int length = 0; length < sample.length; length++) {
          survives(d, Arrays.copyOf(sample, length));
        }
      }
    }
  }

  @Test
  void flippedBitsAreRefusedOrAnotherValue() {
    Made made = new Made(5);
    for (Decoder d : decoders()) {
      int refused = 0;
      for (int i = 0; i < 4_000; i++) {
        byte[] b = made.one(d.samples()).clone();
        for (int flips = made.random().nextInt(1, 4); flips > 0 && b.length > 0; flips--) {
          b[made.random().nextInt(b.length)] ^= (byte) (1 << made.random().nextInt(8));
        }
        refused += survives(d, b) ? 0 : 1;
      }
      assertTrue(refused > 100, d.name() + ": refused " + refused);
    }
  }

  @Test
  void randomBytesAreRefusedOrAnotherValue() {
    Made made = new Made(6);
    for (Decoder d : decoders()) {
      for (int i = 0; i < 4_000; i++) {
        survives(d, made.bytes(made.random().nextInt(0, 200)));
      }
    }
  }

  @Test
  void lengthsBeyondTheBytesAreRefusedWithoutMakingRoom() {
    byte[] huge = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
    byte[] negative = {0x0a, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0x01};
    for (Decoder d : decoders()) {
      survives(d, huge);
      survives(d, negative);
    }
  }

  @Test
  void deepNestingIsRefused() {
    byte[] groups = new byte[2_000];
    Arrays.fill(groups, (byte) 0x9b); // starts of unknown groups, one in the other
    for (int i = 1; i < groups.length; i += 2) {
      groups[i] = 0x06;
    }
    for (Decoder d : decoders()) {
      assertTrue(!survives(d, groups), d.name());
    }
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    Report r = new Made(7).report();
    UnknownFieldSet later =
        UnknownFieldSet.newBuilder()
            .addField(
                1_000,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("from a later version"))
                    .build())
            .build();
    byte[] bytes =
        parallax.formats.proto.Report.parseFrom(REPORTS.encode(r)).toBuilder()
            .setUnknownFields(later)
            .build()
            .toByteArray();

    assertEquals(r, REPORTS.decode(bytes));
  }

  private static String problem(byte[] record) {
    return String.valueOf(
        assertThrows(InvalidValueException.class, () -> REPORTS.decode(record)).getMessage());
  }

  private static parallax.formats.proto.Report.Builder track() {
    Made made = new Made(8);
    while (true) {
      if (made.report() instanceof Report.TrackReport t) {
        try {
          return parallax.formats.proto.Report.parseFrom(REPORTS.encode(t)).toBuilder();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private static byte[] with(Consumer<FlightPath.Builder> change) {
    var b = track();
    change.accept(b.getFlightPathBuilder());
    return b.build().toByteArray();
  }

  @Test
  void wrongFieldsAreNamed() {
    assertTrue(
        problem(with(f -> f.clearCovariance().addAllCovariance(List.of(1., 2., 3., 4., 5.))))
            .startsWith("state covariance is 5 numbers; expected 21 numbers"));
    assertTrue(
        problem(with(f -> f.setCovariance(3, Double.NaN))).startsWith("covariance element is NaN"));
    assertTrue(
        problem(with(f -> f.setCovariance(0, Double.POSITIVE_INFINITY)))
            .startsWith("covariance element is Infinity"));
    assertTrue(
        problem(with(f -> f.setCovariance(0, -1))).endsWith("expected a positive definite matrix"));
    assertTrue(problem(with(f -> f.setPositionM(1, Double.NaN))).startsWith("y is NaN"));
    assertTrue(
        problem(with(f -> f.addPositionM(1))).startsWith("position is 4 numbers; expected 3"));
    assertTrue(
        problem(with(f -> f.clearVelocityMps())).startsWith("velocity is 0 numbers; expected 3"));
    assertTrue(problem(with(f -> f.setPhase(5))).startsWith("phase is 5; expected"));
    assertTrue(problem(with(f -> f.setStatus(-1))).startsWith("status is -1; expected"));
    assertTrue(problem(with(f -> f.setThreatClass(99))).startsWith("threat class is 99"));
    assertTrue(problem(with(f -> f.setLastPlotNs(f.getTimeNs() + 1))).startsWith("last plot is"));
  }

  @Test
  void wrongHeadersAreNamed() {
    assertTrue(
        problem(track().setOriginator("J\u0420N").build().toByteArray())
            .startsWith("nation is 'J\u0420N'"));
    assertTrue(problem(track().setOriginator("jpn").build().toByteArray()).startsWith("nation is"));
    assertTrue(
        problem(track().setTrackNumber(0).build().toByteArray()).startsWith("track number is 0"));
    assertTrue(
        problem(track().setTrackNumber(-5).build().toByteArray()).startsWith("track number is -5"));
    assertTrue(problem(track().setChannelValue(9).build().toByteArray()).startsWith("channel is"));
    assertTrue(problem(track().clearChannel().build().toByteArray()).startsWith("channel is"));
    var secret = track();
    secret.getLabelBuilder().setClassification(4);
    assertTrue(problem(secret.build().toByteArray()).startsWith("classification is 4"));
    var nobody = track();
    nobody.getLabelBuilder().clearReleasableTo();
    assertTrue(problem(nobody.build().toByteArray()).startsWith("releasable-to is empty"));
    assertTrue(
        problem(track().clearFlightPath().build().toByteArray())
            .startsWith("report body is absent"));
    assertEquals(
        "record is 16385 bytes; expected at most 16384 bytes", problem(new byte[16 * 1024 + 1]));
  }

  @Test
  void caveatsWithControlCharactersAreRefused() {
    var b = track();
    b.getLabelBuilder().addCaveats("NOFORN\u001b[2J");

    assertTrue(problem(b.build().toByteArray()).startsWith("caveat is"));
  }

  @Test
  void wrongFramesAreNamed() {
    Frame.Batch good =
        new Frame.Batch(
            1, List.of(new byte[3]), parallax.link.Digest.of(new byte[32]), new byte[64], 0);
    Batch.Builder b = LinkFrameParts.batch(FrameCodec.encode(good));
    assertTrue(
        frameProblem(b.clone().setSignature(ByteString.copyFrom(new byte[63])))
            .startsWith("signature is 63 bytes; expected 64"));
    assertTrue(
        frameProblem(b.clone().setChainHash(ByteString.EMPTY)).startsWith("chain hash is 0 bytes"));
    assertTrue(
        frameProblem(b.clone().addRecords(ByteString.copyFrom(new byte[16 * 1024 + 1])))
            .startsWith("record is 16385 bytes"));
    assertTrue(frameProblem(b.clone().clearRecords()).startsWith("records of the batch is empty"));
    assertTrue(frameProblem(b.clone().setFirstSeq(0)).startsWith("first number of the batch is 0"));
    assertTrue(
        frameProblem(b.clone().setFirstSeq(Long.MAX_VALUE))
            .startsWith("first number of the batch"));
    assertTrue(
        String.valueOf(
                assertThrows(InvalidValueException.class, () -> FrameCodec.decode(new byte[0]))
                    .getMessage())
            .startsWith("link frame is empty"));
  }

  private static String frameProblem(Batch.Builder b) {
    byte[] bytes = LinkFrame.newBuilder().setBatch(b).build().toByteArray();
    return String.valueOf(
        assertThrows(InvalidValueException.class, () -> FrameCodec.decode(bytes)).getMessage());
  }

  @Test
  void wrongPlotsAreNamedAndKeepTheirNumber() {
    var plot =
        parallax.formats.proto.Plot.newBuilder()
            .setSensorOwner("JPN")
            .setSensorName("radar")
            .setRadar(RadarMeasurement.newBuilder().setRangeM(Double.NaN).setAzimuthRad(1));
    byte[] bytes =
        PlotMessage.newBuilder().setFeed("f").setSeq(7).setPlot(plot).build().toByteArray();

    PlotCodec.FeedMessage m = PlotCodec.decodeMessage(bytes);

    assertEquals(7, m.seq());
    InvalidValueException e = assertThrows(InvalidValueException.class, () -> m.plot().decode());
    assertTrue(String.valueOf(e.getMessage()).startsWith("range (m) is NaN"), e.getMessage());
    assertThrows(
        InvalidValueException.class,
        () -> PlotCodec.decodeMessage(new byte[PlotCodec.MAX_MESSAGE_BYTES + 1]));
    byte[] nameless = PlotMessage.newBuilder().setSeq(1).build().toByteArray();
    assertThrows(InvalidValueException.class, () -> PlotCodec.decodeMessage(nameless));
  }

  @Test
  void emptyInputsAreRefused() {
    byte[] empty = JournalInput.newBuilder().setTimeNs(1).build().toByteArray();

    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> InputCodec.decode(empty));

    assertEquals("journal input is empty; expected one of the known inputs", e.getMessage());
  }
}
