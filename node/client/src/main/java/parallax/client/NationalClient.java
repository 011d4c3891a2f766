package parallax.client;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;
import parallax.transport.Tls;

/**
 * A client of a node's national port that opens one stream and opens it again whenever it ends,
 * until closed.
 */
abstract class NationalClient implements AutoCloseable {
  private static final long REOPEN_MS = 100;

  private final InetSocketAddress address;
  private final ManagedChannel channel;
  private final MethodDescriptor<byte[], byte[]> method;
  private final Thread thread;
  private volatile boolean closed;

  NationalClient(
      Nation nation,
      InetSocketAddress address,
      Path keys,
      String certificate,
      Collection<X509Certificate> authorities,
      MethodDescriptor<byte[], byte[]> method)
      throws IOException, GeneralSecurityException {
    this(
        nation,
        address,
        Tls.client(keys, certificate, authorities),
        nation + "-" + certificate,
        method);
  }

  NationalClient(
      Nation nation,
      InetSocketAddress address,
      SslContext tls,
      String threadName,
      MethodDescriptor<byte[], byte[]> method) {
    this.method = method;
    this.address = address;
    this.channel = NationalPort.channel(nation, address, tls);
    this.thread = new Thread(this::run, threadName);
    this.thread.setDaemon(true);
  }

  /** Opens the stream, and again whenever it ends. */
  public final void start() {
    thread.start();
  }

  final boolean isClosed() {
    return closed;
  }

  /**
   * Speaks over a stream that was just opened; returns when it is over or nothing is left to say.
   */
  abstract void speak(Stream stream) throws InterruptedException;

  /** Hears why a stream has ended, or could not be opened, in words for people. */
  void trouble(String why) {}

  /**
   * Hears why the node will not have this client, or what it says.
   *
   * @return whether to try again all the same
   */
  boolean refused(String why) {
    trouble(why);
    return true;
  }

  /** Hears a message; called by another thread than {@link #speak}. */
  abstract void hear(byte[] message);

  /** One opened stream. */
  static final class Stream {
    private final StreamObserver<byte[]> out;
    private boolean over;

    private Stream(StreamObserver<byte[]> out) {
      this.out = out;
    }

    synchronized boolean isOver() {
      return over;
    }

    private synchronized void end() {
      over = true;
      notifyAll();
    }

    synchronized void awaitEnd() throws InterruptedException {
      while (!over) {
        wait();
      }
    }

    void send(byte[] message) {
      if (isOver()) {
        return;
      }
      try {
        out.onNext(message);
      } catch (IllegalStateException e) {
        end();
      }
    }
  }

  private void run() {
    try {
      while (!closed) {
        Listener ear = new Listener();
        StreamObserver<byte[]> out =
            ClientCalls.asyncBidiStreamingCall(channel.newCall(method, CallOptions.DEFAULT), ear);
        Stream stream = ear.open(out);
        speak(stream);
        stream.awaitEnd();
        if (!closed) {
          Thread.sleep(REOPEN_MS);
          channel.resetConnectBackoff();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Listener implements StreamObserver<byte[]> {
    private @Nullable Stream stream;
    private boolean over;

    synchronized Stream open(StreamObserver<byte[]> out) {
      Stream s = new Stream(out);
      stream = s;
      if (over) {
        s.end();
      }
      return s;
    }

    @Override
    public void onNext(byte[] value) {
      hear(value);
    }

    @Override
    public void onError(Throwable t) {
      if (!closed) {
        String why = CallProblem.of(t, address);
        if (!CallProblem.isForGood(t)) {
          trouble(why);
        } else if (!refused(why)) {
          closed = true;
        }
      }
      end();
    }

    @Override
    public void onCompleted() {
      end();
    }

    private synchronized void end() {
      over = true;
      if (stream != null) {
        stream.end();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    channel.shutdownNow();
    thread.interrupt();
    try {
      channel.awaitTermination(1, TimeUnit.SECONDS);
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
