package parallax.host;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import parallax.files.FileProblem;
import parallax.model.InvalidValueException;
import parallax.transport.CallerRefusal;
import parallax.transport.Tls;

/** The sensor feeds that are connected, and the call by which each is answered. */
final class FeedCalls {
  private final NodeLoop loop;
  private final FeedHolders holders;
  private final BiConsumer<CallerRefusal, String> refused;
  private final SortedMap<String, FeedCall> feeds = new TreeMap<>();

  /**
   * Hands what the feeds report to {@code loop}; {@code refused} is told of a gateway that uses a
   * feed of another.
   */
  FeedCalls(NodeLoop loop, FeedHolders holders, BiConsumer<CallerRefusal, String> refused) {
    this.loop = loop;
    this.holders = holders;
    this.refused = refused;
  }

  /** A gateway's call has begun; its certificate is known by now. */
  StreamObserver<byte[]> begun(StreamObserver<byte[]> out) {
    return begun(Tls.peer().name(), out);
  }

  /** The call of a gateway, by the name in its certificate, has begun. */
  StreamObserver<byte[]> begun(String gateway, StreamObserver<byte[]> out) {
    ServerCallStreamObserver<byte[]> stream = (ServerCallStreamObserver<byte[]>) out;
    FeedCall call = new FeedCall(this, loop, gateway, stream);
    stream.disableAutoRequest();
    stream.setOnCancelHandler(() -> over(call));
    stream.setOnReadyHandler(call::ready);
    stream.request(1);
    return call;
  }

  /** Why a gateway may not use a feed, as the status that its call ends with; empty when it may. */
  Optional<Status> refusal(String feed, String gateway) {
    try {
      Optional<String> why = holders.refusal(feed, gateway);
      why.ifPresent(w -> refused.accept(CallerRefusal.FEED_OF_ANOTHER, w));
      return why.map(Status.PERMISSION_DENIED::withDescription);
    } catch (IOException e) {
      return Optional.of(unknownHolder(feed, FileProblem.of(e)));
    } catch (InvalidValueException e) {
      return Optional.of(unknownHolder(feed, String.valueOf(e.getMessage())));
    }
  }

  private Status unknownHolder(String feed, String why) {
    String text =
        "whom feed '" + feed + "' belongs to cannot be looked up or kept, so it is refused: " + why;
    refused.accept(CallerRefusal.FEED_OF_ANOTHER, text);
    return Status.UNAVAILABLE.withDescription(text);
  }

  /** From here on a feed is answered by a call. */
  synchronized void register(String feed, FeedCall call) {
    feeds.put(feed, call);
  }

  /** A call is over. */
  synchronized void over(FeedCall call) {
    feeds.values().removeIf(call::equals);
  }

  private synchronized Optional<FeedCall> call(String feed) {
    return Optional.ofNullable(feeds.get(feed));
  }

  /** Tells a feed, if it is connected, that a report of it was not used. */
  void notUsed(String feed, long seq, String reason) {
    call(feed).ifPresent(c -> c.notUsed(feed, seq, reason));
  }

  /** Tells a feed, if it is connected, how far it is durable. */
  void acknowledge(String feed, long seq) {
    call(feed).ifPresent(c -> c.acknowledge(feed, seq));
  }
}
