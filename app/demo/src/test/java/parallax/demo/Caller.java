package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.credentials.CertificateAuthority;
import parallax.files.waiting.Await;
import parallax.model.Nation;
import parallax.transport.Tls;

/** A caller of a node that speaks raw bytes; of the Japanese one, unless it says otherwise. */
final class Caller implements AutoCloseable {
  private final ManagedChannel channel;
  private final StreamObserver<byte[]> out;
  private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
  private volatile @Nullable String ended;

  Caller(
      InetSocketAddress to,
      Path keys,
      String name,
      Path pinned,
      MethodDescriptor<byte[], byte[]> method)
      throws Exception {
    this(to, keys, name, pinned, method, Nation.JPN);
  }

  Caller(
      InetSocketAddress to,
      Path keys,
      String name,
      Path pinned,
      MethodDescriptor<byte[], byte[]> method,
      Nation at)
      throws Exception {
    this(to, keys, name, pinned, method, at, "KOR>JPN/URGENT");
  }

  /** A caller that names a stream of its choice; only the link port looks at the name. */
  Caller(
      InetSocketAddress to,
      Path keys,
      String name,
      Path pinned,
      MethodDescriptor<byte[], byte[]> method,
      Nation at,
      String stream)
      throws Exception {
    channel =
        NettyChannelBuilder.forAddress(to)
            .overrideAuthority(CertificateAuthority.hostName(at))
            .sslContext(Tls.client(keys, name, CertificateAuthority.readCertificates(pinned)))
            .intercept(MetadataUtils.newAttachHeadersInterceptor(naming(stream)))
            .build();
    out =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(method, CallOptions.DEFAULT),
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] value) {
                heard.add(value);
              }

              @Override
              public void onError(Throwable t) {
                ended = String.valueOf(t.getMessage());
              }

              @Override
              public void onCompleted() {
                ended = "completed";
              }
            });
  }

  private static Metadata naming(String stream) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("parallax-stream", Metadata.ASCII_STRING_MARSHALLER), stream);
    return headers;
  }

  void send(byte[] message) {
    out.onNext(message);
  }

  byte[] next() {
    try {
      byte[] m = heard.poll(60, TimeUnit.SECONDS);
      assertNotNull(m, "no answer within 60 s");
      return m;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Nullable String ended() {
    return ended;
  }

  void awaitEnd() throws Exception {
    Await.until(() -> ended != null, () -> "the call ends");
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
