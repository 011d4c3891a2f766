package parallax.client;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import parallax.model.Nation;
import parallax.transport.Rpc;
import parallax.transport.Tls;
import parallax.warning.AreaCatalogue;
import parallax.wire.EventCodec;
import parallax.wire.NodeEvent;

/** What a node has done and still holds in memory, up to the moment of asking. */
public final class PastEvents {
  private PastEvents() {}

  /**
   * Asks a node for its events, oldest first; returns once all were handed over.
   *
   * @param nation the nation
   * @param address its node's national port
   * @param keys folder of {@code operator.pem} and {@code operator.key}
   * @param authorities the authorities one of which must have issued the node's certificate
   * @param areas the areas that events may name
   * @param events is told each event, by one other thread
   * @throws IOException when the node cannot be reached, refuses this or ends before the end
   * @throws GeneralSecurityException when a key or certificate cannot be used
   */
  public static void read(
      Nation nation,
      InetSocketAddress address,
      Path keys,
      Collection<X509Certificate> authorities,
      AreaCatalogue areas,
      Consumer<NodeEvent> events)
      throws IOException, GeneralSecurityException, InterruptedException {
    ManagedChannel channel =
        NationalPort.channel(nation, address, Tls.client(keys, "operator", authorities));
    try {
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      StreamObserver<byte[]> out =
          ClientCalls.asyncBidiStreamingCall(
              channel.newCall(Rpc.WATCH, CallOptions.DEFAULT),
              new StreamObserver<byte[]>() {
                @Override
                public void onNext(byte[] bytes) {
                  EventCodec.decodeAll(bytes, areas::require).forEach(events);
                }

                @Override
                public void onError(Throwable t) {
                  done.completeExceptionally(t);
                }

                @Override
                public void onCompleted() {
                  done.complete(true);
                }
              });
      out.onNext(EventCodec.encodeRequest(new EventCodec.Wish(1, true, true)));
      var unused = done.get();
    } catch (ExecutionException e) {
      throw new IOException(CallProblem.of(e, address), e);
    } finally {
      channel.shutdownNow();
    }
  }
}
