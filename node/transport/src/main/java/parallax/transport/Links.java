package parallax.transport;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parallax.credentials.CertificateAuthority;
import parallax.engine.Input;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.Wire;
import parallax.model.Nation;

/**
 * All connections with partners: dials those that this node is to dial and keeps dialling, opens
 * those that a relayed stream asks for, and hears those that others dial. Each lane has TCP
 * connections of its own, so that no urgent frame waits in a buffer behind bulk.
 */
public final class Links implements AutoCloseable {
  /** The metadata key by which a call names the stream it carries. */
  static final Metadata.Key<String> STREAM =
      Metadata.Key.of("parallax-stream", Metadata.ASCII_STRING_MARSHALLER);

  private static final long FIRST_REDIAL_MS = 100;
  private static final long LAST_REDIAL_MS = 1_600;
  private static final long ANSWER_WITHIN_S = 20;

  private final LinkPorts ports;

  /** Where a neighbour is, and the ways to it. */
  private record Neighbour(
      InetSocketAddress address, SslContext tls, SortedMap<Lane, ManagedChannel> channels) {}

  private final SortedMap<Nation, Neighbour> neighbours = new TreeMap<>();
  private final SortedMap<Wire, Dialer> dialers = new TreeMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          r -> Thread.ofPlatform().daemon().name("dialer").unstarted(r));

  private final Consumer<String> said;

  /** Hands what it hears to {@code inputs} and tells {@code said} why a dialled stream ended. */
  public Links(Consumer<Input> inputs, Consumer<String> said) {
    this.ports = new LinkPorts(inputs);
    this.said = said;
  }

  LinkPorts ports() {
    return ports;
  }

  /** Says where a neighbour is, before any connection with it is dialled. */
  public void know(Nation neighbour, InetSocketAddress address, SslContext tls) {
    synchronized (neighbours) {
      neighbours.put(neighbour, open(neighbour, address, tls));
    }
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

  /** Dials a connection now, and again whenever it ends. */
  public void dial(Wire wire) {
    dial(wire, true);
  }

  /** Dials a connection that a relayed stream asks for; when it ends, the stream asks again. */
  public void dialOnce(Wire wire) {
    dial(wire, false);
  }

  private void dial(Wire wire, boolean again) {
    if (channel(wire) == null) {
      said.accept(wire + ": no way to " + wire.peer() + " is configured");
      ports.refused(wire);
      return;
    }
    Dialer d = new Dialer(wire, again);
    synchronized (dialers) {
      Dialer old = dialers.put(wire, d);
      if (old != null) {
        old.stop();
      }
    }
    timer.execute(d::dial);
  }

  private @Nullable ManagedChannel channel(Wire wire) {
    synchronized (neighbours) {
      Neighbour n = neighbours.get(wire.peer());
      return n == null ? null : n.channels().get(wire.stream().lane());
    }
  }

  /**
   * Asks a neighbour what it shows of its log; the answer comes on a thread of the transport.
   *
   * @return whether there is a way to it
   */
  public boolean askCheckpoint(
      Nation neighbour, byte[] question, Consumer<byte[]> answer, Consumer<Throwable> failed) {
    ManagedChannel channel;
    synchronized (neighbours) {
      Neighbour n = neighbours.get(neighbour);
      channel = n == null ? null : n.channels().get(Lane.BULK);
    }
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

  /** Sends a frame if the connection is up. */
  public void send(Wire wire, Frame frame) {
    ports.send(wire, frame);
  }

  /** Closes a connection if it is up; one that this node dials is dialled again. */
  public void close(Wire wire) {
    ports.close(wire);
    redial(wire);
  }

  /** Ends a connection at once, without what still waits to be sent. */
  public void cut(Wire wire) {
    ports.cut(wire);
    redial(wire);
  }

  private void redial(Wire wire) {
    Dialer d;
    synchronized (dialers) {
      d = dialers.get(wire);
    }
    if (d != null) {
      d.redial();
    }
  }

  /**
   * Breaks every connection that this node has with a neighbour, at once; they are dialled again
   * with new handshakes.
   */
  public void disconnect(Nation neighbour) {
    Neighbour old;
    synchronized (neighbours) {
      old = neighbours.get(neighbour);
      if (old == null || timer.isShutdown()) {
        return;
      }
      Tls.forgetSessions(old.tls());
      neighbours.put(neighbour, open(neighbour, old.address(), old.tls()));
    }
    old.channels().values().forEach(ManagedChannel::shutdownNow); // their ends are what redials
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (neighbours) {
      neighbours.values().forEach(n -> n.channels().values().forEach(ManagedChannel::shutdownNow));
    }
  }

  private final class Dialer {
    private final Wire wire;
    private final boolean again;
    private long attempts;
    private long current;
    private long redialMs = FIRST_REDIAL_MS;
    private boolean stopped;

    Dialer(Wire wire, boolean again) {
      this.wire = wire;
      this.again = again;
    }

    synchronized void dial() {
      ManagedChannel channel = channel(wire);
      if (stopped || channel == null) {
        return;
      }
      long attempt = ++attempts;
      current = attempt;
      Metadata headers = new Metadata();
      headers.put(STREAM, wire.stream().toString());
      Answers answers = new Answers(() -> over(attempt), this::answered, this::failed);
      StreamObserver<byte[]> out =
          ClientCalls.asyncBidiStreamingCall(
              ClientInterceptors.intercept(
                      channel, MetadataUtils.newAttachHeadersInterceptor(headers))
                  .newCall(Rpc.LINK, CallOptions.DEFAULT),
              answers);
      answers.hearBy(ports.opened(wire, out, () -> cancel(out), () -> over(attempt)));
    }

    private static void cancel(StreamObserver<byte[]> out) {
      if (out instanceof ClientCallStreamObserver<byte[]> call) {
        call.cancel("cut", null);
      }
    }

    private synchronized void over(long attempt) {
      if (current == attempt) {
        redial();
      }
    }

    private void failed(Throwable t) {
      Throwable root = t;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      said.accept(wire + ": " + t.getMessage() + ": " + root.getMessage());
    }

    /** The neighbour is there: the next break is redialled soon. */
    private synchronized void answered() {
      redialMs = FIRST_REDIAL_MS;
    }

    synchronized void stop() {
      stopped = true;
    }

    /** Dials again after a while, unless that is under way already. */
    synchronized void redial() {
      if (current == 0 || !again) {
        return;
      }
      current = 0;
      if (!timer.isShutdown()) {
        ManagedChannel channel = channel(wire);
        if (channel != null) {
          channel.resetConnectBackoff();
        }
        var unused = timer.schedule(this::dial, redialMs, TimeUnit.MILLISECONDS);
        redialMs = Math.min(LAST_REDIAL_MS, redialMs * 2);
      }
    }
  }

  /** Holds back what a call says until someone hears it. */
  private static final class Answers implements ClientResponseObserver<byte[], byte[]> {
    private final Runnable ended;
    private final Runnable answered;
    private final Consumer<Throwable> failed;
    private @Nullable StreamObserver<byte[]> ear;
    private @Nullable ClientCallStreamObserver<byte[]> call;
    private boolean over;

    Answers(Runnable ended, Runnable answered, Consumer<Throwable> failed) {
      this.ended = ended;
      this.answered = answered;
      this.failed = failed;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> requestStream) {
      this.call = requestStream;
      requestStream.disableAutoRequestWithInitial(0);
    }

    synchronized void hearBy(StreamObserver<byte[]> observer) {
      ear = observer;
      if (over) {
        observer.onError(new IllegalStateException("stream ended at once"));
      } else if (call != null) {
        call.request(1);
      }
    }

    @Override
    public void onNext(byte[] value) {
      answered.run();
      StreamObserver<byte[]> e;
      synchronized (this) {
        e = ear;
      }
      if (e != null) {
        e.onNext(value);
      }
      if (call != null) {
        call.request(1);
      }
    }

    @Override
    public void onError(Throwable t) {
      failed.accept(t);
      end(t);
    }

    @Override
    public void onCompleted() {
      end(null);
    }

    private void end(@Nullable Throwable t) {
      StreamObserver<byte[]> e;
      synchronized (this) {
        over = true;
        e = ear;
      }
      if (e == null) {
        ended.run();
      } else if (t != null) {
        e.onError(t);
      } else {
        e.onCompleted();
      }
    }
  }
}
