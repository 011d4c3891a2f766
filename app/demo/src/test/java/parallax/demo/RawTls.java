package parallax.demo;

import io.grpc.util.AdvancedTlsX509KeyManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import parallax.credentials.KeyMaterial;

/** A TLS connection that says what it likes, by the Java platform's own TLS. */
final class RawTls implements AutoCloseable {
  private final SSLSocket socket;

  /** Connects; shows {@code name}.pem of {@code keys}, or nothing when there is none. */
  RawTls(InetSocketAddress to, @Nullable Path keys, String name) throws Exception {
    AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager(); // shows it to anybody
    if (keys != null) {
      KeyMaterial m = KeyMaterial.read(keys.resolve(name + ".pem"), keys.resolve(name + ".key"));
      own.updateIdentityCredentials(new X509Certificate[] {m.certificate()}, m.key());
    }
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(
        keys == null ? new KeyManager[0] : new KeyManager[] {own},
        new TrustManager[] {new BelievesAnybody()},
        new SecureRandom());
    socket = (SSLSocket) context.getSocketFactory().createSocket(to.getAddress(), to.getPort());
    SSLParameters p = socket.getSSLParameters();
    p.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(p);
    socket.setSoTimeout(120_000);
  }

  /** The certificate the other side shows. */
  X509Certificate peer() throws IOException {
    socket.startHandshake();
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Reads whatever comes until the other side has closed the connection. */
  void awaitClose() throws IOException {
    try {
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection was not closed", e);
    } catch (IOException e) {
      // Broken off, which is closed too.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class BelievesAnybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
