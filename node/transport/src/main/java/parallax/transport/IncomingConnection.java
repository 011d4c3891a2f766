package parallax.transport;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;

/**
 * One connection that a port accepted, from its first byte on: holds it to its time for the
 * handshake, and refuses it with a reason when the handshake does not show who it is.
 */
final class IncomingConnection extends ChannelInboundHandlerAdapter {
  /** Who a caller has shown to be. */
  record Identity(Nation nation, X509Certificate certificate) {}

  private static final int IPV6_NETWORK_BYTES = 8;

  private final Channel channel;
  private final Trust trust;
  private final Duration handshakeLimit;
  private final BiConsumer<IncomingConnection, Identity> believed;
  private final BiConsumer<CallerRefusal, String> refused;
  private final String network;
  private final String address;
  private final AtomicBoolean turnedAway = new AtomicBoolean();
  private volatile @Nullable ChannelHandlerContext context;
  private volatile boolean seenActive;
  private volatile @Nullable Identity identity;

  /**
   * A connection that has shown nothing yet.
   *
   * @param believed told once the handshake has shown who it is
   * @param refused told when it is turned away, and why
   */
  IncomingConnection(
      Channel channel,
      Trust trust,
      Duration handshakeLimit,
      BiConsumer<IncomingConnection, Identity> believed,
      BiConsumer<CallerRefusal, String> refused) {
    this.channel = channel;
    this.trust = trust;
    this.handshakeLimit = handshakeLimit;
    this.believed = believed;
    this.refused = refused;
    this.address = String.valueOf(channel.remoteAddress());
    this.network =
        network(channel.remoteAddress() instanceof InetSocketAddress i ? i.getAddress() : null);
  }

  /** Its address, or the network that it belongs to, as the limits count them. */
  String network() {
    return network;
  }

  /** Who it has shown to be; null while it has not. */
  @Nullable Identity identity() {
    return identity;
  }

  /** It has shown who it is, and is counted as such. */
  void believe(Identity who) {
    identity = who;
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
      refuse(CallerRefusal.HANDSHAKE_FAILED, "no TLS on this port");
      return;
    }
    long limitMs = handshakeLimit.toMillis();
    var limit =
        active
            .executor()
            .schedule(
                () ->
                    refuse(
                        CallerRefusal.TOO_SLOW, "had not shown who it is after " + limitMs + " ms"),
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
                    refuse(CallerRefusal.of(handshake.cause()), reason(handshake.cause()));
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
        believed.accept(this, new Identity(trust.identify(leaf).nation(), leaf));
      } else {
        refuse(CallerRefusal.BAD_CERTIFICATE, "client certificate is not X.509");
      }
    } catch (RefusedCertificateException e) {
      refuse(e.reason(), String.valueOf(e.getMessage()));
    } catch (SSLPeerUnverifiedException e) {
      refuse(CallerRefusal.NO_CERTIFICATE, "showed no certificate");
    }
  }

  /** Counts it, once, and closes it. */
  void refuse(CallerRefusal reason, String why) {
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
      refuse(CallerRefusal.HUNG_UP, "went at once");
    }
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

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof RefusedCertificateException)) {
      root = root.getCause();
    }
    return root instanceof RefusedCertificateException
        ? String.valueOf(root.getMessage())
        : root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
