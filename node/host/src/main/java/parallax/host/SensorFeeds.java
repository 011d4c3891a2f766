package parallax.host;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import parallax.engine.Input;
import parallax.files.FileProblem;
import parallax.model.InvalidValueException;
import parallax.transport.Refusal;
import parallax.transport.Tls;
import parallax.wire.PlotCodec;

/** The feeds of the nation's sensor gateways: what they report comes in, acknowledgements leave. */
final class SensorFeeds {
  private final NodeLoop loop;
  private final FeedHolders holders;
  private final BiConsumer<Refusal, String> refused;
  private final SortedMap<String, StreamObserver<byte[]>> feeds = new TreeMap<>();

  SensorFeeds(NodeLoop loop, FeedHolders holders, BiConsumer<Refusal, String> refused) {
    this.loop = loop;
    this.holders = holders;
    this.refused = refused;
  }

  /** A gateway has opened a stream; its certificate is known by now. */
  StreamObserver<byte[]> open(StreamObserver<byte[]> out) {
    String gateway = Tls.peer().name();
    ((ServerCallStreamObserver<byte[]>) out).setOnCancelHandler(() -> unregister(out));
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] bytes) {
        PlotCodec.FeedMessage m;
        try {
          m = PlotCodec.decodeMessage(bytes);
        } catch (InvalidValueException e) {
          unregister(out);
          breakOff(out, Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
          return;
        }
        if (!mayUse(m.feed(), gateway, out)) {
          unregister(out);
          return;
        }
        register(m.feed(), out);
        if (m.seq() == 0) {
          send(out, new PlotCodec.FeedAck(m.feed(), loop.durablePlots(m.feed()), 0, ""));
          return;
        }
        Input input;
        try {
          input = m.input();
        } catch (InvalidValueException e) {
          String reason = String.valueOf(e.getMessage());
          send(out, new PlotCodec.FeedAck(m.feed(), loop.durablePlots(m.feed()), m.seq(), reason));
          input = new Input.PlotRefused(m.feed(), m.seq(), reason);
        }
        if (!loop.submit(input)) {
          unregister(out);
          breakOff(out, Status.UNAVAILABLE.withDescription("node is stopping"));
        }
      }

      @Override
      public void onError(Throwable t) {
        unregister(out);
      }

      @Override
      public void onCompleted() {
        unregister(out);
        out.onCompleted();
      }
    };
  }

  /** Whether a gateway may use a feed; its stream is ended when it may not. */
  private boolean mayUse(String feed, String gateway, StreamObserver<byte[]> out) {
    try {
      Optional<String> refusal = holders.refusal(feed, gateway);
      refusal.ifPresent(
          why -> {
            refused.accept(Refusal.FEED_OF_ANOTHER, why);
            breakOff(out, Status.PERMISSION_DENIED.withDescription(why));
          });
      return refusal.isEmpty();
    } catch (IOException e) {
      return unknownHolder(feed, FileProblem.of(e), out);
    } catch (InvalidValueException e) {
      return unknownHolder(feed, String.valueOf(e.getMessage()), out);
    }
  }

  private boolean unknownHolder(String feed, String why, StreamObserver<byte[]> out) {
    String text =
        "whom feed '" + feed + "' belongs to cannot be looked up or kept, so it is refused: " + why;
    refused.accept(Refusal.FEED_OF_ANOTHER, text);
    breakOff(out, Status.UNAVAILABLE.withDescription(text));
    return false;
  }

  /** Ends a stream that said something wrong; what it said after that finds it ended already. */
  static void breakOff(StreamObserver<byte[]> out, Status why) {
    synchronized (out) {
      try {
        out.onError(why.asRuntimeException());
      } catch (IllegalStateException e) {
        // Ended already.
        return;
      }
    }
  }

  private void register(String feed, StreamObserver<byte[]> out) {
    synchronized (feeds) {
      feeds.put(feed, out);
    }
  }

  private void unregister(StreamObserver<byte[]> out) {
    synchronized (feeds) {
      feeds.values().removeIf(out::equals);
    }
  }

  /** Tells a feed, if it is connected, how far it is durable. */
  void acknowledge(String feed, long seq) {
    StreamObserver<byte[]> out;
    synchronized (feeds) {
      out = feeds.get(feed);
    }
    if (out != null) {
      send(out, new PlotCodec.FeedAck(feed, seq, 0, ""));
    }
  }

  private static void send(StreamObserver<byte[]> out, PlotCodec.FeedAck ack) {
    synchronized (out) {
      if (out instanceof ServerCallStreamObserver<byte[]> s && s.isCancelled()) {
        return;
      }
      try {
        out.onNext(PlotCodec.encodeAck(ack));
      } catch (IllegalStateException | StatusRuntimeException e) {
        // Over since it was looked at: the feed asks again when it comes back.
        return;
      }
    }
  }
}
