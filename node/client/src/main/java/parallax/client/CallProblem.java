package parallax.client;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import javax.net.ssl.SSLException;

/** Why a node could not be reached or ended a call, in words for people. */
final class CallProblem {
  /** What is in the words of the library, which nobody at the node has written. */
  private static final List<String> LIBRARYS =
      List.of("Network closed", "io exception", "()", "HTTP/2", "http2", "hannel", "eepalive");

  private CallProblem() {}

  /** The reason, as far as it can be known at this end. */
  static String of(Throwable failure, InetSocketAddress node) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectException) {
        return "no node answers at " + text(node) + "; is it running, and is the address right?";
      }
      if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
        return "there is no host '" + node.getHostString() + "'; is the address right?";
      }
      if (t instanceof NoRouteToHostException) {
        return "no way through the network leads to " + text(node) + "; is the address right?";
      }
      if (t instanceof SSLException) {
        return "no secure connection with the node at "
            + text(node)
            + ": its certificate is not of the authority in ca.pem or not valid now, or it does not"
            + " accept the certificate shown to it";
      }
    }
    Status s = Status.fromThrowable(failure);
    return switch (s.getCode()) {
      case UNAVAILABLE ->
          "the node at "
              + text(node)
              + " has closed the connection: it is stopping, or it does not accept the certificate"
              + " shown to it (revoked, of another authority, or of another role); its log says"
              + " which"
              + said(s);
      case CANCELLED, UNKNOWN, INTERNAL, ABORTED ->
          "the node at " + text(node) + " has ended the call, as one does that is stopping";
      case UNIMPLEMENTED ->
          "what answers at "
              + text(node)
              + " is not a node's national port; nationalAddress in its node.yaml names that";
      case DEADLINE_EXCEEDED -> "the node at " + text(node) + " does not answer in time";
      default -> "the node at " + text(node) + " has refused this" + said(s);
    };
  }

  /** Whether the node said that it will not have this caller, or what the caller says. */
  static boolean isForGood(Throwable failure) {
    return switch (Status.fromThrowable(failure).getCode()) {
      case PERMISSION_DENIED,
          INVALID_ARGUMENT,
          UNAUTHENTICATED,
          UNIMPLEMENTED,
          RESOURCE_EXHAUSTED ->
          true;
      default -> false;
    };
  }

  private static String said(Status s) {
    String d = s.getDescription();
    boolean ofTheLibrary = d == null || LIBRARYS.stream().anyMatch(d::contains);
    return ofTheLibrary ? "" : ". It says: " + d;
  }

  private static String text(InetSocketAddress a) {
    return a.getHostString() + ":" + a.getPort();
  }
}
