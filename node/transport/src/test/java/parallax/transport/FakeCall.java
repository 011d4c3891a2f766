package parallax.transport;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.link.Frame;
import parallax.wire.FrameCodec;

/** A call whose transport a test moves by hand. */
final class FakeCall implements LinkCall {
  /** What left, in order. */
  final List<Frame> sent = new ArrayList<>();

  /** Whether the other end reads what it is sent. */
  boolean ready = true;

  /** Thrown by whatever sends or completes, if set. */
  @Nullable RuntimeException failure;

  /** How many messages were asked for and have not come. */
  int requested;

  boolean completed;
  boolean cut;

  @Override
  public void send(byte[] message) {
    if (failure != null) {
      throw failure;
    }
    sent.add(FrameCodec.decode(message));
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void request() {
    requested++;
  }

  @Override
  public void complete() {
    if (failure != null) {
      throw failure;
    }
    completed = true;
  }

  @Override
  public void cut() {
    cut = true;
  }
}
