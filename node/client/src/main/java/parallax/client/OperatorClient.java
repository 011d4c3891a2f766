package parallax.client;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parallax.model.Nation;
import parallax.transport.Rpc;
import parallax.transport.Tls;
import parallax.wire.OrderCodec;

/** An operator's connection to the nation's own node, for one request after the other. */
public final class OperatorClient implements AutoCloseable {
  private static final long ANSWER_S = 20;

  private final InetSocketAddress address;
  private final ManagedChannel channel;

  /**
   * Prepares a connection.
   *
   * @param nation the nation
   * @param address its node's national port
   * @param keys the directory with {@code operator.pem} and {@code operator.key}
   * @param authorities the nation's authority; two while one is exchanged for another
   */
  public OperatorClient(
      Nation nation, InetSocketAddress address, Path keys, Collection<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    this.address = address;
    this.channel = NationalPort.channel(nation, address, Tls.client(keys, "operator", authorities));
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws IOException when the node cannot be reached, refuses the operator or does not answer
   */
  public OrderCodec.Answer ask(OrderCodec.Request request)
      throws IOException, InterruptedException {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    StreamObserver<byte[]> out =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(Rpc.OPERATE, CallOptions.DEFAULT),
            new StreamObserver<byte[]>() {
              @Override
              public void onNext(byte[] bytes) {
                answer.complete(bytes);
              }

              @Override
              public void onError(Throwable t) {
                answer.completeExceptionally(t);
              }

              @Override
              public void onCompleted() {
                answer.completeExceptionally(new IOException("the node ended the call"));
              }
            });
    try {
      out.onNext(OrderCodec.encode(request));
      byte[] bytes = answer.get(ANSWER_S, TimeUnit.SECONDS);
      out.onCompleted();
      return OrderCodec.decodeAnswer(bytes);
    } catch (TimeoutException e) {
      throw new IOException("the node does not answer within " + ANSWER_S + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(CallProblem.of(e, address), e);
    } catch (StatusRuntimeException e) {
      throw new IOException(CallProblem.of(e, address), e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
