package parallax.transport;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parallax.engine.Input;
import parallax.link.Frame;
import parallax.link.Wire;
import parallax.model.InvalidValueException;
import parallax.wire.FrameCodec;

/**
 * The connections that are up, one for each neighbour and stream. A newer connection replaces an
 * older one; what a replaced connection still says is not heard.
 */
final class LinkPorts {
  /** Ends a connection at once, without sending what still waits to be sent. */
  @FunctionalInterface
  interface Cut {
    void now();
  }

  private record Port(StreamObserver<byte[]> out, Cut cut) {}

  private final Consumer<Input> inputs;
  private final SortedMap<Wire, Port> ports = new TreeMap<>();

  LinkPorts(Consumer<Input> inputs) {
    this.inputs = inputs;
  }

  /** Registers a connection that came up and returns what hears it. */
  StreamObserver<byte[]> opened(Wire wire, StreamObserver<byte[]> out, Cut cut, Runnable ended) {
    Port port = new Port(out, cut);
    synchronized (this) {
      Port old = ports.put(wire, port);
      if (old != null) {
        inputs.accept(new Input.LinkChanged(wire, false));
        complete(old.out());
      }
      inputs.accept(new Input.LinkChanged(wire, true));
    }
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] bytes) {
        hear(wire, port, bytes);
      }

      @Override
      public void onError(Throwable t) {
        over(wire, port);
        ended.run();
      }

      @Override
      public void onCompleted() {
        over(wire, port);
        complete(out);
        ended.run();
      }
    };
  }

  private void hear(Wire wire, Port port, byte[] bytes) {
    Input input;
    try {
      input = new Input.FrameReceived(wire, FrameCodec.decode(bytes));
    } catch (InvalidValueException e) {
      input = new Input.FrameRefused(wire, String.valueOf(e.getMessage()));
    }
    synchronized (this) {
      if (port.equals(ports.get(wire))) {
        inputs.accept(input);
      }
    }
  }

  private synchronized void over(Wire wire, Port port) {
    if (port.equals(ports.get(wire))) {
      ports.remove(wire);
      inputs.accept(new Input.LinkChanged(wire, false));
    }
  }

  /** A connection that was asked for cannot be dialled. */
  void refused(Wire wire) {
    inputs.accept(new Input.LinkChanged(wire, false));
  }

  private synchronized @Nullable Port port(Wire wire) {
    return ports.get(wire);
  }

  /** Sends a frame if the connection is up; one that is down resumes from its cursor later. */
  void send(Wire wire, Frame frame) {
    Port port = port(wire);
    if (port != null) {
      byte[] bytes = FrameCodec.encode(frame);
      synchronized (port.out()) {
        try {
          port.out().onNext(bytes);
        } catch (IllegalStateException | StatusRuntimeException e) {
          over(wire, port);
        }
      }
    }
  }

  /** Closes a connection if it is up, once what was sent before is out. */
  void close(Wire wire) {
    Port port = port(wire);
    if (port != null) {
      over(wire, port);
      complete(port.out());
    }
  }

  /** Ends a connection at once: what still waits to be sent does not leave. */
  void cut(Wire wire) {
    Port port = port(wire);
    if (port != null) {
      over(wire, port);
      port.cut().now();
    }
  }

  private static void complete(StreamObserver<byte[]> out) {
    synchronized (out) {
      try {
        out.onCompleted();
      } catch (IllegalStateException | StatusRuntimeException e) {
        // Already over: nothing is left to close.
        return;
      }
    }
  }
}
