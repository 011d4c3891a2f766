package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parallax.client.OperatorClient;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.NationKeys;
import parallax.engine.NoticeProgress;
import parallax.engine.Order;
import parallax.files.FileProblem;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.InvalidValueException;
import parallax.model.TrackId;
import parallax.wire.OrderCodec;
import picocli.CommandLine.Option;

/** The options by which an operator's command finds the running node, and the way to ask it. */
final class NodeAccess {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      required = true,
      description = "the node's directory; the node must be running")
  private Path directory = Path.of("");

  @Option(
      names = "--operator",
      paramLabel = "DIR",
      description = "where operator.pem and operator.key are (default: the node's keys/)")
  private @Nullable Path operator;

  NodeDirectory directory() {
    if (!Files.isDirectory(directory)) {
      throw new WrongUse("no node directory at " + directory);
    }
    return new NodeDirectory(directory);
  }

  NodeSettings settings() {
    try {
      return NodeSettings.read(directory().root());
    } catch (IOException | InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }

  /** Asks the node. */
  OrderCodec.Answer ask(OrderCodec.Request request) throws IOException, InterruptedException {
    NodeSettings settings = settings();
    try (OperatorClient client =
        new OperatorClient(
            settings.nation(), settings.nationalAddress(), identity(), authorities())) {
      return client.ask(request);
    } catch (GeneralSecurityException e) {
      throw new WrongUse(GivenFile.named(identity(), e));
    }
  }

  /** The folder of the certificate that the operator shows. */
  Path identity() {
    Path identity = operator == null ? directory().keys() : operator;
    if (!Files.isRegularFile(identity.resolve("operator.pem"))) {
      throw new WrongUse("no operator.pem in " + identity + "; --operator names its folder");
    }
    return identity;
  }

  /** The nation's own authorities, one of which has issued the node's certificate. */
  List<X509Certificate> authorities() {
    Path file = directory().keys().resolve(NationKeys.AUTHORITY);
    try {
      return CertificateAuthority.readCertificates(file);
    } catch (IOException e) {
      throw new WrongUse(FileProblem.of(e));
    } catch (GeneralSecurityException e) {
      throw new WrongUse(GivenFile.named(file, e));
    }
  }

  /** Gives an order and prints what came of it; the exit code. */
  int order(Order order) throws IOException, InterruptedException {
    return print(ask(new OrderCodec.OrderRequest(order)));
  }

  /**
   * Gives an order that tells partners a notice on a track, prints what came of it, and waits for
   * what each partner makes of it; the exit code is 1 when one has not applied it.
   *
   * @param mostS how long to wait, seconds
   */
  int notice(Order order, TrackId track, double mostS) throws IOException, InterruptedException {
    Set<String> before = new HashSet<>();
    notices(track).forEach(n -> before.add(n.partner() + "/" + n.seq()));
    int code = order(order);
    Instant end = Instant.now().plusMillis(Math.round(mostS * 1000));
    List<NoticeProgress> made = List.of();
    while (code == 0) {
      made =
          notices(track).stream()
              .filter(n -> !before.contains(n.partner() + "/" + n.seq()))
              .toList();
      boolean underWay = made.stream().anyMatch(n -> n.state() == NoticeProgress.State.UNDER_WAY);
      if (!underWay || Instant.now().isAfter(end)) {
        break;
      }
      Thread.sleep(200);
    }
    for (NoticeProgress n : made) {
      boolean bad =
          n.state() == NoticeProgress.State.SET_ASIDE || n.state() == NoticeProgress.State.UNKNOWN;
      (bad ? System.err : System.out).println(StatusText.notice(n));
      code = bad ? 1 : code;
    }
    return code;
  }

  private List<NoticeProgress> notices(TrackId track) throws IOException, InterruptedException {
    return ask(new OrderCodec.StatusRequest()).notices().stream()
        .filter(n -> n.track().equals(track))
        .toList();
  }

  /** Prints what came of an order; the exit code. */
  static int print(OrderCodec.Answer answer) {
    (answer.done() ? System.out : System.err)
        .println((answer.done() ? "" : "refused: ") + answer.detail());
    return answer.done() ? 0 : 1;
  }
}
