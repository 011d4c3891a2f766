package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.stub.StreamObserver;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.engine.FiledTrack;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.model.Channel;
import parallax.model.ImpactPointPrediction;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;
import parallax.wire.PlotCodec;

/** A gateway that does not read its answers, or reports faster than the node takes it in. */
class FeedCallTest {
  /** More than one feed may have waiting. */
  private static final int MANY = 25_000;

  private static final FiledTrack TRACK =
      new FiledTrack(
          1,
          Optional.empty(),
          Optional.empty(),
          Optional.of(new ImpactPointPrediction.CannotTellYet(new UtcTime(1), "too early")));

  @TempDir Path folder;
  private NodeStore store;
  private FeedCalls feeds;
  private final FakeServerCall call = new FakeServerCall();
  private StreamObserver<byte[]> gateway;

  @BeforeEach
  void connects() throws Exception {
    store = Stores.open(folder);
    Keyring keyring = Keyring.of(SigningKey.fromSeed(new byte[32]));
    NodeLoop neverStarted =
        new NodeLoop(
            store,
            new NodeClock(folder, Channel.TEST, false),
            keyring,
            new NodeEngines(keyring, AreaCatalogue.of(List.of()), LinkConfig.standard()),
            new EventLog(1 << 20),
            new NodeLog(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                "t"));
    feeds =
        new FeedCalls(
            neverStarted, new FeedHolders(folder.resolve(FeedHolders.FILE)), (r, w) -> {});
    gateway = feeds.begun("g", call);
  }

  @AfterEach
  void closes() throws Exception {
    store.close();
  }

  private PlotCodec.FeedAck sent(int index) {
    return PlotCodec.decodeAck(call.sent.get(index));
  }

  @Test
  void ofAcknowledgementsThatAreNotReadOnlyTheNewestOfEachFeedWaits() {
    gateway.onNext(PlotCodec.encodeQuestion("a"));
    gateway.onNext(PlotCodec.encodeQuestion("b"));
    call.sent.clear();
    call.ready = false;
    for (long seq = 1; seq <= MANY; seq++) {
      feeds.acknowledge("a", seq);
      feeds.acknowledge("b", 2 * seq);
    }
    assertEquals(0, call.sent.size());

    call.becomesReady();
    assertEquals(2, call.sent.size());
    assertEquals(new PlotCodec.FeedAck("a", MANY, 0, ""), sent(0));
    assertEquals(new PlotCodec.FeedAck("b", 2L * MANY, 0, ""), sent(1));
    feeds.acknowledge("a", MANY + 1);
    assertEquals(new PlotCodec.FeedAck("a", MANY + 1, 0, ""), sent(2));
  }

  @Test
  void aGatewayThatDoesNotReadItsAnswersIsNotReadFurther() {
    assertEquals(1, call.requested);
    call.ready = false;
    gateway.onNext(PlotCodec.encodeQuestion("a"));
    assertEquals(1, call.requested);

    call.becomesReady();
    assertEquals(2, call.requested);
    call.becomesReady();
    assertEquals(2, call.requested);
  }

  @Test
  void aMessageOfManyReportsFillsTheFeedsRoomAsManyMessagesDo() {
    int messages = 0;
    while (call.requested > messages && messages < MANY) {
      PlotCodec.Message m = new PlotCodec.Message("a", 1 + 500L * messages);
      Collections.nCopies(500, TRACK).forEach(m::add);
      gateway.onNext(m.bytes());
      messages++;
    }
    assertEquals(8 * 1024 * 1024 / 2_048 / 500 + 1, messages);
  }

  @Test
  void aFeedWithoutRoomIsNotReadFurtherAndNoThreadWaitsForIt() {
    byte[] track = PlotCodec.encodeMessage("a", 1, TRACK);
    int read = 0;
    while (call.requested > read && read < MANY) {
      gateway.onNext(track);
      read++;
    }
    assertTrue(read < MANY, "it is read on and on");
    FakeServerCall other = new FakeServerCall();
    feeds.begun("g", other).onNext(PlotCodec.encodeMessage("b", 1, TRACK));
    assertEquals(2, other.requested);
  }
}
