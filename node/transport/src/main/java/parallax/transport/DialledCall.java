package parallax.transport;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a call that this node makes. Nothing is asked for before a port hears it; the port
 * then asks for one message after the other.
 */
final class DialledCall implements ClientResponseObserver<byte[], byte[]> {
  private final Runnable answered;
  private final Consumer<Throwable> failed;
  private volatile @Nullable ClientCallStreamObserver<byte[]> call;
  private @Nullable LinkPort port;
  private @Nullable Throwable endedBefore;

  /** Tells {@code answered} of every message and {@code failed} why the call broke off. */
  DialledCall(Runnable answered, Consumer<Throwable> failed) {
    this.answered = answered;
    this.failed = failed;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<byte[]> started) {
    call = started;
    started.disableAutoRequestWithInitial(0);
    started.setOnReadyHandler(this::ready);
  }

  /** The call, once it was started. */
  LinkCall call() {
    ClientCallStreamObserver<byte[]> c = Objects.requireNonNull(call, "the call was not started");
    return LinkCall.of(c, () -> c.cancel("cut", null));
  }

  /** Says who hears the answers from here on, and the end, should that have come already. */
  void heardBy(LinkPort hearer) {
    Throwable over;
    synchronized (this) {
      port = hearer;
      over = endedBefore;
    }
    if (over != null) {
      hearer.onError(over);
    } else {
      hearer.ready();
    }
  }

  private synchronized @Nullable LinkPort port() {
    return port;
  }

  private void ready() {
    LinkPort p = port();
    if (p != null) {
      p.ready();
    }
  }

  @Override
  public void onNext(byte[] message) {
    answered.run();
    LinkPort p = port();
    if (p != null) {
      p.onNext(message);
    }
  }

  @Override
  public void onError(Throwable t) {
    failed.accept(t);
    LinkPort p = portOrRemember(t);
    if (p != null) {
      p.onError(t);
    }
  }

  @Override
  public void onCompleted() {
    LinkPort p = portOrRemember(new IllegalStateException("the call was ended at once"));
    if (p != null) {
      p.onCompleted();
    }
  }

  private synchronized @Nullable LinkPort portOrRemember(Throwable end) {
    if (port == null) {
      endedBefore = end;
    }
    return port;
  }
}
