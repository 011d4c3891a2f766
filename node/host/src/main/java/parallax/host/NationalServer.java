package parallax.host;

import io.grpc.Server;
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
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import parallax.credentials.CertificateAuthority.Role;
import parallax.engine.Effect;
import parallax.engine.Order;
import parallax.model.InvalidValueException;
import parallax.transport.OwnCertificate;
import parallax.transport.PortGuard;
import parallax.transport.PortLimits;
import parallax.transport.Refusal;
import parallax.transport.Rpc;
import parallax.transport.Tls;
import parallax.transport.Trust;
import parallax.wire.EventCodec;
import parallax.wire.OrderCodec;
import parallax.wire.PartnerLog;
import parallax.wire.PlotCodec;

/**
 * The port of a nation's own: sensors report plots, operators watch. Clients are of the nation's
 * own authority.
 */
public final class NationalServer implements AutoCloseable {
  private static final int EVENTS_A_READ = 256;

  private final NodeLoop loop;
  private final UnaryOperator<String> nextPolicy;
  private final Supplier<List<PartnerLog>> logs;
  private final EventLog events;
  private final SensorFeeds feeds;
  private final PortGuard guard;
  private final Server server;

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
      BiConsumer<Refusal, String> refused)
      throws IOException {
    this.loop = loop;
    this.nextPolicy = nextPolicy;
    this.logs = logs;
    this.events = events;
    this.feeds = new SensorFeeds(loop, holders, refused);
    this.guard = new PortGuard("national", limits, own, refused);
    this.server =
        guard
            .server(address)
            .sslContext(Tls.server(certificate, own))
            .maxInboundMessageSize(PlotCodec.MAX_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(64)
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
                    .addMethod(Rpc.FEED, ServerCalls.asyncBidiStreamingCall(feeds::open))
                    .build())
            .addService(
                ServerServiceDefinition.builder("parallax.v1.Watch")
                    .addMethod(Rpc.WATCH, ServerCalls.asyncBidiStreamingCall(this::watch))
                    .build())
            .addService(
                ServerServiceDefinition.builder("parallax.v1.Operate")
                    .addMethod(Rpc.OPERATE, ServerCalls.asyncBidiStreamingCall(this::operate))
                    .build())
            .build()
            .start();
  }

  /** Orders and questions of operators, answered one after the other. */
  private StreamObserver<byte[]> operate(StreamObserver<byte[]> out) {
    String by = Tls.peer().name();
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] bytes) {
        OrderCodec.Answer answer;
        try {
          answer = answer(by, OrderCodec.decodeRequest(bytes));
        } catch (InvalidValueException e) {
          SensorFeeds.breakOff(out, Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
          return;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          SensorFeeds.breakOff(out, Status.UNAVAILABLE.withDescription("node is stopping"));
          return;
        }
        synchronized (out) {
          out.onNext(OrderCodec.encode(answer));
        }
      }

      @Override
      public void onError(Throwable t) {}

      @Override
      public void onCompleted() {
        out.onCompleted();
      }
    };
  }

  private OrderCodec.Answer answer(String by, OrderCodec.Request request)
      throws InterruptedException {
    return switch (request) {
      case OrderCodec.StatusRequest s ->
          new OrderCodec.Answer(true, "", loop.health(), List.of(), logs.get());
      case OrderCodec.HeldRequest h ->
          new OrderCodec.Answer(true, "", List.of(), loop.held(), List.of());
      case OrderCodec.PolicyRequest p -> {
        try {
          yield order(by, new Order.PutPolicy(nextPolicy.apply(p.sha256())));
        } catch (InvalidValueException e) {
          yield new OrderCodec.Answer(false, String.valueOf(e.getMessage()), List.of());
        }
      }
      case OrderCodec.OrderRequest o -> order(by, o.order());
    };
  }

  private OrderCodec.Answer order(String by, Order order) throws InterruptedException {
    try {
      Effect.OrderAnswered a = loop.order(by, order).get();
      return new OrderCodec.Answer(a.done(), a.detail(), List.of());
    } catch (ExecutionException e) {
      return new OrderCodec.Answer(false, String.valueOf(e.getCause()), List.of());
    }
  }

  private StreamObserver<byte[]> watch(StreamObserver<byte[]> out) {
    ServerCallStreamObserver<byte[]> stream = (ServerCallStreamObserver<byte[]>) out;
    stream.setOnCancelHandler(() -> {}); // a watcher that left is noticed by isCancelled
    return new StreamObserver<>() {
      private boolean asked;

      @Override
      public void onNext(byte[] bytes) {
        if (asked) {
          SensorFeeds.breakOff(
              out, Status.INVALID_ARGUMENT.withDescription("asked twice in one call"));
          return;
        }
        asked = true;
        long from;
        try {
          from = EventCodec.decodeRequest(bytes);
        } catch (InvalidValueException e) {
          out.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
          return;
        }
        Thread.ofVirtual().name("watch").start(() -> follow(stream, from));
      }

      @Override
      public void onError(Throwable t) {}

      @Override
      public void onCompleted() {}
    };
  }

  private void follow(ServerCallStreamObserver<byte[]> out, long from) {
    long next = from;
    try {
      while (!out.isCancelled() && !server.isShutdown()) {
        if (!out.isReady()) {
          Thread.sleep(1);
          continue;
        }
        List<EventLog.Event> batch = events.from(next, EVENTS_A_READ, 1000);
        for (EventLog.Event e : batch) {
          EventCodec.encode(e.id(), e.time(), e.wallNs(), e.doneWallNs(), e.effect())
              .ifPresent(out::onNext);
          next = e.id() + 1;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells a feed, if it is connected, how far it is durable. */
  public void acknowledge(String feed, long seq) {
    feeds.acknowledge(feed, seq);
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
