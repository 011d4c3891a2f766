package parallax.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.model.InvalidValueException;
import parallax.model.Plot;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.warning.AreaCatalogue;
import parallax.wire.proto.Ack;
import parallax.wire.proto.Batch;
import parallax.wire.proto.FeedReport;
import parallax.wire.proto.FlightPath;
import parallax.wire.proto.Folded;
import parallax.wire.proto.Gap;
import parallax.wire.proto.Hello;
import parallax.wire.proto.JournalInput;
import parallax.wire.proto.Label;
import parallax.wire.proto.LinkFrame;
import parallax.wire.proto.NewKey;
import parallax.wire.proto.OperatorRequest;
import parallax.wire.proto.PlotMessage;
import parallax.wire.proto.RadarMeasurement;
import parallax.wire.proto.RecallOrder;
import parallax.wire.proto.Resume;
import parallax.wire.proto.Suspend;
import parallax.wire.proto.Welcome;

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
    List<byte[]> tracks = new ArrayList<>();
    List<byte[]> requests = new ArrayList<>();
    List<byte[]> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      reports.add(REPORTS.encode(made.report()));
      frames.add(FrameCodec.encode(made.frame()));
      plots.add(PlotCodec.encodeMessage("feed", i + 1, made.plot()));
      inputs.add(InputCodec.encode(made.input()));
      tracks.add(PlotCodec.encodeMessage("feed", i + 1, made.filed()));
      requests.add(OrderCodec.encode(new OrderCodec.OrderRequest(made.order())));
      answers.add(OrderCodec.encode(made.answer()));
    }
    List<byte[]> events = new ArrayList<>();
    for (Effect e : EventSamples.all()) {
      EventCodec.encode(1, new UtcTime(2), 3, 4, e).ifPresent(events::add);
    }
    List<byte[]> acks =
        List.of(PlotCodec.encodeAck(new PlotCodec.FeedAck("feed", 7, 8, "unknown sensor")));
    Digest digest = Digest.of(new byte[Digest.LENGTH]);
    EventCodec.Message many = new EventCodec.Message();
    EventSamples.all().forEach(e -> many.add(1, new UtcTime(2), 3, 4, e));
    List<byte[]> manyEvents = List.of(many.bytes().orElseThrow());
    List<byte[]> questions =
        List.of(
            CheckpointCodec.encode(new CheckpointCodec.Question("parallax/JPN/REAL/heads/", 7)));
    List<byte[]> offers =
        List.of(
            CheckpointCodec.encode(
                new CheckpointCodec.Offer(
                    "a note".getBytes(StandardCharsets.UTF_8),
                    Optional.of(digest),
                    List.of(digest, digest))));
    return List.of(
        new Decoder("checkpoint question", CheckpointCodec::decodeQuestion, questions),
        new Decoder("checkpoint offer", CheckpointCodec::decodeOffer, offers),
        new Decoder("report", REPORTS::decode, reports),
        new Decoder("frame", FrameCodec::decode, frames),
        new Decoder("plot message", b -> PlotCodec.decodeMessage(b).inputs(), plots),
        new Decoder("filed track", b -> PlotCodec.decodeMessage(b).inputs(), tracks),
        new Decoder("operator request", OrderCodec::decodeRequest, requests),
        new Decoder("operator answer", OrderCodec::decodeAnswer, answers),
        new Decoder("input", InputCodec::decode, inputs),
        new Decoder("plot answer", PlotCodec::decodeAck, acks),
        new Decoder(
            "watch request",
            EventCodec::decodeRequest,
            List.of(EventCodec.encodeRequest(new EventCodec.Wish(9, true, true)))),
        new Decoder("event", b -> EventCodec.decode(b, HostileBytesTest::area), events),
        new Decoder("events", b -> EventCodec.decodeAll(b, HostileBytesTest::area), manyEvents),
        new Decoder(
            "feeds",
            FeedMemory::decode,
            List.of(FeedMemory.encode(List.of(new FeedStatus("feed", 7, 1, "unknown sensor"))))),
        new Decoder(
            "held events", b -> EventMemory.decode(b, AREAS::area), List.of(heldEvents().encode())),
        new Decoder(
            "header of a snapshot",
            SnapshotCodec::decodeAbout,
            List.of(
                SnapshotCodec.encode(
                    new SnapshotCodec.About(1, 1, 7, new UtcTime(2), 3, digest, "a version")))),
        new Decoder("snapshot", SnapshotCodec::decode, List.of(snapshot())),
        new Decoder(
            "facts",
            b -> FactsCodec.decode(b, AREAS::area),
            List.of(FactsCodec.encode(Optional.of(3), FactsCodec.factsOf(EventSamples.all())))));
  }

  private static EventMemory heldEvents() {
    List<EventMemory.Held> held = new ArrayList<>();
    for (Effect e : FactsCodec.factsOf(EventSamples.all())) {
      held.add(new EventMemory.Held(held.size() + 1, new UtcTime(2), 3, e));
    }
    return new EventMemory(
        held.size() + 1, Optional.of(new EventMemory.Missing(1, new UtcTime(2), 3)), held);
  }

  private static byte[] snapshot() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SnapshotCodec.write(
          new SnapshotCodec.Content(
              new byte[] {1, 2, 3}, new TreeMap<>(Map.of("feeds", new byte[] {4}))),
          out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
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
  void aBadReportOfAMessageIsRefusedByItsNumberAndTheOthersAreTaken() {
    Made made = new Made(11);
    List<Plot> plots = List.of(made.plot(), made.plot(), made.plot());
    var good = message("f", 7, plots);
    List<Input> all = PlotCodec.decodeMessage(good).inputs();
    for (int i = 0; i < 3; i++) {
      assertEquals(new Input.PlotReceived("f", 7 + i, plots.get(i)), all.get(i));
    }
    byte[] bad =
        assertDoesNotThrow(() -> PlotMessage.parseFrom(good)).toBuilder()
            .setMore(0, FeedReport.getDefaultInstance())
            .build()
            .toByteArray();
    List<Input> others = PlotCodec.decodeMessage(bad).inputs();
    assertEquals(all.get(0), others.get(0));
    assertEquals(8, ((Input.PlotRefused) others.get(1)).seq());
    assertEquals(all.get(2), others.get(2));
    assertEquals(3, others.size());
  }

  @Test
  void aMessageOfTooManyReportsOrBeyondTheLastNumberIsRefused() {
    Plot plot = new Made(12).plot();
    List<Plot> many = Collections.nCopies(PlotCodec.MOST_MORE + 1, plot);
    assertEquals(many.size(), PlotCodec.decodeMessage(message("f", 1, many)).inputs().size());
    for (byte[] wrong :
        List.of(
            message("f", 1, Collections.nCopies(PlotCodec.MOST_MORE + 2, plot)),
            message("f", Long.MAX_VALUE, List.of(plot, plot)),
            message("f", 0, List.of(plot, plot)))) {
      assertThrows(InvalidValueException.class, () -> PlotCodec.decodeMessage(wrong));
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
      assertEquals(new Input.PlotReceived("フィード", i + 1, p), m.inputs().getFirst());
      var t = made.filed();
      assertEquals(
          new Input.TrackFiled("feed", i + 1, t),
          PlotCodec.decodeMessage(PlotCodec.encodeMessage("feed", i + 1, t)).inputs().getFirst());
      var in = made.input();
      assertEquals(in, InputCodec.decode(InputCodec.encode(in)));
    }
    assertEquals(0, PlotCodec.decodeMessage(PlotCodec.encodeQuestion("a")).seq());
    PlotCodec.FeedAck ack = new PlotCodec.FeedAck("a", 7, 8, "unknown sensor");
    assertEquals(ack, PlotCodec.decodeAck(PlotCodec.encodeAck(ack)));
    assertEquals(
        new EventCodec.Wish(9, true, true),
        EventCodec.decodeRequest(EventCodec.encodeRequest(new EventCodec.Wish(9, true, true))));
  }

  @Test
  void ordersAndAnswersComeBackAsTheyWent() {
    Made made = new Made(10);
    for (int i = 0; i < 1_000; i++) {
      OrderCodec.Request r = new OrderCodec.OrderRequest(made.order());
      assertEquals(r, OrderCodec.decodeRequest(OrderCodec.encode(r)));
      OrderCodec.Answer a = made.answer();
      assertEquals(a, OrderCodec.decodeAnswer(OrderCodec.encode(a)));
    }
    OrderCodec.Request policy = new OrderCodec.PolicyRequest("ab".repeat(32));
    assertEquals(policy, OrderCodec.decodeRequest(OrderCodec.encode(policy)));
    OrderCodec.Request status = new OrderCodec.StatusRequest();
    assertEquals(status, OrderCodec.decodeRequest(OrderCodec.encode(status)));
  }

  @Test
  void configurationsComeBackAsTheyWent() {
    NodeConfiguration c = new Made(11).configuration();
    Input.Stamped in = new Input.Stamped(new UtcTime(1), 2, new Input.Configured(c));

    Input.Stamped back = InputCodec.decode(InputCodec.encode(in));

    assertArrayEquals(InputCodec.encode(in), InputCodec.encode(back));
    NodeConfiguration read = ((Input.Configured) back.input()).configuration();
    assertEquals(c.nation(), read.nation());
    assertEquals(c.ownKey(), read.ownKey());
    assertEquals(c.linkKeys(), read.linkKeys());
    assertEquals(c.agreementKeys(), read.agreementKeys());
    assertEquals(c.policy(), read.policy());
    assertEquals(c.sensors(), read.sensors());
    assertArrayEquals(c.agreement().bytes(), read.agreement().bytes());
    assertEquals(3, read.agreement().signatures().size());
  }

  @Test
  void eventsComeBackAsTheyWent() {
    requireEventsComeBack();
  }

  @Test
  void whatIsBetweenNodesIsNoEvent() {
    for (Effect e : EventSamples.unheard()) {
      assertTrue(EventCodec.encode(1, new UtcTime(2), 3, 4, e).isEmpty(), e.toString());
    }
  }

  @Test
  void manyEventsOfAMessageComeBackInTheirOrder() {
    EventCodec.Message m = new EventCodec.Message();
    List<NodeEvent> expected = new ArrayList<>();
    assertTrue(m.bytes().isEmpty());
    for (Effect e : EventSamples.unheard()) {
      m.add(1, new UtcTime(2), 3, 4, e);
    }
    assertTrue(m.bytes().isEmpty(), "nothing of it is for watchers");
    long id = 0;
    for (Effect e : EventSamples.all()) {
      m.add(++id, new UtcTime(2), 3, 4, e);
      expected.add(new NodeEvent(id, new UtcTime(2), 3, 4, EventSamples.expected(e)));
    }
    byte[] bytes = m.bytes().orElseThrow();
    assertEquals(expected, EventCodec.decodeAll(bytes, HostileBytesTest::area));
    assertEquals(expected.getFirst(), EventCodec.decode(bytes, HostileBytesTest::area));
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
        parallax.wire.proto.Report.parseFrom(REPORTS.encode(r)).toBuilder()
            .setUnknownFields(later)
            .build()
            .toByteArray();

    assertEquals(r, REPORTS.decode(bytes));
  }

  private static String problem(byte[] record) {
    return String.valueOf(
        assertThrows(InvalidValueException.class, () -> REPORTS.decode(record)).getMessage());
  }

  private static parallax.wire.proto.Report.Builder track() {
    Made made = new Made(8);
    while (true) {
      if (made.report() instanceof Report.TrackReport t) {
        try {
          return parallax.wire.proto.Report.parseFrom(REPORTS.encode(t)).toBuilder();
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

  /** Far beyond, sums of times overflow, and whoever draws a picture of them fails. */
  @Test
  void timesThatNobodyCanMeanAreRefused() {
    for (long ns : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 7_258_118_400_000_000_001L}) {
      assertEquals(
          "time of validity is " + ns + " ns; expected a time from 1970 to 2200",
          problem(with(f -> f.setTimeNs(ns))));
      assertTrue(problem(with(f -> f.setLastPlotNs(ns))).startsWith("last plot is " + ns));
      assertTrue(
          problem(track().setCreatedAtNs(ns).build().toByteArray())
              .startsWith("report time is " + ns));
      assertThrows(InvalidValueException.class, () -> REPORTS.decode(impact(ns, 5)));
    }
    assertTrue(
        problem(impact(1_700_000_000_000_000_000L, 1e7)).startsWith("impact time sigma (s) is"));
  }

  private static byte[] impact(long timeNs, double timeSigmaS) {
    var b = track().clearFlightPath();
    b.getImpactPointBuilder()
        .setMadeFromNs(1_700_000_000_000_000_000L)
        .getPredictedBuilder()
        .setTimeNs(timeNs)
        .setTimeSigmaS(timeSigmaS)
        .addAllEastNorthM2(List.of(1., 0., 1.))
        .getPointBuilder()
        .setLatitudeRad(0.6);
    return b.build().toByteArray();
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
  void malformedLabelsAreRefused() {
    for (Consumer<Label.Builder> spoil :
        List.<Consumer<Label.Builder>>of(
            l -> l.addCaveats("NOFORN"),
            l -> l.addCaveats("eyes only"),
            l -> l.addCaveats("X").addCaveats("X"),
            l -> l.addReleasableTo(l.getReleasableTo(0)),
            l -> l.addReleasableTo("NATO"),
            l -> l.addOwners("FRA"),
            l -> l.addOwners(l.getReleasableTo(0)).addOwners(l.getReleasableTo(0)),
            l -> l.setPolicy(" PARALLAX"),
            l -> l.clearPolicy())) {
      var b = track();
      spoil.accept(b.getLabelBuilder());
      String said = problem(b.build().toByteArray());
      assertTrue(said.contains("; expected "), said);
    }
  }

  @Test
  void wrongFramesAreNamed() {
    Frame.Batch good =
        new Frame.Batch(
            1, List.of(new Entry.Whole(new byte[3])), Digest.of(new byte[32]), new byte[64], 0);
    Batch.Builder b = LinkFrameParts.batch(FrameCodec.encode(good));
    assertTrue(
        frameProblem(b.clone().setSignature(ByteString.copyFrom(new byte[63])))
            .startsWith("signature is 63 bytes; expected 64"));
    assertTrue(
        frameProblem(b.clone().setChainHash(ByteString.EMPTY)).startsWith("chain hash is 0 bytes"));
    assertTrue(
        frameProblem(b.clone().addRecords(ByteString.copyFrom(new byte[16 * 1024 + 1])))
            .startsWith("record is 16385 bytes"));
    assertTrue(frameProblem(b.clone().clearRecords()).startsWith("entries of the batch is none"));
    assertTrue(frameProblem(b.clone().setFirstSeq(0)).startsWith("first number of the batch is 0"));
    assertTrue(
        frameProblem(b.clone().setFirstSeq(Long.MAX_VALUE))
            .startsWith("first number of the batch"));
    Folded.Builder folded =
        Folded.newBuilder().setRecordDigest(ByteString.copyFrom(new byte[32])).setInto(9);
    NewKey.Builder key = NewKey.newBuilder().setKey(ByteString.copyFrom(new byte[32]));
    assertTrue(
        frameProblem(b.clone().addFolded(folded.clone().setIndex(2)))
            .startsWith("index in the batch is 2; expected one of 2, each once"));
    assertTrue(
        frameProblem(b.clone().addFolded(folded.clone().setIndex(-1)))
            .startsWith("index in the batch is -1"));
    assertTrue(
        frameProblem(b.clone().addFolded(folded).addFolded(folded))
            .startsWith("index in the batch is 0"));
    assertTrue(
        frameProblem(b.clone().addFolded(folded.clone().setInto(1)))
            .startsWith("number folded into is 1"));
    assertTrue(
        frameProblem(b.clone().addFolded(folded.clone().setIndex(1).setInto(2)))
            .startsWith("number folded into is 2; expected more than its own, 2"));
    assertTrue(
        frameProblem(b.clone().addFolded(folded.clone().clearRecordDigest()))
            .startsWith("record digest is 0 bytes"));
    assertTrue(
        frameProblem(b.clone().addNewKeys(key.clone().clearKey()))
            .startsWith("new key is 0 bytes"));
    assertTrue(
        String.valueOf(
                assertThrows(InvalidValueException.class, () -> FrameCodec.decode(new byte[0]))
                    .getMessage())
            .startsWith("link frame is empty"));
  }

  private static String frameProblem(Batch.Builder b) {
    return frameProblem(LinkFrame.newBuilder().setBatch(b));
  }

  private static String frameProblem(LinkFrame.Builder b) {
    byte[] bytes = b.build().toByteArray();
    return String.valueOf(
        assertThrows(InvalidValueException.class, () -> FrameCodec.decode(bytes)).getMessage());
  }

  @Test
  void wrongGapsReceiptsAndGreetingsAreNamed() {
    ByteString hash = ByteString.copyFrom(new byte[32]);
    ByteString signature = ByteString.copyFrom(new byte[64]);
    Gap.Builder gap =
        Gap.newBuilder().setFrom(5).setTo(7).setChainHash(hash).setSignature(signature);
    assertTrue(
        frameProblem(LinkFrame.newBuilder().setGap(gap.clone().setTo(4)))
            .startsWith("last number of the gap is 4; expected 5 or more"));
    assertTrue(
        frameProblem(LinkFrame.newBuilder().setGap(gap.clone().setFrom(0)))
            .startsWith("first number of the gap is 0"));
    assertTrue(
        frameProblem(LinkFrame.newBuilder().setGap(gap.clone().clearSignature()))
            .startsWith("signature is 0 bytes"));
    Ack.Builder ack = Ack.newBuilder().setNextSeq(1).setChainHash(hash).setSignature(signature);
    assertTrue(
        frameProblem(LinkFrame.newBuilder().setAck(ack.clone().setNextSeq(0)))
            .startsWith("cursor is 0"));
    assertTrue(
        frameProblem(LinkFrame.newBuilder().setAck(ack.clone().clearSignature()))
            .startsWith("signature is 0 bytes"));
    Welcome.Builder welcome = Welcome.newBuilder().setVersion(2).setNextSeq(1).setChainHash(hash);
    assertTrue(
        frameProblem(LinkFrame.newBuilder().setWelcome(welcome))
            .startsWith("signature is 0 bytes"));
    Hello.Builder hello =
        Hello.newBuilder()
            .setOldestVersion(2)
            .setOriginator("KOR")
            .setRecipient("JPN")
            .setChannel(parallax.wire.proto.Channel.EXERCISE)
            .setAgreementDigest(hash);
    assertTrue(
        frameProblem(LinkFrame.newBuilder().setHello(hello.clone().setLane(2)))
            .startsWith("lane is 2; expected a number from 0 to 1"));
    assertTrue(
        frameProblem(LinkFrame.newBuilder().setHello(hello.clone().setRecipient("KOR")))
            .startsWith("recipient is KOR"));
    byte[] bytes = LinkFrame.newBuilder().setHello(hello).build().toByteArray();
    assertEquals(2, ((Frame.Hello) FrameCodec.decode(bytes)).newestVersion(), "the oldest only");
  }

  private static String orderProblem(parallax.wire.proto.Order.Builder o) {
    byte[] bytes = OperatorRequest.newBuilder().setOrder(o).build().toByteArray();
    return String.valueOf(
        assertThrows(InvalidValueException.class, () -> OrderCodec.decodeRequest(bytes))
            .getMessage());
  }

  private static parallax.wire.proto.Order.Builder order() {
    return parallax.wire.proto.Order.newBuilder();
  }

  @Test
  void wrongOrdersAreNamed() {
    Suspend.Builder suspend = Suspend.newBuilder().setPartner("JPN");
    assertTrue(
        orderProblem(order().setSuspend(suspend.clone().setDirection(3)))
            .startsWith("direction is 3; expected a number from 0 to 2"));
    assertTrue(
        orderProblem(order().setSuspend(suspend.clone().setReason("x".repeat(201))))
            .startsWith("reason is 201 characters; expected at most 200"));
    assertTrue(
        orderProblem(order().setSuspend(suspend.clone().clearPartner())).startsWith("nation is"));
    Resume.Builder resume = Resume.newBuilder().setPartner("JPN");
    assertTrue(
        orderProblem(order().setResume(resume.clone().setBackfill(3))).startsWith("backfill is 3"));
    assertTrue(
        orderProblem(order().setResume(resume.clone().setBackfill(2)))
            .startsWith("backfill is SINCE no moment; expected"),
        "left out, it would mean everything");
    RecallOrder.Builder recall = RecallOrder.newBuilder().setOriginator("KOR").setTrackNumber(1);
    assertTrue(
        orderProblem(order().setRecall(recall.clone().setReason(4)))
            .startsWith("recall reason is 4"));
    assertTrue(
        orderProblem(order().setRecall(recall.clone().setDataClass(9)))
            .startsWith("data class is 9"));
    assertTrue(
        orderProblem(order().setRecall(recall.clone().setTrackNumber(0)))
            .startsWith("track number is 0"));
    assertTrue(
        orderProblem(order().setRotateKey(ByteString.copyFrom(new byte[31]))).contains("31"));
    assertTrue(orderProblem(order()).startsWith("order is empty"));
    assertTrue(
        String.valueOf(
                assertThrows(
                        InvalidValueException.class, () -> OrderCodec.decodeRequest(new byte[0]))
                    .getMessage())
            .startsWith("operator request is empty"));
  }

  @Test
  void recallOfANoticeAndCorrectionOfNothingAreRefused() {
    var recall = track().clearFlightPath();
    recall.getRecallBuilder().setDataClass(3);
    assertTrue(problem(recall.build().toByteArray()).startsWith("data class recalled is NOTICE"));
    var correction = track().clearFlightPath();
    correction.getCorrectionBuilder().setLabel(correction.getLabel());
    assertTrue(problem(correction.build().toByteArray()).startsWith("corrected report is absent"));
    var relabel = track().clearFlightPath();
    relabel.getRelabelBuilder().setLabel(relabel.getLabel().toBuilder().clearReleasableTo());
    assertTrue(problem(relabel.build().toByteArray()).startsWith("releasable-to is empty"));
  }

  @Test
  void filedTracksThatSayNothingAreRefused() {
    byte[] nothing =
        PlotMessage.newBuilder()
            .setFeed("f")
            .setSeq(7)
            .setTrack(parallax.wire.proto.FiledTrack.newBuilder().setNumber(1))
            .build()
            .toByteArray();

    PlotCodec.FeedMessage m = PlotCodec.decodeMessage(nothing);

    assertEquals(7, m.seq());
    assertTrue(refusal(m).startsWith("filed track is nothing"));
  }

  private static byte[] message(String feed, long seq, List<Plot> plots) {
    PlotCodec.Message m = new PlotCodec.Message(feed, seq);
    plots.forEach(m::add);
    return m.bytes();
  }

  @Test
  void aMessageIsFullBeforeItIsRefused() {
    Made made = new Made(13);
    for (boolean tracks : new boolean[] {false, true}) {
      PlotCodec.Message m = new PlotCodec.Message("f", 1);
      int reports = 0;
      for (; !m.isFull(); reports++) {
        if (tracks) {
          m.add(made.filed());
        } else {
          m.add(made.plot());
        }
      }
      assertEquals(reports, PlotCodec.decodeMessage(m.bytes()).inputs().size());
      assertTrue(reports > 100, "reports: " + reports);
    }
  }

  @Test
  void aReportThatIsTooLongIsRefusedByItsNumberAndTheNextIsTaken() {
    Plot plot = new Made(14).plot();
    byte[] good = message("f", 7, List.of(plot, plot));
    PlotMessage parsed = assertDoesNotThrow(() -> PlotMessage.parseFrom(good));
    UnknownFieldSet padding =
        UnknownFieldSet.newBuilder()
            .addField(
                99,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFrom(new byte[PlotCodec.MAX_REPORT_BYTES]))
                    .build())
            .build();
    byte[] tooLong =
        parsed.toBuilder()
            .setPlot(parsed.getPlot().toBuilder().setUnknownFields(padding))
            .build()
            .toByteArray();
    PlotCodec.FeedMessage m = PlotCodec.decodeMessage(tooLong);
    assertTrue(refusal(m).contains("at most 4096 bytes"), refusal(m));
    assertEquals(new Input.PlotReceived("f", 8, plot), m.inputs().get(1));
  }

  private static String refusal(PlotCodec.FeedMessage m) {
    return ((Input.PlotRefused) m.inputs().getFirst()).reason();
  }

  @Test
  void wrongPlotsAreNamedAndKeepTheirNumber() {
    var plot =
        parallax.wire.proto.Plot.newBuilder()
            .setSensorOwner("JPN")
            .setSensorName("radar")
            .setRadar(RadarMeasurement.newBuilder().setRangeM(Double.NaN).setAzimuthRad(1));
    byte[] bytes =
        PlotMessage.newBuilder().setFeed("f").setSeq(7).setPlot(plot).build().toByteArray();

    PlotCodec.FeedMessage m = PlotCodec.decodeMessage(bytes);

    assertEquals(7, m.seq());
    assertTrue(refusal(m).startsWith("range (m) is NaN"), refusal(m));
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
