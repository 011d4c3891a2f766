package parallax.transport;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC methods of a node, by the names that the published .proto files give them. Messages
 * cross as bytes: {@code formats} encodes and decodes them, so a record's bytes are made once.
 */
public final class Rpc {
  /** A message larger than this is refused by the transport, bytes. */
  public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  /**
   * A link's connection takes more to send while the transport holds less than this unsent, bytes:
   * enough for a few batches, so that the transport never runs dry under load.
   */
  static final int READY_BELOW_BYTES = 512 * 1024;

  /** {@code parallax.v1.Link/Exchange}. */
  public static final MethodDescriptor<byte[], byte[]> LINK = method("parallax.v1.Link/Exchange");

  /** {@code parallax.v1.Link/Checkpoint}. */
  public static final MethodDescriptor<byte[], byte[]> CHECKPOINT =
      method("parallax.v1.Link/Checkpoint");

  /** {@code parallax.v1.SensorFeed/Report}. */
  public static final MethodDescriptor<byte[], byte[]> FEED =
      method("parallax.v1.SensorFeed/Report");

  /** {@code parallax.v1.Watch/Follow}. */
  public static final MethodDescriptor<byte[], byte[]> WATCH = method("parallax.v1.Watch/Follow");

  /** {@code parallax.v1.Operate/Ask}. */
  public static final MethodDescriptor<byte[], byte[]> OPERATE = method("parallax.v1.Operate/Ask");

  /** Calls whose messages are taken by the thread that reads them: taking one never waits. */
  private static final Set<String> TAKEN_AT_ONCE =
      Set.of(LINK.getFullMethodName(), FEED.getFullMethodName(), WATCH.getFullMethodName());

  private Rpc() {}

  /**
   * By which threads a server takes the messages of its calls. Those of a link, a feed or a watcher
   * go on by the thread that reads the connection, which saves a hand-over each; calls that read
   * files or wait for an answer have threads of their own.
   */
  public static ServerCallExecutorSupplier threads() {
    return new ServerCallExecutorSupplier() {
      @Override
      public <Q, A> @Nullable Executor getExecutor(ServerCall<Q, A> call, Metadata metadata) {
        String method = call.getMethodDescriptor().getFullMethodName();
        return TAKEN_AT_ONCE.contains(method) ? Runnable::run : null; // null: the server's own
      }
    };
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(name)
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
