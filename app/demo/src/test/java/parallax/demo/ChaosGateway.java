package parallax.demo;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import parallax.credentials.CertificateAuthority;
import parallax.host.NodeClock;
import parallax.model.Nation;
import parallax.transport.Rpc;
import parallax.transport.Tls;
import parallax.wire.PlotCodec;

/**
 * A nation's other systems: they file tracks at a steady rate, in bursts as fast as the node takes
 * them when told to, and after a break go on with the first that is not durable.
 */
final class ChaosGateway implements AutoCloseable {
  private static final String FEED = "chaos";

  private final ManagedChannel channel;
  private final NodeClock.Setting clock;
  private final FiledFlights tracks;
  private final long everyNs;
  private final Thread thread;
  private long burst;
  private long durable = -1;
  private long filed;
  private long longestWaitNs;
  private long waitingSinceNs;
  private volatile boolean enough;
  private volatile boolean closed;

  ChaosGateway(DemoDirectories dirs, Nation nation, NodeClock.Setting clock, int aSecond, long seed)
      throws Exception {
    this.clock = clock;
    this.tracks = new FiledFlights(seed);
    this.everyNs = TimeUnit.SECONDS.toNanos(1) / aSecond;
    this.channel =
        NettyChannelBuilder.forAddress(dirs.settings(nation).nationalAddress())
            .overrideAuthority(CertificateAuthority.hostName(nation))
            .sslContext(
                Tls.client(
                    dirs.clients(nation),
                    "sensor",
                    CertificateAuthority.readCertificates(
                        dirs.node(nation).keys().resolve("ca.pem"))))
            .build();
    this.thread = Thread.ofPlatform().daemon().name(nation + "-gateway").unstarted(this::run);
    thread.start();
  }

  /** Files so many at once, as fast as they are taken. */
  synchronized void burst(int tracks) {
    burst += tracks;
  }

  /** Files nothing new any more. */
  void enough() {
    enough = true;
  }

  /** Whether everything filed is durable, after {@link #enough}. */
  synchronized boolean done() {
    return enough && burst == 0 && durable >= filed;
  }

  /** How many were filed. */
  synchronized long filed() {
    return filed;
  }

  /** The longest that it waited for an acknowledgement. */
  synchronized long longestWaitNs() {
    return longestWaitNs;
  }

  /** What it has and has not, for people. */
  synchronized String progress() {
    return "filed " + filed + ", durable " + durable + ", burst " + burst;
  }

  private void run() {
    try {
      while (!closed) {
        speak();
        TimeUnit.MILLISECONDS.sleep(200); // before it dials again
        channel.resetConnectBackoff();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One call, until it is over. */
  private void speak() throws InterruptedException {
    synchronized (this) {
      durable = -1;
    }
    Answers answers = new Answers();
    ClientCallStreamObserver<byte[]> out =
        (ClientCallStreamObserver<byte[]>)
            ClientCalls.asyncBidiStreamingCall(
                channel.newCall(Rpc.FEED, CallOptions.DEFAULT), answers);
    out.onNext(PlotCodec.encodeQuestion(FEED));
    long next;
    synchronized (this) {
      while (durable < 0 && !answers.over && !closed) {
        wait(50);
      }
      next = durable + 1;
    }
    long dueNs = System.nanoTime();
    while (!answers.over && !closed) {
      if (!mayFile(next, dueNs) || !out.isReady()) {
        TimeUnit.MILLISECONDS.sleep(2);
        continue;
      }
      try {
        out.onNext(
            PlotCodec.encodeMessage(FEED, next, tracks.said(next, clock.at(NodeClock.wallNs()))));
      } catch (IllegalStateException e) {
        return;
      }
      next = sent(next);
      dueNs = Math.max(dueNs + everyNs, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
    }
  }

  private synchronized boolean mayFile(long next, long dueNs) {
    return next <= filed || burst > 0 || (!enough && System.nanoTime() >= dueNs);
  }

  private synchronized long sent(long seq) {
    if (seq > filed) {
      filed = seq;
      burst = Math.max(0, burst - 1);
    }
    if (waitingSinceNs == 0) {
      waitingSinceNs = System.nanoTime();
    }
    return seq + 1;
  }

  private synchronized void acknowledged(long seq) {
    if (seq > durable) {
      durable = seq;
      long now = System.nanoTime();
      if (waitingSinceNs != 0) {
        longestWaitNs = Math.max(longestWaitNs, now - waitingSinceNs);
      }
      waitingSinceNs = durable >= filed ? 0 : now;
    }
    notifyAll();
  }

  private final class Answers implements StreamObserver<byte[]> {
    volatile boolean over;

    @Override
    public void onNext(byte[] answer) {
      acknowledged(PlotCodec.decodeAck(answer).durableSeq());
    }

    @Override
    public void onError(Throwable t) {
      over = true;
    }

    @Override
    public void onCompleted() {
      over = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    channel.shutdownNow();
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
