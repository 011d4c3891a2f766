package parallax.transport;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;

/**
 * Stands at a port: knows every connection from the moment it is accepted, holds the limits, and
 * counts every caller that does not get in, with the reason.
 */
public final class PortGuard {
  private static final int WORKERS = 2;
  private static final int IPV6_NETWORK_BYTES = 8;

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
  private final BiConsumer<Refusal, String> refused;
  private final Threads threads;
  private final LinkedHashSet<Visitor> strangers = new LinkedHashSet<>();
  private final SortedMap<String, LinkedHashSet<Visitor>> strangersByNetwork = new TreeMap<>();
  private final SortedMap<Nation, LinkedHashSet<Visitor>> known = new TreeMap<>();

  /** A guard for the port {@code name}; {@code refused} is told of every caller turned away. */
  public PortGuard(
      String name, PortLimits limits, Trust trust, BiConsumer<Refusal, String> refused) {
    this.limits = limits;
    this.trust = trust;
    this.refused = refused;
    this.threads = THREADS.computeIfAbsent(name, Threads::new);
  }

  /** A server that this guard stands before. */
  public NettyServerBuilder server(InetSocketAddress address) {
    return NettyServerBuilder.forAddress(address)
        .channelFactory(() -> new Door(this))
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

  /** Who a caller has shown to be. */
  private record Known(Nation nation, X509Certificate certificate) {}

  /** The listening socket; hands every accepted connection to the guard first. */
  private static final class Door extends NioServerSocketChannel {
    private final PortGuard guard;

    Door(PortGuard guard) {
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
    Visitor v = new Visitor(channel);
    channel.pipeline().addLast(v);
    var unused = channel.closeFuture().addListener(f -> left(v));
    List<Visitor> out = new ArrayList<>();
    synchronized (this) {
      strangers.add(v);
      LinkedHashSet<Visitor> ofNetwork =
          strangersByNetwork.computeIfAbsent(v.network, n -> new LinkedHashSet<>());
      ofNetwork.add(v);
      if (ofNetwork.size() > limits.strangersPerAddress()) {
        out.add(ofNetwork.getFirst());
      } else if (strangers.size() > limits.strangers()) {
        out.add(strangers.getFirst());
      }
      out.forEach(this::forget);
    }
    out.forEach(o -> o.refuse(Refusal.TOO_MANY, "made room for newer callers"));
  }

  private void forget(Visitor v) {
    if (strangers.remove(v)) {
      LinkedHashSet<Visitor> ofNetwork = strangersByNetwork.get(v.network);
      if (ofNetwork != null && ofNetwork.remove(v) && ofNetwork.isEmpty()) {
        strangersByNetwork.remove(v.network);
      }
    }
    Known k = v.known;
    if (k != null) {
      LinkedHashSet<Visitor> ofNation = known.get(k.nation());
      if (ofNation != null && ofNation.remove(v) && ofNation.isEmpty()) {
        known.remove(k.nation());
      }
    }
  }

  private void left(Visitor v) {
    synchronized (this) {
      forget(v);
    }
    v.closed();
  }

  private void believed(Visitor v, Known who) {
    Visitor out = null;
    synchronized (this) {
      forget(v);
      v.known = who;
      LinkedHashSet<Visitor> ofNation =
          known.computeIfAbsent(who.nation(), n -> new LinkedHashSet<>());
      ofNation.add(v);
      if (ofNation.size() > limits.perNation()) {
        out = ofNation.getFirst();
        forget(out);
      }
    }
    if (out != null) {
      out.refuse(Refusal.TOO_MANY, "made room for newer connections of " + who.nation());
    }
  }

  private synchronized List<Visitor> knownOnes() {
    List<Visitor> out = new ArrayList<>();
    known.values().forEach(out::addAll);
    return out;
  }

  /** Closes every connection whose certificate was revoked since; returns how many. */
  public int closeRevoked() {
    int closed = 0;
    for (Visitor v : knownOnes()) {
      Known k = v.known;
      if (k != null && trust.isRevoked(k.certificate())) {
        v.refuse(Refusal.REVOKED, "its certificate was revoked while it was connected");
        closed++;
      }
    }
    return closed;
  }

  /** The certificates of those connected now, each once. */
  public List<X509Certificate> certificates() {
    LinkedHashSet<X509Certificate> out = new LinkedHashSet<>();
    for (Visitor v : knownOnes()) {
      Known k = v.known;
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

  /** A limit is held for an address, or for the network that one IPv6 subscriber has. */
  private static String network(@Nullable InetAddress address) {
    if (address == null) {
      return "";
    }
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(
            address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
  }

  /** One connection; the first to see its bytes and its end. */
  private final class Visitor extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final String network;
    private final String address;
    private final AtomicBoolean turnedAway = new AtomicBoolean();
    private volatile @Nullable ChannelHandlerContext context;
    private volatile boolean seenActive;
    private volatile @Nullable Known known;

    Visitor(Channel channel) {
      this.channel = channel;
      this.address = String.valueOf(channel.remoteAddress());
      this.network =
          network(channel.remoteAddress() instanceof InetSocketAddress i ? i.getAddress() : null);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
      seenActive = true;
      active.fireChannelActive(); // puts TLS in place
      SslHandler tls = active.pipeline().get(SslHandler.class);
      if (tls == null) {
        refuse(Refusal.HANDSHAKE_FAILED, "no TLS on this port");
        return;
      }
      long limitMs = limits.handshake().toMillis();
      var limit =
          active
              .executor()
              .schedule(
                  () ->
                      refuse(Refusal.TOO_SLOW, "had not shown who it is after " + limitMs + " ms"),
                  limitMs,
                  TimeUnit.MILLISECONDS);
      var unused =
          tls.handshakeFuture()
              .addListener(
                  handshake -> {
                    limit.cancel(false);
                    if (handshake.isSuccess()) {
                      succeeded(tls);
                    } else {
                      refuse(Refusal.of(handshake.cause()), reason(handshake.cause()));
                    }
                  });
    }

    private void succeeded(SslHandler tls) {
      if (turnedAway.get() || !channel.isOpen()) {
        return;
      }
      try {
        Certificate[] chain = tls.engine().getSession().getPeerCertificates();
        if (chain[0] instanceof X509Certificate leaf) {
          // Again: a resumed session shows no certificate to the handshake.
          believed(this, new Known(trust.identify(leaf).nation(), leaf));
        } else {
          refuse(Refusal.BAD_CERTIFICATE, "client certificate is not X.509");
        }
      } catch (RefusedCertificateException e) {
        refuse(e.reason(), String.valueOf(e.getMessage()));
      } catch (SSLPeerUnverifiedException e) {
        refuse(Refusal.NO_CERTIFICATE, "showed no certificate");
      }
    }

    /** Counts it, once, and closes it. */
    void refuse(Refusal reason, String why) {
      if (!turnedAway.getAndSet(true)) {
        refused.accept(reason, "caller " + address + ": " + why);
      }
      ChannelHandlerContext c = context;
      // From here, before TLS and HTTP/2, which would wait for open calls to end in good order.
      var unused = c == null ? channel.close() : c.close();
    }

    /** It is closed. One that was never seen active is counted here; any other by its handshake. */
    void closed() {
      if (!seenActive) {
        refuse(Refusal.HUNG_UP, "went at once");
      }
    }
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof RefusedCertificateException)) {
      root = root.getCause();
    }
    return root instanceof RefusedCertificateException
        ? String.valueOf(root.getMessage())
        : root.getClass().getSimpleName() + ": " + root.getMessage();
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
