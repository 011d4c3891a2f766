package parallax.bench.link;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parallax.bench.common.Samples;
import parallax.credentials.CertificateAuthority;
import parallax.transport.Rpc;

/**
 * The transport alone: a bidirectional gRPC stream over the nodes' mutual TLS, set up as the nodes
 * set it up, with nothing on it but numbered bytes one way and the last number back. A message is
 * its last number (8 bytes) and its records; the answer to each is that number.
 */
final class RawCourse implements Course {
  private static final Listener NOBODY =
      new Listener() {
        @Override
        public void arrived(long through, long nowNs) {}

        @Override
        public void acknowledged(long through, long nowNs) {}
      };

  private final String name;
  private final int recordBytes;
  private final Server server;
  private final ManagedChannel channel;
  private final ClientCallStreamObserver<byte[]> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ready = lock.newCondition();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile Listener ear = NOBODY;
  private long sent;

  /**
   * Opens the stream on loopback.
   *
   * @param direct whether the transport's own threads call the application, with no thread between
   */
  RawCourse(String name, Partners partners, int recordBytes, boolean direct) throws IOException {
    this.name = name;
    this.recordBytes = recordBytes;
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(partners.accepting())
            .maxInboundMessageSize(Rpc.MAX_MESSAGE_BYTES)
            .addService(
                ServerServiceDefinition.builder("parallax.v1.Link")
                    .addMethod(Rpc.LINK, ServerCalls.asyncBidiStreamingCall(this::accept))
                    .build());
    server = (direct ? builder.directExecutor() : builder).build().start();
    NettyChannelBuilder dial =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
            .overrideAuthority(CertificateAuthority.hostName(Samples.RECIPIENT))
            .sslContext(partners.dialling())
            .maxInboundMessageSize(Rpc.MAX_MESSAGE_BYTES);
    channel = (direct ? dial.directExecutor() : dial).build();
    Answers answers = new Answers();
    ClientCalls.asyncBidiStreamingCall(channel.newCall(Rpc.LINK, CallOptions.DEFAULT), answers);
    call = answers.call();
  }

  /** The receiving side: tells how far it is, and says so to the sender. */
  private StreamObserver<byte[]> accept(StreamObserver<byte[]> back) {
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] message) {
        long through = ByteBuffer.wrap(message).getLong();
        ear.arrived(through, System.nanoTime());
        back.onNext(number(through));
      }

      @Override
      public void onError(Throwable t) {
        fail(t);
      }

      @Override
      public void onCompleted() {
        back.onCompleted();
      }
    };
  }

  private final class Answers implements ClientResponseObserver<byte[], byte[]> {
    private @Nullable ClientCallStreamObserver<byte[]> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> requestStream) {
      call = requestStream;
      requestStream.setOnReadyHandler(RawCourse.this::wake);
    }

    ClientCallStreamObserver<byte[]> call() {
      if (call == null) {
        throw new IllegalStateException("the call was not started");
      }
      return call;
    }

    @Override
    public void onNext(byte[] message) {
      ear.acknowledged(ByteBuffer.wrap(message).getLong(), System.nanoTime());
    }

    @Override
    public void onError(Throwable t) {
      fail(t);
    }

    @Override
    public void onCompleted() {
      wake();
    }
  }

  private static byte[] number(long n) {
    return ByteBuffer.allocate(Long.BYTES).putLong(n).array();
  }

  private void fail(Throwable t) {
    failure.compareAndSet(null, t);
    wake();
  }

  private void wake() {
    lock.lock();
    try {
      ready.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void hear(Listener listener) {
    ear = listener;
  }

  @Override
  public void send(int records) throws InterruptedException {
    if (!call.isReady()) {
      awaitReady();
    }
    sent += records;
    byte[] message = new byte[Long.BYTES + records * recordBytes];
    ByteBuffer.wrap(message).putLong(sent);
    call.onNext(message);
  }

  private void awaitReady() throws InterruptedException {
    lock.lock();
    try {
      while (!call.isReady()) {
        Throwable t = failure.get();
        if (t != null) {
          throw new IllegalStateException(name + " broke: " + t.getMessage(), t);
        }
        // The time is for safety only: the handler wakes.
        var unused = ready.await(100, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long sent() {
    return sent;
  }

  @Override
  public void close() {
    ear = NOBODY;
    channel.shutdownNow();
    server.shutdownNow();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
