package parallax.transport;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import parallax.model.Nation;

/**
 * Stands at a port: knows every connection from the moment it is accepted, holds the limits, and
 * counts every caller that does not get in, with the reason.
 */
public final class PortGuard {
  private static final int WORKERS = 2;

  /**
   * The threads of every port of one name, for as long as the process runs: what is closed late may
   * still want to write. Ports of two names do not wait for each other.
   */
  private static final class Threads {
    private final EventLoopGroup acceptor;
    private final EventLoopGroup workers;

    Threads(String name) {
      acceptor =
          new MultiThreadIoEventLoopGroup(
              1, new DefaultThreadFactory(name + "-accept", true), NioIoHandler.newFactory());
      workers =
          new MultiThreadIoEventLoopGroup(
              WORKERS, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }
  }

  private static final ConcurrentMap<String, Threads> THREADS = new ConcurrentHashMap<>();

  private final PortLimits limits;
  private final Trust trust;
  private final BiConsumer<CallerRefusal, String> refused;
  private final Threads threads;
  private final LinkedHashSet<IncomingConnection> strangers = new LinkedHashSet<>();
  private final SortedMap<String, LinkedHashSet<IncomingConnection>> strangersByNetwork =
      new TreeMap<>();
  private final SortedMap<Nation, LinkedHashSet<IncomingConnection>> known = new TreeMap<>();

  /** A guard for the port {@code name}; {@code refused} is told of every caller turned away. */
  public PortGuard(
      String name, PortLimits limits, Trust trust, BiConsumer<CallerRefusal, String> refused) {
    this.limits = limits;
    this.trust = trust;
    this.refused = refused;
    this.threads = THREADS.computeIfAbsent(name, Threads::new);
  }

  /** A server that this guard stands before. */
  public NettyServerBuilder server(InetSocketAddress address) {
    return NettyServerBuilder.forAddress(address)
        .channelFactory(() -> new GuardedSocket(this))
        .bossEventLoopGroup(threads.acceptor)
        .workerEventLoopGroup(threads.workers)
        .handshakeTimeout(2 * limits.handshake().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionIdle(limits.idle().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTime(20, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .permitKeepAliveTime(1, TimeUnit.SECONDS)
        .maxRstFramesPerWindow(100, 10)
        .maxInboundMetadataSize(8 * 1024);
  }

  /** The listening socket; hands every accepted connection to the guard first. */
  private static final class GuardedSocket extends NioServerSocketChannel {
    private final PortGuard guard;

    GuardedSocket(PortGuard guard) {
      this.guard = guard;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int before = accepted.size();
      int result = super.doReadMessages(accepted);
      for (Object o : accepted.subList(before, accepted.size())) {
        if (o instanceof Channel c) {
          guard.arrived(c);
        }
      }
      return result;
    }
  }

  private void arrived(Channel channel) {
    IncomingConnection v =
        new IncomingConnection(channel, trust, limits.handshake(), this::believed, refused);
    channel.pipeline().addLast(v);
    var unused = channel.closeFuture().addListener(f -> left(v));
    List<IncomingConnection> out = new ArrayList<>();
    synchronized (this) {
      strangers.add(v);
      LinkedHashSet<IncomingConnection> ofNetwork =
          strangersByNetwork.computeIfAbsent(v.network(), n -> new LinkedHashSet<>());
      ofNetwork.add(v);
      if (ofNetwork.size() > limits.strangersPerAddress()) {
        out.add(ofNetwork.getFirst());
      } else if (strangers.size() > limits.strangers()) {
        out.add(strangers.getFirst());
      }
      out.forEach(this::forget);
    }
    out.forEach(o -> o.refuse(CallerRefusal.TOO_MANY, "made room for newer callers"));
  }

  private void forget(IncomingConnection v) {
    if (strangers.remove(v)) {
      LinkedHashSet<IncomingConnection> ofNetwork = strangersByNetwork.get(v.network());
      if (ofNetwork != null && ofNetwork.remove(v) && ofNetwork.isEmpty()) {
        strangersByNetwork.remove(v.network());
      }
    }
    IncomingConnection.Identity k = v.identity();
    if (k != null) {
      LinkedHashSet<IncomingConnection> ofNation = known.get(k.nation());
      if (ofNation != null && ofNation.remove(v) && ofNation.isEmpty()) {
        known.remove(k.nation());
      }
    }
  }

  private void left(IncomingConnection v) {
    synchronized (this) {
      forget(v);
    }
    v.closed();
  }

  private void believed(IncomingConnection v, IncomingConnection.Identity who) {
    IncomingConnection out = null;
    synchronized (this) {
      forget(v);
      v.believe(who);
      LinkedHashSet<IncomingConnection> ofNation =
          known.computeIfAbsent(who.nation(), n -> new LinkedHashSet<>());
      ofNation.add(v);
      if (ofNation.size() > limits.perNation()) {
        out = ofNation.getFirst();
        forget(out);
      }
    }
    if (out != null) {
      out.refuse(CallerRefusal.TOO_MANY, "made room for newer connections of " + who.nation());
    }
  }

  private synchronized List<IncomingConnection> knownOnes() {
    List<IncomingConnection> out = new ArrayList<>();
    known.values().forEach(out::addAll);
    return out;
  }

  /** Closes every connection whose certificate was revoked since; returns how many. */
  public int closeRevoked() {
    int closed = 0;
    for (IncomingConnection v : knownOnes()) {
      IncomingConnection.Identity k = v.identity();
      if (k != null && trust.isRevoked(k.certificate())) {
        v.refuse(CallerRefusal.REVOKED, "its certificate was revoked while it was connected");
        closed++;
      }
    }
    return closed;
  }

  /** The certificates of those connected now, each once. */
  public List<X509Certificate> certificates() {
    LinkedHashSet<X509Certificate> out = new LinkedHashSet<>();
    for (IncomingConnection v : knownOnes()) {
      IncomingConnection.Identity k = v.identity();
      if (k != null) {
        out.add(k.certificate());
      }
    }
    return List.copyOf(out);
  }

  /** How many connections are open, strangers included. */
  public synchronized int connections() {
    return strangers.size() + known.values().stream().mapToInt(LinkedHashSet::size).sum();
  }

  /** Closes the port and every connection. */
  public static void close(Server server) {
    server.shutdownNow();
    try {
      server.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
