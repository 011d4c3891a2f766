package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import parallax.client.OperatorClient;
import parallax.credentials.CertificateAuthority;
import parallax.engine.Order;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.InvalidValueException;
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
    Path own = directory().keys();
    Path identity = operator == null ? own : operator;
    if (!Files.isRegularFile(identity.resolve("operator.pem"))) {
      throw new WrongUse("no operator.pem in " + identity + "; --operator names its folder");
    }
    try (OperatorClient client =
        new OperatorClient(
            settings.nation(),
            settings.nationalAddress(),
            identity,
            CertificateAuthority.readCertificates(own.resolve("ca.pem")))) {
      return client.ask(request);
    } catch (GeneralSecurityException e) {
      throw new WrongUse(own.resolve("ca.pem") + ": " + e.getMessage());
    }
  }

  /** Gives an order and prints what came of it; the exit code. */
  int order(Order order) throws IOException, InterruptedException {
    return print(ask(new OrderCodec.OrderRequest(order)));
  }

  /** Prints what came of an order; the exit code. */
  static int print(OrderCodec.Answer answer) {
    (answer.done() ? System.out : System.err)
        .println((answer.done() ? "" : "refused: ") + answer.detail());
    return answer.done() ? 0 : 1;
  }
}
