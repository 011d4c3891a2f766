package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.files.waiting.Await;
import parallax.model.UtcTime;
import parallax.wire.EventCodec;
import parallax.wire.NodeEvent;

/** Watchers that want one event a message, and such that want many. */
class WatchCallTest {
  private static final int EVENTS = 1_000;

  private final EventLog log = new EventLog(1 << 20);
  private final FakeServerCall call = new FakeServerCall();
  private final AtomicBoolean serving = new AtomicBoolean(true);

  @AfterEach
  void ends() {
    serving.set(false);
  }

  private List<NodeEvent> received() {
    List<NodeEvent> all = new ArrayList<>();
    for (byte[] message : List.copyOf(call.sent)) {
      all.addAll(
          EventCodec.decodeAll(
              message,
              code -> {
                throw new AssertionError(code);
              }));
    }
    return all;
  }

  private void happens(int events) {
    for (int i = 0; i < events; i++) {
      Effect e = new Effect.NoticeRaised(Effect.NoticeKind.LINK_STATE, "event " + i);
      log.add(new Input.Stamped(new UtcTime(i), i, new Input.Tick()), List.of(e));
    }
  }

  private void watches(boolean many) throws Exception {
    happens(EVENTS / 2);
    StreamObserver<byte[]> watcher = WatchCall.begun(call, log, serving::get);
    watcher.onNext(EventCodec.encodeRequest(new EventCodec.Wish(1, false, many)));
    happens(EVENTS / 2);
    Await.until(() -> received().size() == EVENTS);
    assertEquals(
        LongStream.rangeClosed(1, EVENTS).boxed().toList(),
        received().stream().map(NodeEvent::id).toList());
  }

  @Test
  void aWatcherThatDoesNotAskForManyIsSentOneEventAMessage() throws Exception {
    watches(false);
    assertEquals(EVENTS, call.sent.size());
  }

  @Test
  void aWatcherThatAsksForManyIsSentThemTogether() throws Exception {
    watches(true);
    assertTrue(call.sent.size() <= EVENTS / 2 + 2, "messages: " + call.sent.size());
  }
}
