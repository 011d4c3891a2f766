package parallax.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people are told when a call fails. */
class CallProblemTest {
  private static final InetSocketAddress NODE =
      InetSocketAddress.createUnresolved("node.example", 4711);
  private static final Pattern LIBRARY =
      Pattern.compile(
          "Exception|netty|HTTP/2|RST_STREAM|GOAWAY|CANCEL|finishConnect|\\(\\)|parallax\\.v1");

  private static String said(Status status) {
    String text = CallProblem.of(status.asRuntimeException(), NODE);
    assertFalse(LIBRARY.matcher(text).find(), text);
    return text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CANCELLED | RST_STREAM closed stream. HTTP/2 error code: CANCEL",
        "UNAVAILABLE | Network closed for unknown reason",
        "UNAVAILABLE | io exception",
        "UNAVAILABLE | Connection closed after GOAWAY. HTTP/2 error code: NO_ERROR",
        "INTERNAL | http2 exception",
        "UNKNOWN | channel closed",
        "UNIMPLEMENTED | Method not found: parallax.v1.SensorFeed/Report",
      })
  void theLibrarysOwnWordsAreNotShown(Status.Code code, String description) {
    said(code.toStatus().withDescription(description));
  }

  @ParameterizedTest
  @EnumSource(Status.Code.class)
  void everyStatusWithoutWordsIsSaid(Status.Code code) {
    assertTrue(said(code.toStatus()).contains("node.example:4711"));
  }

  @ParameterizedTest
  @CsvSource({
    "PERMISSION_DENIED,feed 'f' belongs to gateway 'x',true",
    "INVALID_ARGUMENT,seq is -1; expected below 2^63,true",
    "UNAVAILABLE,node is stopping,false",
  })
  void theNodesOwnWordsAreShown(Status.Code code, String description, boolean forGood) {
    Status status = code.toStatus().withDescription(description);

    assertTrue(said(status).endsWith("It says: " + description), said(status));
    assertEquals(forGood, CallProblem.isForGood(status.asRuntimeException()));
  }

  @Test
  void whyThereIsNoConnectionIsSaidInWords() {
    List<IOException> causes =
        List.of(
            new ConnectException("finishConnect(..) failed with error(-111): Connection refused"),
            new UnknownHostException("node.example"),
            new NoRouteToHostException("No route to host"),
            new SSLHandshakeException("PKIX path building failed"));
    List<String> words =
        List.of(
            "no node answers at node.example:4711",
            "there is no host 'node.example'",
            "no way through the network leads to node.example:4711",
            "no secure connection with the node at node.example:4711");
    for (int i = 0; i < causes.size(); i++) {
      String text =
          said(Status.UNAVAILABLE.withDescription("io exception").withCause(causes.get(i)));
      assertTrue(text.startsWith(words.get(i)), text);
    }
    assertTrue(
        said(Status.UNAVAILABLE.withCause(new UnresolvedAddressException()))
            .startsWith("there is no host"));
  }
}
