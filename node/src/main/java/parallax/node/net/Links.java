package parallax.node.net;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parallax.engine.Input;
import parallax.engine.Input.Direction;
import parallax.link.Frame;
import parallax.model.Nation;
import parallax.node.keys.CertificateAuthority;

/** All streams with partners: dials each of them and keeps dialling, and hears those that dial. */
public final class Links implements AutoCloseable {
  private static final long FIRST_REDIAL_MS = 100;
  private static final long LAST_REDIAL_MS = 1_600;

  private final LinkPorts ports;
  private final List<Dialer> dialers = new ArrayList<>();
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

  /** Dials a partner now, and again whenever its stream ends. */
  public void dial(Nation partner, InetSocketAddress address, SslContext tls) {
    Dialer d = new Dialer(partner, address, tls);
    dialers.add(d);
    timer.execute(d::dial);
  }

  /** Sends a frame if the stream is up. */
  public void send(Nation partner, Direction direction, Frame frame) {
    ports.send(partner, direction, frame);
  }

  /** Closes a stream if it is up; one that this node dialled is dialled again. */
  public void close(Nation partner, Direction direction) {
    ports.close(partner, direction);
    if (direction == Direction.OUTBOUND) {
      for (Dialer d : dialers) {
        if (d.partner.equals(partner)) {
          d.redial();
        }
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    dialers.forEach(d -> d.channel.shutdownNow());
  }

  private final class Dialer {
    final Nation partner;
    final ManagedChannel channel;
    private long attempts;
    private long current;
    private long redialMs = FIRST_REDIAL_MS;

    Dialer(Nation partner, InetSocketAddress address, SslContext tls) {
      this.partner = partner;
      this.channel =
          NettyChannelBuilder.forAddress(address)
              .overrideAuthority(CertificateAuthority.hostName(partner))
              .sslContext(tls)
              .maxInboundMessageSize(Rpc.MAX_MESSAGE_BYTES)
              .keepAliveTime(10, TimeUnit.SECONDS)
              .build();
    }

    synchronized void dial() {
      long attempt = ++attempts;
      current = attempt;
      Answers answers = new Answers(() -> over(attempt), this::answered, this::failed);
      StreamObserver<byte[]> out =
          ClientCalls.asyncBidiStreamingCall(
              channel.newCall(Rpc.LINK, CallOptions.DEFAULT), answers);
      answers.hearBy(ports.opened(partner, Direction.OUTBOUND, out, () -> over(attempt)));
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
      said.accept("stream to " + partner + ": " + t.getMessage() + ": " + root.getMessage());
    }

    /** The partner is there: the next break is redialled soon. */
    private synchronized void answered() {
      redialMs = FIRST_REDIAL_MS;
    }

    /** Dials again after a while, unless that is under way already. */
    synchronized void redial() {
      if (current == 0) {
        return;
      }
      current = 0;
      if (!timer.isShutdown()) {
        channel.resetConnectBackoff();
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
