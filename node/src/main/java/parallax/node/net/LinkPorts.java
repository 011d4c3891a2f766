package parallax.node.net;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import parallax.engine.Input;
import parallax.engine.Input.Direction;
import parallax.formats.FrameCodec;
import parallax.link.Frame;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/**
 * The streams that are up, one for each partner and direction. A newer stream replaces an older
 * one; what a replaced stream still says is not heard.
 */
final class LinkPorts {
  private record Key(Nation partner, Direction direction) implements Comparable<Key> {
    @Override
    public int compareTo(Key o) {
      int c = partner.compareTo(o.partner);
      return c != 0 ? c : direction.compareTo(o.direction);
    }
  }

  private final Consumer<Input> inputs;
  private final SortedMap<Key, StreamObserver<byte[]>> streams = new TreeMap<>();

  LinkPorts(Consumer<Input> inputs) {
    this.inputs = inputs;
  }

  /** Registers a stream that came up and returns what hears it. */
  StreamObserver<byte[]> opened(
      Nation partner, Direction direction, StreamObserver<byte[]> out, Runnable ended) {
    Key key = new Key(partner, direction);
    synchronized (this) {
      StreamObserver<byte[]> old = streams.put(key, out);
      if (old != null) {
        inputs.accept(new Input.LinkChanged(partner, direction, false));
        complete(old);
      }
      inputs.accept(new Input.LinkChanged(partner, direction, true));
    }
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] bytes) {
        hear(key, out, bytes);
      }

      @Override
      public void onError(Throwable t) {
        over(key, out);
        ended.run();
      }

      @Override
      public void onCompleted() {
        over(key, out);
        complete(out);
        ended.run();
      }
    };
  }

  private void hear(Key key, StreamObserver<byte[]> out, byte[] bytes) {
    Input input;
    try {
      input = new Input.FrameReceived(key.partner(), key.direction(), FrameCodec.decode(bytes));
    } catch (InvalidValueException e) {
      input =
          new Input.FrameRefused(key.partner(), key.direction(), String.valueOf(e.getMessage()));
    }
    synchronized (this) {
      if (out.equals(streams.get(key))) {
        inputs.accept(input);
      }
    }
  }

  private synchronized void over(Key key, StreamObserver<byte[]> out) {
    if (out.equals(streams.get(key))) {
      streams.remove(key);
      inputs.accept(new Input.LinkChanged(key.partner(), key.direction(), false));
    }
  }

  /** Sends a frame if the stream is up; a stream that is down resumes from its cursor later. */
  void send(Nation partner, Direction direction, Frame frame) {
    StreamObserver<byte[]> out;
    synchronized (this) {
      out = streams.get(new Key(partner, direction));
    }
    if (out != null) {
      byte[] bytes = FrameCodec.encode(frame);
      synchronized (out) {
        try {
          out.onNext(bytes);
        } catch (IllegalStateException | StatusRuntimeException e) {
          over(new Key(partner, direction), out);
        }
      }
    }
  }

  /** Closes a stream if it is up. */
  void close(Nation partner, Direction direction) {
    Key key = new Key(partner, direction);
    StreamObserver<byte[]> out;
    synchronized (this) {
      out = streams.get(key);
    }
    if (out != null) {
      over(key, out);
      complete(out);
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
