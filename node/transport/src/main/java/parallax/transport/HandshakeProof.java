package parallax.transport;

import io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import parallax.credentials.KeyMaterial;

/**
 * Proves that a node's own certificate can be used: a TLS handshake with itself, in memory, in
 * which it is server and client, by the very settings of the two ports. A certificate that looks
 * right in every field may still be one that nobody can connect with.
 */
final class HandshakeProof {
  private static final int MOST_STEPS = 200;

  private final Side server;
  private final Side client;

  /** One end, and what the other one has sent it. */
  private static final class Side {
    final SSLEngine engine;
    final ByteBuffer received;
    final ByteBuffer plain;

    Side(SSLEngine engine) {
      this.engine = engine;
      this.received = ByteBuffer.allocate(4 * engine.getSession().getPacketBufferSize());
      this.plain = ByteBuffer.allocate(4 * engine.getSession().getApplicationBufferSize());
    }

    boolean isDone() {
      return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }
  }

  private HandshakeProof(SSLEngine server, SSLEngine client) {
    this.server = new Side(server);
    this.client = new Side(client);
  }

  /**
   * Carries the handshake out.
   *
   * @param own what the node would show
   * @param trust believes the node's own authority
   * @param hostName the name that partners and clients demand of the certificate
   * @throws GeneralSecurityException when it fails, with the reason and what to do
   */
  static void require(KeyMaterial own, Trust trust, String hostName)
      throws GeneralSecurityException {
    AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
    manager.updateIdentityCredentials(new X509Certificate[] {own.certificate()}, own.key());
    SSLEngine server = null;
    SSLEngine client = null;
    try {
      SslContext accepting = Tls.server(manager, trust);
      SslContext dialling = Tls.client(manager, trust);
      server = accepting.newEngine(ByteBufAllocator.DEFAULT);
      client = dialling.newEngine(ByteBufAllocator.DEFAULT, hostName, 443);
      SSLParameters p = client.getSSLParameters();
      p.setEndpointIdentificationAlgorithm("HTTPS"); // as every client of gRPC does
      client.setSSLParameters(p);
      new HandshakeProof(server, client).shake();
    } catch (IOException e) {
      throw new GeneralSecurityException(
          "cannot be used: a TLS connection of this node with itself fails: "
              + reason(e)
              + keyOf(own.certificate().getPublicKey())
              + "; expected a certificate as 'parallax keys renew' makes it: a key on the curve"
              + " P-256, key usage digitalSignature, extended key usage serverAuth and clientAuth,"
              + " DNS name "
              + hostName,
          e);
    } finally {
      ReferenceCountUtil.release(server);
      ReferenceCountUtil.release(client);
    }
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && !(deepest instanceof RefusedCertificateException)) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  private static String keyOf(PublicKey key) {
    return key instanceof ECPublicKey ec
        ? " (its key is on a curve of " + ec.getParams().getOrder().bitLength() + " bits)"
        : " (its key is for " + key.getAlgorithm() + ")";
  }

  private void shake() throws SSLException {
    client.engine.beginHandshake();
    server.engine.beginHandshake();
    for (int i = 0; i < MOST_STEPS; i++) {
      boolean moved = step(client, server);
      moved |= step(server, client);
      if (client.isDone() && server.isDone()) {
        return;
      }
      if (!moved) {
        throw new SSLException("neither side goes on");
      }
    }
    throw new SSLException("it does not come to an end");
  }

  /** Lets one side read what it has received, then send; whether anything moved. */
  private static boolean step(Side from, Side to) throws SSLException {
    boolean moved = false;
    from.received.flip();
    boolean more = true;
    while (more) {
      // Also without anything new: an engine goes on with what it has read once its task is done.
      int read = from.engine.unwrap(from.received, from.plain.clear()).bytesConsumed();
      more = runTasks(from.engine) || (read > 0 && from.received.hasRemaining());
      moved |= more || read > 0;
    }
    from.received.compact();
    while (from.engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      int sent = from.engine.wrap(ByteBuffer.allocate(0), to.received).bytesProduced();
      boolean worked = runTasks(from.engine);
      if (sent == 0 && !worked) {
        break;
      }
      moved = true;
    }
    return moved;
  }

  /** Does what the engine leaves to others, such as checking a certificate; whether anything. */
  private static boolean runTasks(SSLEngine engine) {
    boolean any = false;
    for (Runnable t = engine.getDelegatedTask(); t != null; t = engine.getDelegatedTask()) {
      t.run();
      any = true;
    }
    return any;
  }
}
