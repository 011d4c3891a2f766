package parallax.transport;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import parallax.credentials.CertificateAuthority.Role;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.InvalidValueException;

/** The port where partners bring their reports. */
public final class LinkServer implements AutoCloseable {
  private static final Context.Key<StreamId> STREAM = Context.key("parallax-stream");

  private final PortGuard guard;
  private final Server server;

  /** Opens the port. {@code refused} is told of every caller turned away. */
  public LinkServer(
      InetSocketAddress address,
      OwnCertificate own,
      Trust partners,
      PortLimits limits,
      Links links,
      CheckpointAnswers checkpoints,
      BiConsumer<CallerRefusal, String> refused)
      throws IOException {
    this.guard = new PortGuard("link", limits, partners, refused);
    this.server =
        guard
            .server(address)
            .sslContext(Tls.server(own, partners))
            .maxInboundMessageSize(Rpc.MAX_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(5)
            .callExecutor(Rpc.threads())
            .intercept(namesStream(refused))
            .intercept(Tls.identify(partners, Map.of("parallax.v1.Link", Role.NODE), refused))
            .addService(
                ServerServiceDefinition.builder("parallax.v1.Link")
                    .addMethod(
                        Rpc.LINK,
                        ServerCalls.asyncBidiStreamingCall(
                            (StreamObserver<byte[]> out) -> accept(links, out)))
                    .addMethod(
                        Rpc.CHECKPOINT,
                        ServerCalls.asyncBidiStreamingCall(
                            (StreamObserver<byte[]> out) -> new CheckpointCall(checkpoints, out)))
                    .build())
            .build()
            .start();
  }

  private static StreamObserver<byte[]> accept(Links links, StreamObserver<byte[]> out) {
    StreamId stream = STREAM.get();
    if (stream == null) {
      throw Status.INVALID_ARGUMENT.withDescription("call names no stream").asRuntimeException();
    }
    ServerCallStreamObserver<byte[]> call = (ServerCallStreamObserver<byte[]>) out;
    call.disableAutoRequest();
    call.setOnReadyThreshold(Rpc.READY_BELOW_BYTES);
    LinkPort port =
        links
            .ports()
            .opened(
                new Wire(Tls.peer().nation(), stream),
                LinkCall.of(call, () -> cut(call)),
                () -> {});
    call.setOnReadyHandler(port::ready);
    return port;
  }

  private static void cut(StreamObserver<byte[]> out) {
    try {
      out.onError(Status.ABORTED.withDescription("cut").asRuntimeException());
    } catch (IllegalStateException e) {
      // The call is over already.
      return;
    }
  }

  /** Reads which stream a call carries; one that should and does not say is refused. */
  private static ServerInterceptor namesStream(BiConsumer<CallerRefusal, String> refused) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!call.getMethodDescriptor().getFullMethodName().equals(Rpc.LINK.getFullMethodName())) {
          return next.startCall(call, headers);
        }
        String problem;
        try {
          String name = headers.get(Links.STREAM);
          if (name != null) {
            return Contexts.interceptCall(
                Context.current().withValue(STREAM, StreamId.parse(name)), call, headers, next);
          }
          problem = "call of " + Tls.peer() + " names no stream in " + Links.STREAM.name();
        } catch (InvalidValueException e) {
          problem = "call of " + Tls.peer() + ": " + e.getMessage();
        }
        refused.accept(CallerRefusal.NO_STREAM, problem);
        call.close(Status.INVALID_ARGUMENT.withDescription(problem), new Metadata());
        return new ServerCall.Listener<>() {};
      }
    };
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
    PortGuard.close(server);
  }
}
