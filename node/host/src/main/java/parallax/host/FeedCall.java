package parallax.host;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.Input;
import parallax.model.InvalidValueException;
import parallax.wire.PlotCodec;

/**
 * The call of a gateway that reports for one or more feeds. It is read no further while the node
 * has no room for more of the feed, or while the gateway does not read its answers. Of the
 * acknowledgements that it does not read only the newest of each feed waits.
 */
final class FeedCall implements StreamObserver<byte[]> {
  private final FeedCalls calls;
  private final NodeLoop loop;
  private final String gateway;
  private final ServerCallStreamObserver<byte[]> out;
  private final SortedMap<String, Long> unsent = new TreeMap<>();
  private boolean readWhenReady;
  private boolean over;

  FeedCall(FeedCalls calls, NodeLoop loop, String gateway, ServerCallStreamObserver<byte[]> out) {
    this.calls = calls;
    this.loop = loop;
    this.gateway = gateway;
    this.out = out;
  }

  @Override
  public void onNext(byte[] bytes) {
    PlotCodec.FeedMessage m;
    try {
      m = PlotCodec.decodeMessage(bytes);
    } catch (InvalidValueException e) {
      breakOff(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
      return;
    }
    Optional<Status> refusal = calls.refusal(m.feed(), gateway);
    if (refusal.isPresent()) {
      breakOff(refusal.get());
      return;
    }
    calls.register(m.feed(), this);
    if (m.seq() == 0) {
      answer(new PlotCodec.FeedAck(m.feed(), loop.durablePlots(m.feed()), 0, ""));
      read();
      return;
    }
    List<Input> inputs = m.inputs();
    if (loop.put(inputs, this::read)) {
      read();
    } else if (!loop.isRunning()) {
      breakOff(Status.UNAVAILABLE.withDescription("node is stopping"));
    }
  }

  /** Asks for the next message, now or once the gateway reads its answers. */
  private void read() {
    synchronized (this) {
      if (!out.isReady()) {
        readWhenReady = true;
        return;
      }
    }
    out.request(1);
  }

  /** The transport takes more answers now. */
  void ready() {
    boolean read;
    synchronized (this) {
      while (!over && !unsent.isEmpty() && out.isReady()) {
        Map.Entry<String, Long> newest = unsent.pollFirstEntry();
        send(new PlotCodec.FeedAck(newest.getKey(), newest.getValue(), 0, ""));
      }
      read = readWhenReady && out.isReady();
      readWhenReady &= !read;
    }
    if (read) {
      out.request(1);
    }
  }

  /** Tells the gateway how far a feed is durable, now or once it reads its answers. */
  synchronized void acknowledge(String feed, long seq) {
    if (unsent.isEmpty() && out.isReady()) {
      send(new PlotCodec.FeedAck(feed, seq, 0, ""));
    } else if (!over) {
      unsent.put(feed, seq);
    }
  }

  /**
   * Tells the gateway that a report was not used, if it reads its answers now. One that does not is
   * not told each: the counts of the node's status hold them all.
   */
  synchronized void notUsed(String feed, long seq, String reason) {
    if (out.isReady()) {
      send(new PlotCodec.FeedAck(feed, loop.durablePlots(feed), seq, reason));
    }
  }

  private synchronized void answer(PlotCodec.FeedAck ack) {
    send(ack);
  }

  private void send(PlotCodec.FeedAck ack) {
    if (over || out.isCancelled()) {
      return;
    }
    try {
      out.onNext(PlotCodec.encodeAck(ack));
    } catch (IllegalStateException | StatusRuntimeException e) {
      // Over since it was looked at: the feed asks again when it comes back.
      over = true;
    }
  }

  /** Ends a call that said something wrong; what it said after that finds it ended already. */
  private void breakOff(Status why) {
    calls.over(this);
    synchronized (this) {
      if (!over) {
        over = true;
        try {
          out.onError(why.asRuntimeException());
        } catch (IllegalStateException e) {
          // Ended already.
          return;
        }
      }
    }
  }

  @Override
  public void onError(Throwable t) {
    calls.over(this);
  }

  @Override
  public void onCompleted() {
    calls.over(this);
    synchronized (this) {
      if (!over) {
        over = true;
        out.onCompleted();
      }
    }
  }
}
