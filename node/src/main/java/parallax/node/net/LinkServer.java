package parallax.node.net;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parallax.engine.Input.Direction;
import parallax.model.Nation;
import parallax.node.keys.CertificateAuthority.Role;

/** The port where partners bring their reports. */
public final class LinkServer implements AutoCloseable {
  private final Server server;

  /** Opens the port. {@code refused} is told of every caller turned away. */
  public LinkServer(
      InetSocketAddress address,
      SslContext tls,
      SortedMap<Nation, X509Certificate> partners,
      Links links,
      Consumer<String> refused)
      throws IOException {
    this.server =
        NettyServerBuilder.forAddress(address)
            .sslContext(tls)
            .maxInboundMessageSize(Rpc.MAX_MESSAGE_BYTES)
            .maxInboundMetadataSize(8 * 1024)
            .handshakeTimeout(5, TimeUnit.SECONDS)
            .maxConcurrentCallsPerConnection(4)
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .intercept(Tls.identify(partners, Map.of("parallax.v1.Link", Role.NODE), refused))
            .addService(
                ServerServiceDefinition.builder("parallax.v1.Link")
                    .addMethod(
                        Rpc.LINK,
                        ServerCalls.asyncBidiStreamingCall(
                            (StreamObserver<byte[]> out) ->
                                links
                                    .ports()
                                    .opened(Tls.peer().nation(), Direction.INBOUND, out, () -> {})))
                    .build())
            .build()
            .start();
  }

  /** The port, after it was opened. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
