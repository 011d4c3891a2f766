package parallax.demo;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import parallax.credentials.CertificateAuthority;
import parallax.engine.FiledTrack;
import parallax.host.NodeClock;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.transport.Rpc;
import parallax.transport.Tls;
import parallax.wire.PlotCodec;

/**
 * A nation's other systems: they file tracks at a steady rate, in bursts as fast as the node takes
 * them when told to, and after a break go on with the first that is not durable.
 */
final class ChaosGateway implements AutoCloseable {
  private static final String FEED = "chaos";
  private static final int TRACKS = 40;
  private static final double[][] SITES = {
    {39.2, 125.7}, {40.1, 125.4}, {38.6, 126.0}, {40.6, 129.1}, {39.4, 128.4}, {41.2, 128.9}
  };
  private static final double FLIGHT_S = 600;
  private static final double GROUND_MPS = 1_800;
  private static final double GRAVITY = 9.8;
  private static final double METRES_A_DEGREE = 111_000;

  private final ManagedChannel channel;
  private final NodeClock.Setting clock;
  private final Random random;
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
    this.random = new Random(seed);
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
        out.onNext(PlotCodec.encodeMessage(FEED, next, track(next)));
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

  /** What is said of one of the tracks now: a parabola, with its launch and, at times, its end. */
  private FiledTrack track(long seq) {
    long number = 1 + seq % TRACKS;
    double[] site = SITES[(int) (number % SITES.length)];
    UtcTime now = clock.at(NodeClock.wallNs());
    UtcTime launched = launched(number, now);
    double s = Math.max(1, now.secondsSince(launched));
    double bearing = 0.5 + number * 0.1;
    Vector3 at = position(site, bearing, s);
    Vector3 velocity = position(site, bearing, s + 0.5).minus(position(site, bearing, s - 0.5));
    double scatter = 100 * random.nextGaussian();
    Optional<LaunchPointEstimate> launch =
        seq % (10 * TRACKS) < TRACKS
            ? Optional.of(
                new LaunchPointEstimate(
                    Geodetic.ofDegrees(site[0], site[1], 0),
                    Covariance.diagonal(1e7, 1e7),
                    launched,
                    1))
            : Optional.empty();
    TrackEstimate estimate =
        new TrackEstimate(
            new StateVector(
                now,
                at.plus(new Vector3(scatter, scatter, scatter)),
                velocity,
                Covariance.diagonal(1e4, 1e4, 1e4, 100, 100, 100)),
            FlightPhase.COAST,
            TrackStatus.CONFIRMED,
            ThreatClass.UNKNOWN,
            now);
    Optional<ImpactPointPrediction> impact =
        seq % 7 == 0
            ? Optional.of(
                new ImpactPointPrediction.CannotTellYet(now, "the target is still under power"))
            : Optional.empty();
    return new FiledTrack(number, launch, Optional.of(estimate), impact);
  }

  /** Each track flies for ten minutes from a moment of its own, and then anew. */
  private static UtcTime launched(long number, UtcTime now) {
    long flight = Math.round(FLIGHT_S * 1e9);
    long shift = number * (flight / TRACKS);
    return new UtcTime((now.nanos() - shift) / flight * flight + shift);
  }

  private static Vector3 position(double[] site, double bearing, double s) {
    double up = GRAVITY * FLIGHT_S / 2 * s - GRAVITY / 2 * s * s;
    double lat = site[0] + GROUND_MPS * s * StrictMath.cos(bearing) / METRES_A_DEGREE;
    double lon =
        site[1]
            + GROUND_MPS
                * s
                * StrictMath.sin(bearing)
                / (METRES_A_DEGREE * StrictMath.cos(StrictMath.toRadians(site[0])));
    return Wgs84.toEcef(Geodetic.ofDegrees(lat, lon, Math.max(0, up)));
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
