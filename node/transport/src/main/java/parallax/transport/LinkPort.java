package parallax.transport;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import parallax.link.Frame;
import parallax.link.Wire;
import parallax.wire.FrameCodec;

/**
 * One connection. It holds back what the transport does not take yet: of receipts and heartbeats
 * only the newest, since it says all that the older ones said; of everything else up to a limit.
 */
final class LinkPort implements StreamObserver<byte[]> {
  /**
   * Most bytes held back for one connection: four times what the originator of a stream sends
   * before it wants a receipt. Beyond it the other end does not read what it is sent.
   */
  static final long MOST_HELD_BACK_BYTES = 16 << 20;

  private final LinkPorts ports;
  private final Wire wire;
  private final LinkCall call;
  private final Runnable ended;
  private final Deque<Unsent> unsent = new ArrayDeque<>();
  private long unsentBytes;
  private boolean completing;
  private boolean over;

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Unsent(Class<? extends Frame> kind, byte[] bytes) {}

  /** A connection of {@code ports}; {@code ended} runs when the other end has ended it. */
  LinkPort(LinkPorts ports, Wire wire, LinkCall call, Runnable ended) {
    this.ports = ports;
    this.wire = wire;
    this.call = call;
    this.ended = ended;
  }

  Wire wire() {
    return wire;
  }

  /** Asks for the next message. */
  void read() {
    try {
      call.request();
    } catch (IllegalStateException e) {
      // The call is over: nothing more comes.
      return;
    }
  }

  /**
   * Sends a frame, or holds it back until the transport takes it.
   *
   * @return false when the connection can no longer be used
   */
  boolean send(Frame frame) {
    byte[] bytes = FrameCodec.encode(frame);
    synchronized (this) {
      if (over || completing) {
        return true;
      }
      if (unsent.isEmpty() && call.isReady()) {
        return handOver(bytes);
      }
      boolean newestSaysAll = frame instanceof Frame.Ack || frame instanceof Frame.Heartbeat;
      if (newestSaysAll && !unsent.isEmpty() && unsent.getLast().kind() == frame.getClass()) {
        unsentBytes -= unsent.removeLast().bytes().length;
      }
      unsent.addLast(new Unsent(frame.getClass(), bytes));
      unsentBytes += bytes.length;
      return unsentBytes <= MOST_HELD_BACK_BYTES;
    }
  }

  /** The transport takes more now. */
  void ready() {
    boolean usable = true;
    synchronized (this) {
      while (usable && !over && !unsent.isEmpty() && call.isReady()) {
        byte[] bytes = unsent.removeFirst().bytes();
        unsentBytes -= bytes.length;
        usable = handOver(bytes);
      }
      if (usable && completing && !over && unsent.isEmpty()) {
        endCall();
      }
    }
    if (!usable) {
      ports.broken(this);
    }
  }

  private boolean handOver(byte[] bytes) {
    try {
      call.send(bytes);
      return true;
    } catch (IllegalStateException | StatusRuntimeException e) {
      return false;
    }
  }

  /** Ends the connection once what was sent before is out. */
  synchronized void complete() {
    completing = true;
    if (!over && unsent.isEmpty()) {
      endCall();
    }
  }

  /** Ends a connection that a newer one replaces: what was held back for it is of no use. */
  synchronized void replaced() {
    unsent.clear();
    unsentBytes = 0;
    complete();
  }

  private void endCall() {
    over = true;
    try {
      call.complete();
    } catch (IllegalStateException | StatusRuntimeException e) {
      // The other end was faster: nothing is left to end.
      return;
    }
  }

  /** Ends the connection at once: what was held back does not leave. */
  void cut() {
    synchronized (this) {
      over = true;
      unsent.clear();
      unsentBytes = 0;
    }
    call.cut();
  }

  @Override
  public void onNext(byte[] bytes) {
    ports.heard(this, bytes);
  }

  @Override
  public void onError(Throwable t) {
    synchronized (this) {
      over = true;
      unsent.clear();
      unsentBytes = 0;
    }
    ports.over(this);
    ended.run();
  }

  @Override
  public void onCompleted() {
    ports.over(this);
    complete();
    ended.run();
  }
}
