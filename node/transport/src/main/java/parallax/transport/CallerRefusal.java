package parallax.transport;

import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;

/** Why a caller was turned away. Each is counted, and logged as a kind of its own. */
public enum CallerRefusal {
  /** It showed no certificate. */
  NO_CERTIFICATE,
  /** Its certificate is of no pinned authority. */
  UNKNOWN_AUTHORITY,
  /** Its certificate names another nation than the authority's. */
  WRONG_NATION,
  /** Its certificate, or the authority's, is not valid now. */
  EXPIRED,
  /** Its certificate was revoked. */
  REVOKED,
  /** Its certificate is wrong in another way. */
  BAD_CERTIFICATE,
  /** Its certificate is for something else than it asks for. */
  WRONG_ROLE,
  /** The feed it used belongs to another gateway. */
  FEED_OF_ANOTHER,
  /** Its call does not say which stream it carries. */
  NO_STREAM,
  /** What it said is not TLS. */
  NOT_TLS,
  /** Its handshake broke a rule of TLS, or it refused this node's certificate. */
  HANDSHAKE_FAILED,
  /** It took too long to show who it is. */
  TOO_SLOW,
  /** It had to make room for newer callers. */
  TOO_MANY,
  /** It went before it had shown who it is. */
  HUNG_UP;

  private static final int DEEPEST_CAUSE = 20;

  /** The kind of log line. */
  public String kind() {
    return "REFUSED_" + name();
  }

  /** Why a handshake failed. */
  static CallerRefusal of(Throwable failure) {
    Throwable t = failure;
    for (int i = 0; t != null && i < DEEPEST_CAUSE; i++, t = t.getCause()) {
      if (t instanceof RefusedCertificateException r) {
        return r.reason();
      }
      if (t instanceof NotSslRecordException) {
        return NOT_TLS;
      }
      if (t instanceof SslHandshakeTimeoutException) {
        return TOO_SLOW;
      }
      if (t instanceof ClosedChannelException) {
        return HUNG_UP;
      }
      // Neither TLS library has a type for this one; these are the words of BoringSSL and the JDK.
      String message = String.valueOf(t.getMessage());
      if (message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")
          || message.contains("Empty client certificate chain")) {
        return NO_CERTIFICATE;
      }
    }
    return HANDSHAKE_FAILED;
  }
}
