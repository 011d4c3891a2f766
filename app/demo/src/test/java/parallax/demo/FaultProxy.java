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
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Sits between two nodes and spoils their connections as a seed says: each connection runs as it
 * is, late or in crumbs, and at some byte of one direction it is cut, a bit is flipped, or nothing
 * comes through any more. Which faults a connection meets follows from the seed and its number
 * alone. After {@link #heal} it passes everything on.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BUFFER = 4096;
  private static final int SMALLEST_LOG2 = 8;
  private static final int SPREAD_LOG2 = 8;
  private static final int MOST_STALLS = 1;

  /** What a connection meets. */
  public enum Fault {
    /** Both directions end in good order. */
    CUT,
    /** Both directions are reset. */
    RESET,
    /** One bit is flipped. */
    FLIP,
    /** One direction passes nothing on any more, and nobody is told. */
    STALL
  }

  /** How a connection runs until then. */
  private enum Pace {
    AS_IT_IS,
    LATE,
    IN_CRUMBS
  }

  private record Plan(Fault fault, Pace pace, boolean upstream, long atByte) {}

  private final InetSocketAddress to;
  private final Random random;
  private final ServerSocket door;
  private final List<Socket> open = new ArrayList<>();
  private final SortedMap<Fault, Integer> met = new TreeMap<>();
  private int stallsLeft = MOST_STALLS;
  private int connections;
  private boolean healed;

  /** Opens a port on loopback that leads to {@code to}. */
  public FaultProxy(InetSocketAddress to, long seed) throws IOException {
    this.to = to;
    this.random = new Random(seed);
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  /** Where to dial instead. */
  public InetSocketAddress address() {
    return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  /** Spoils nothing from now on; what is stalled goes on. */
  public synchronized void heal() {
    healed = true;
    notifyAll();
  }

  /** How often each fault has struck. */
  public synchronized SortedMap<Fault, Integer> faults() {
    return new TreeMap<>(met);
  }

  /** How many faults have struck. */
  public synchronized int count() {
    return met.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many connections there have been. */
  public synchronized int connections() {
    return connections;
  }

  private synchronized Plan plan() {
    connections++;
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    Pace pace = Pace.values()[random.nextInt(Pace.values().length)];
    boolean upstream = random.nextBoolean();
    long at = (long) Math.pow(2, SMALLEST_LOG2 + SPREAD_LOG2 * random.nextDouble());
    if (fault == Fault.STALL && stallsLeft-- <= 0) {
      fault = Fault.RESET; // a stall takes a session's whole patience; one a run is enough
    }
    return new Plan(fault, pace, upstream, at);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Plan plan = plan();
        keep(caller);
        Socket called = new Socket(to.getAddress(), to.getPort());
        keep(called);
        caller.setTcpNoDelay(true);
        called.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> pump(caller, called, plan, plan.upstream()));
        Thread.ofVirtual().start(() -> pump(called, caller, plan, !plan.upstream()));
      } catch (IOException e) {
        // The node behind is not there (yet), or the proxy closes: the caller dials again.
        closeAll(e);
      }
    }
  }

  /** Remembers a socket; one that comes too late is closed at once. */
  private synchronized void keep(Socket s) throws IOException {
    open.removeIf(Socket::isClosed);
    open.add(s);
    if (door.isClosed()) {
      s.close();
    }
  }

  private void closeAll(IOException why) {
    List<Socket> all;
    synchronized (this) {
      all = new ArrayList<>(open);
    }
    if (door.isClosed()) {
      all.forEach(s -> end(s, false));
    } else if (why instanceof java.net.ConnectException && !all.isEmpty()) {
      end(all.getLast(), false);
    }
  }

  private void pump(Socket from, Socket into, Plan plan, boolean struck) {
    byte[] buffer = new byte[BUFFER];
    long passed = 0;
    boolean armed = struck;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      int n = in.read(buffer);
      while (n >= 0) {
        int spoilt =
            armed && !isHealed() && passed + n > plan.atByte()
                ? (int) (plan.atByte() - passed)
                : -1;
        if (spoilt >= 0) {
          armed = false;
          pass(out, buffer, 0, spoilt, plan.pace());
          if (!strike(plan.fault(), from, into, buffer, spoilt)) {
            return;
          }
          pass(out, buffer, spoilt, n - spoilt, plan.pace());
        } else {
          pass(out, buffer, 0, n, plan.pace());
        }
        passed += n;
        n = in.read(buffer);
      }
      into.shutdownOutput();
    } catch (IOException e) {
      end(from, false);
      end(into, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when the connection is over. */
  private boolean strike(Fault fault, Socket from, Socket into, byte[] buffer, int at)
      throws InterruptedException {
    int bit;
    synchronized (this) {
      met.merge(fault, 1, Integer::sum);
      bit = random.nextInt(8);
    }
    switch (fault) {
      case CUT, RESET -> {
        end(from, fault == Fault.RESET);
        end(into, fault == Fault.RESET);
        return false;
      }
      case FLIP -> buffer[at] ^= (byte) (1 << bit);
      case STALL -> {
        synchronized (this) {
          while (!healed && !into.isClosed() && !from.isClosed()) {
            wait(50);
          }
        }
      }
    }
    return true;
  }

  private void pass(OutputStream out, byte[] buffer, int from, int count, Pace pace)
      throws IOException, InterruptedException {
    if (isHealed() || pace == Pace.AS_IT_IS) {
      out.write(buffer, from, count);
      return;
    }
    if (pace == Pace.LATE) {
      TimeUnit.MILLISECONDS.sleep(20); // the fault itself, not a wait for something
      out.write(buffer, from, count);
      return;
    }
    for (int i = 0; i < count; ) {
      int crumb;
      synchronized (this) {
        crumb = Math.min(count - i, 1 + random.nextInt(40));
      }
      out.write(buffer, from + i, crumb);
      out.flush();
      i += crumb;
    }
  }

  private synchronized boolean isHealed() {
    return healed;
  }

  private static void end(Socket s, boolean reset) {
    try {
      if (reset && !s.isClosed()) {
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
    heal();
    closeAll(new IOException("proxy closes"));
  }
}
