package parallax.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The way from one node to another's port, whose state a test sets while connections are open. */
final class ChaosProxy implements AutoCloseable {
  private static final int BUFFER = 4096;
  private static final int SLICES_A_SECOND = 20;

  /** What the way does with what comes along it. */
  enum State {
    /** Passes everything on. */
    OPEN,
    /** Passes nothing on, and closes nothing. */
    SILENT,
    /** Passes a few kilobytes a second on, so that the sender's bytes queue up. */
    SLOW,
    /** Closes what is open, and refuses what is dialled. */
    CLOSED
  }

  private static final int SLOW_BYTES_A_SECOND = 8 * 1024;

  private final InetSocketAddress to;
  private final ServerSocket door;
  private final List<Socket> open = new ArrayList<>();
  private State state = State.OPEN;
  private boolean flipNext;

  /** Opens a port on loopback that leads to {@code to}. */
  ChaosProxy(InetSocketAddress to) throws IOException {
    this.to = to;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("chaos-proxy").start(this::accept);
  }

  /** Where to dial instead. */
  InetSocketAddress address() {
    return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  synchronized void set(State s) {
    state = s;
    notifyAll();
    if (s == State.CLOSED) {
      cut();
    }
  }

  /** Resets every connection that is open now. */
  synchronized void cut() {
    open.forEach(ChaosProxy::reset);
    open.clear();
  }

  /** Flips a bit of what passes next. */
  synchronized void flip() {
    flipNext = true;
  }

  private void accept() {
    try {
      while (true) {
        connect(door.accept());
      }
    } catch (IOException e) {
      // The proxy closes.
      return;
    }
  }

  private void connect(Socket caller) {
    try {
      Socket called = new Socket(to.getAddress(), to.getPort());
      caller.setTcpNoDelay(true);
      called.setTcpNoDelay(true);
      if (!keep(caller, called)) {
        reset(caller);
        reset(called);
        return;
      }
      Thread.ofVirtual().start(() -> pump(caller, called));
      Thread.ofVirtual().start(() -> pump(called, caller));
    } catch (IOException e) {
      reset(caller); // the node behind is not there: the caller dials again
    }
  }

  private synchronized boolean keep(Socket a, Socket b) {
    open.removeIf(Socket::isClosed);
    if (state == State.CLOSED || door.isClosed()) {
      return false;
    }
    open.add(a);
    open.add(b);
    return true;
  }

  private void pump(Socket from, Socket into) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      while (true) {
        int most = awaitOpen(from);
        int n = in.read(buffer, 0, most);
        if (n < 0) {
          into.shutdownOutput();
          return;
        }
        awaitOpen(from);
        spoil(buffer, n);
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      reset(from);
      reset(into);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits while nothing passes; returns how many bytes may pass at once. */
  private int awaitOpen(Socket of) throws InterruptedException {
    if (passes(of) == State.SLOW) {
      TimeUnit.MILLISECONDS.sleep(1_000 / SLICES_A_SECOND); // the fault itself, not a wait
      return SLOW_BYTES_A_SECOND / SLICES_A_SECOND;
    }
    return BUFFER;
  }

  private synchronized State passes(Socket of) throws InterruptedException {
    while (state == State.SILENT && !of.isClosed()) {
      wait(200);
    }
    return state;
  }

  private synchronized void spoil(byte[] buffer, int length) {
    if (flipNext) {
      flipNext = false;
      buffer[length / 2] ^= 1;
    }
  }

  private static void reset(Socket s) {
    try {
      if (!s.isClosed()) {
        s.setSoLinger(true, 0);
      }
      s.close();
    } catch (IOException e) {
      // It is over either way.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    set(State.CLOSED);
  }
}
