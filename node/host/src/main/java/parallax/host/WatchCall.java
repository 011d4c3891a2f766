package parallax.host;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import parallax.model.InvalidValueException;
import parallax.wire.EventCodec;

/**
 * A watcher's call: it asks once, and is sent every event from the number that it named, one a
 * message or, if it wants that, as many as there are by then. A watcher that does not read is sent
 * nothing more until it does; events that are no longer held by then are named to it as missing.
 */
final class WatchCall implements StreamObserver<byte[]> {
  private static final int EVENTS_A_READ = 256;
  private static final long LOOK_EVERY_MS = 1_000;

  private final ServerCallStreamObserver<byte[]> out;
  private final EventLog events;
  private final BooleanSupplier serving;
  private final Semaphore becameReady = new Semaphore(0);
  private boolean asked;

  private WatchCall(
      ServerCallStreamObserver<byte[]> out, EventLog events, BooleanSupplier serving) {
    this.out = out;
    this.events = events;
    this.serving = serving;
  }

  /** A watcher's call has begun; it ends when {@code serving} is no longer so. */
  static StreamObserver<byte[]> begun(
      StreamObserver<byte[]> out, EventLog events, BooleanSupplier serving) {
    ServerCallStreamObserver<byte[]> stream = (ServerCallStreamObserver<byte[]>) out;
    WatchCall call = new WatchCall(stream, events, serving);
    stream.setOnCancelHandler(call.becameReady::release);
    stream.setOnReadyHandler(call.becameReady::release);
    return call;
  }

  @Override
  public void onNext(byte[] bytes) {
    if (asked) {
      end(Status.INVALID_ARGUMENT.withDescription("asked twice in one call"));
      return;
    }
    asked = true;
    EventCodec.Wish wish;
    try {
      wish = EventCodec.decodeRequest(bytes);
    } catch (InvalidValueException e) {
      end(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
      return;
    }
    Thread.ofVirtual().name("watch").start(() -> follow(wish));
  }

  private void follow(EventCodec.Wish wish) {
    long next = wish.from();
    long missingFrom = next;
    long end = wish.onlyPast() ? events.next() : Long.MAX_VALUE;
    try {
      while (next < end && awaitReady()) {
        EventLog.Answer answer =
            events.from(next, EVENTS_A_READ, wish.onlyPast() ? 0 : LOOK_EVERY_MS);
        if (wish.onlyPast() && answer.events().isEmpty() && answer.missing().isEmpty()) {
          break; // the numbers up to there are of events that are not for watchers
        }
        List<EventLog.Event> before = answer.upToMissing();
        if (!send(before, wish.many())) {
          return;
        }
        next = after(before, next);
        if (before.size() == EVENTS_A_READ) {
          continue; // there may be more of them
        }
        if (answer.missing().isPresent()) {
          EventLog.Missing m = answer.missing().get();
          send(EventCodec.encodeMissing(missingFrom, m.through(), m.time(), m.wallNs()));
          next = m.through() + 1;
        }
        List<EventLog.Event> after = answer.events().subList(before.size(), answer.events().size());
        if (!send(after, wish.many())) {
          return;
        }
        next = after(after, next);
        missingFrom = next;
      }
      if (wish.onlyPast()) {
        complete();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long after(List<EventLog.Event> sent, long next) {
    return sent.isEmpty() ? next : sent.getLast().id() + 1;
  }

  /** Sends events as the watcher takes them; false when it has gone. */
  private boolean send(List<EventLog.Event> events, boolean many) throws InterruptedException {
    EventCodec.Message m = new EventCodec.Message();
    for (EventLog.Event e : events) {
      m.add(e.id(), e.time(), e.wallNs(), e.doneWallNs(), e.effect());
      if (!many || m.isFull() || e.id() == events.getLast().id()) {
        if (!awaitReady()) {
          return false;
        }
        m.bytes().ifPresent(this::send);
        m = new EventCodec.Message();
      }
    }
    return true;
  }

  /** Waits until the watcher can be sent more; false when it has gone. */
  private boolean awaitReady() throws InterruptedException {
    while (!out.isCancelled() && serving.getAsBoolean()) {
      if (out.isReady()) {
        return true;
      }
      if (becameReady.tryAcquire(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
        becameReady.drainPermits();
      }
    }
    return false;
  }

  private void send(byte[] event) {
    try {
      out.onNext(event);
    } catch (IllegalStateException e) {
      // Asked twice, or gone: the call is over.
      return;
    }
  }

  private void complete() {
    try {
      out.onCompleted();
    } catch (IllegalStateException e) {
      // The watcher has gone.
      return;
    }
  }

  private void end(Status why) {
    try {
      out.onError(why.asRuntimeException());
    } catch (IllegalStateException e) {
      // The watcher has gone.
      return;
    }
  }

  @Override
  public void onError(Throwable t) {}

  @Override
  public void onCompleted() {}
}
