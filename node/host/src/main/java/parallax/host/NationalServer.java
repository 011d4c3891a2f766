package parallax.host;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import parallax.credentials.CertificateAuthority.Role;
import parallax.transport.CallerRefusal;
import parallax.transport.OwnCertificate;
import parallax.transport.PortGuard;
import parallax.transport.PortLimits;
import parallax.transport.Rpc;
import parallax.transport.Tls;
import parallax.transport.Trust;
import parallax.wire.PartnerLog;
import parallax.wire.PlotCodec;

/**
 * The port of a nation's own: sensors report plots, operators watch and give orders. Certificates
 * of its callers are of the nation's own authority.
 */
public final class NationalServer implements AutoCloseable {
  private final FeedCalls feeds;
  private final PortGuard guard;
  private final Server server;
  private volatile boolean closing;

  /**
   * Opens the port. {@code holders} says which gateway each feed belongs to; {@code nextPolicy}
   * reads the policy that lies ready, by its SHA-256; {@code logs} says what is known of partners'
   * logs; {@code refused} is told of every client turned away.
   */
  public NationalServer(
      InetSocketAddress address,
      OwnCertificate certificate,
      Trust own,
      PortLimits limits,
      NodeLoop loop,
      FeedHolders holders,
      UnaryOperator<String> nextPolicy,
      Supplier<List<PartnerLog>> logs,
      EventLog events,
      BiConsumer<CallerRefusal, String> refused)
      throws IOException {
    this.feeds = new FeedCalls(loop, holders, refused);
    OperatorCall.Answers answers = new OperatorCall.Answers(loop, nextPolicy, logs);
    this.guard = new PortGuard("national", limits, own, refused);
    this.server =
        guard
            .server(address)
            .sslContext(Tls.server(certificate, own))
            .maxInboundMessageSize(PlotCodec.MAX_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(64)
            .callExecutor(Rpc.threads())
            .intercept(
                Tls.identify(
                    own,
                    Map.of(
                        "parallax.v1.SensorFeed",
                        Role.SENSOR,
                        "parallax.v1.Watch",
                        Role.OPERATOR,
                        "parallax.v1.Operate",
                        Role.OPERATOR),
                    refused))
            .addService(
                ServerServiceDefinition.builder("parallax.v1.SensorFeed")
                    .addMethod(Rpc.FEED, ServerCalls.asyncBidiStreamingCall(feeds::begun))
                    .build())
            .addService(
                ServerServiceDefinition.builder("parallax.v1.Watch")
                    .addMethod(
                        Rpc.WATCH,
                        ServerCalls.asyncBidiStreamingCall(
                            (StreamObserver<byte[]> out) ->
                                WatchCall.begun(out, events, () -> !closing)))
                    .build())
            .addService(
                ServerServiceDefinition.builder("parallax.v1.Operate")
                    .addMethod(
                        Rpc.OPERATE,
                        ServerCalls.asyncBidiStreamingCall(
                            (StreamObserver<byte[]> out) ->
                                OperatorCall.begun(Tls.peer(), answers, out)))
                    .build())
            .build()
            .start();
  }

  /** Tells a feed, if it is connected, how far it is durable. */
  public void acknowledge(String feed, long seq) {
    feeds.acknowledge(feed, seq);
  }

  /** Tells a feed, if it is connected, that a report of it was not used. */
  public void notUsed(String feed, long seq, String reason) {
    feeds.notUsed(feed, seq, reason);
  }

  /** The port, after it was opened. */
  public int port() {
    return server.getPort();
  }

  /** Closes every connection whose certificate was revoked since; returns how many. */
  public int closeRevoked() {
    return guard.closeRevoked();
  }

  /** The certificates of those connected now, each once. */
  public List<X509Certificate> certificates() {
    return guard.certificates();
  }

  /** How many connections are open, those included that have not shown who they are. */
  public int connections() {
    return guard.connections();
  }

  @Override
  public void close() {
    closing = true;
    PortGuard.close(server);
  }
}
