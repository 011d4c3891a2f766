package parallax.transport;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parallax.credentials.CertificateAuthority;
import parallax.link.Lane;
import parallax.link.Wire;
import parallax.model.Nation;

/**
 * Where the neighbours are, and the ways to them. Each lane has TCP connections of its own, so that
 * no urgent frame waits in a buffer behind bulk.
 */
final class Neighbours {
  private static final long ANSWER_WITHIN_S = 20;

  private final SortedMap<Nation, Neighbour> neighbours = new TreeMap<>();
  private boolean closed;

  private record Neighbour(
      InetSocketAddress address, SslContext tls, SortedMap<Lane, ManagedChannel> channels) {

    void end() {
      channels.values().forEach(ManagedChannel::shutdownNow);
    }
  }

  /** Says where a neighbour is. */
  synchronized void know(Nation neighbour, InetSocketAddress address, SslContext tls) {
    neighbours.put(neighbour, open(neighbour, address, tls));
  }

  private static Neighbour open(Nation neighbour, InetSocketAddress address, SslContext tls) {
    SortedMap<Lane, ManagedChannel> channels = new TreeMap<>();
    for (Lane lane : Lane.values()) {
      channels.put(
          lane,
          NettyChannelBuilder.forAddress(address)
              .overrideAuthority(CertificateAuthority.hostName(neighbour))
              .sslContext(tls)
              .maxInboundMessageSize(Rpc.MAX_MESSAGE_BYTES)
              .keepAliveTime(10, TimeUnit.SECONDS)
              .build());
    }
    return new Neighbour(address, tls, channels);
  }

  /** The way of a wire; null when it is not known where the neighbour is. */
  @Nullable ManagedChannel channel(Wire wire) {
    return channel(wire.peer(), wire.stream().lane());
  }

  private synchronized @Nullable ManagedChannel channel(Nation neighbour, Lane lane) {
    Neighbour n = neighbours.get(neighbour);
    return n == null ? null : n.channels().get(lane);
  }

  /**
   * Asks a neighbour what it shows of its log; the answer comes on a thread of the transport.
   *
   * @return whether there is a way to it
   */
  boolean askCheckpoint(
      Nation neighbour, byte[] question, Consumer<byte[]> answer, Consumer<Throwable> failed) {
    ManagedChannel channel = channel(neighbour, Lane.BULK);
    if (channel == null) {
      return false;
    }
    StreamObserver<byte[]> out =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(
                Rpc.CHECKPOINT,
                CallOptions.DEFAULT.withDeadlineAfter(ANSWER_WITHIN_S, TimeUnit.SECONDS)),
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] bytes) {
                answer.accept(bytes);
              }

              @Override
              public void onError(Throwable t) {
                failed.accept(t);
              }

              @Override
              public void onCompleted() {}
            });
    out.onNext(question);
    out.onCompleted();
    return true;
  }

  /** Breaks every connection with a neighbour at once; the next one makes a new handshake. */
  void disconnect(Nation neighbour) {
    Neighbour old;
    synchronized (this) {
      old = neighbours.get(neighbour);
      if (old == null || closed) {
        return;
      }
      Tls.forgetSessions(old.tls());
      neighbours.put(neighbour, open(neighbour, old.address(), old.tls()));
    }
    old.end();
  }

  /** Breaks every connection, for good. */
  synchronized void close() {
    closed = true;
    neighbours.values().forEach(Neighbour::end);
  }
}
