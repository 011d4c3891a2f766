package parallax.cli;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.Callable;
import parallax.wire.OrderCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax status}, and {@code parallax partner status}, which is the same. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Shows how the running node is: every stream to and from every partner, what they set"
            + " aside, the recalls and corrections under way, the sensors' feeds, and partners'"
            + " logs. Exit code 1 when nothing is shared with any partner.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private NodeAccess node = new NodeAccess();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    OrderCodec.Answer answer = node.ask(new OrderCodec.StatusRequest());
    if (json) {
      System.out.println(
          new ObjectMapper()
              .writer(new DefaultPrettyPrinter())
              .writeValueAsString(StatusMaps.of(answer)));
    } else {
      StatusText.lines(answer).forEach(System.out::println);
    }
    if (!answer.done()) {
      System.err.println(answer.detail());
      return 1;
    }
    return 0;
  }
}
