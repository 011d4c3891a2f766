package parallax.transport;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parallax.link.Wire;

/**
 * Dials one wire: once, or again whenever its connection ends, after a pause that grows while no
 * connection holds. Its lock is held for its own fields only, never while something else is called.
 */
final class Dialer {
  private final Wire wire;
  private final boolean again;
  private final Neighbours neighbours;
  private final LinkPorts ports;
  private final ScheduledExecutorService timer;
  private final Consumer<String> said;

  /** Calls made so far, and which of them is under way or up; 0 when none is. */
  private long calls;

  private long current;
  private final RedialPause pause = new RedialPause();
  private boolean stopped;

  /** A dialer of {@code wire}; dials {@code again} and again, or once. */
  Dialer(
      Wire wire,
      boolean again,
      Neighbours neighbours,
      LinkPorts ports,
      ScheduledExecutorService timer,
      Consumer<String> said) {
    this.wire = wire;
    this.again = again;
    this.neighbours = neighbours;
    this.ports = ports;
    this.timer = timer;
    this.said = said;
  }

  /** Makes a call now; called by the timer's thread. */
  void dial() {
    ManagedChannel channel = neighbours.channel(wire);
    long number;
    synchronized (this) {
      if (stopped || channel == null) {
        return;
      }
      number = ++calls;
      current = number;
    }
    Metadata headers = new Metadata();
    headers.put(Links.STREAM, wire.stream().toString());
    ClientCall<byte[], byte[]> call =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers))
            .newCall(
                Rpc.LINK,
                CallOptions.DEFAULT
                    .withOnReadyThreshold(Rpc.READY_BELOW_BYTES)
                    .withExecutor(Runnable::run)); // what comes is handed on at once
    DialledCall dialled = new DialledCall(this::answered, this::failed);
    var unused = ClientCalls.asyncBidiStreamingCall(call, dialled);
    dialled.heardBy(ports.opened(wire, dialled.call(), () -> over(number)));
  }

  private void over(long number) {
    synchronized (this) {
      if (current != number) {
        return;
      }
    }
    redial();
  }

  private void failed(Throwable t) {
    Throwable root = t;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    said.accept(wire + ": " + t.getMessage() + ": " + root.getMessage());
  }

  private synchronized void answered() {
    pause.heard(System.nanoTime());
  }

  /** Dials no more. */
  synchronized void stop() {
    stopped = true;
  }

  /** Dials again after a pause, unless that is under way already. */
  void redial() {
    long pauseMs;
    synchronized (this) {
      if (current == 0 || !again) {
        return;
      }
      current = 0;
      pauseMs = pause.ended(System.nanoTime());
    }
    ManagedChannel channel = neighbours.channel(wire);
    if (channel != null) {
      channel.resetConnectBackoff();
    }
    var unused = timer.schedule(this::dial, pauseMs, TimeUnit.MILLISECONDS);
  }
}
