package parallax.host;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's side of a call whose transport a test moves by hand. */
final class FakeServerCall extends ServerCallStreamObserver<byte[]> {
  /** What left, in order. */
  final List<byte[]> sent = Collections.synchronizedList(new ArrayList<>());

  /** Whether the other end reads what it is sent. */
  boolean ready = true;

  /** How many messages were asked for. */
  int requested;

  @Nullable Throwable error;
  private @Nullable Runnable onReady;

  /** The other end reads again. */
  void becomesReady() {
    ready = true;
    if (onReady != null) {
      onReady.run();
    }
  }

  @Override
  public void onNext(byte[] message) {
    sent.add(message);
  }

  @Override
  public void onError(Throwable t) {
    error = t;
  }

  @Override
  public void onCompleted() {}

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public void request(int count) {
    requested += count;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void disableAutoRequest() {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}
