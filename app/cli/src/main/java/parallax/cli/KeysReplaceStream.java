package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import parallax.credentials.NewKeys;
import parallax.model.Channel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax keys replace-stream}. */
@Command(
    name = "replace-stream",
    mixinStandardHelpOptions = true,
    description =
        "Puts a new stream key in the place of the present one, which is kept under another name."
            + " Only for a journal that was lost or a key that was stolen: the node must be"
            + " stopped, and every partner must start over with the new key (docs/operations.md)."
            + " Otherwise: keys rotate-stream.")
final class KeysReplaceStream implements Callable<Integer> {
  @Option(names = "--dir", paramLabel = "DIR", required = true, description = "The node's keys.")
  private Path directory = Path.of("");

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      required = true,
      description = "REAL, EXERCISE or TEST.")
  private Channel channel = Channel.TEST;

  @Override
  public Integer call() throws IOException {
    return KeysCommand.work(
        () -> {
          for (String name : NewKeys.replaceStream(directory, channel, Instant.now())) {
            System.out.println(directory.resolve(name));
          }
          System.out.println(
              "Hand the .pub file to every partner, and compare fingerprints by telephone. Each"
                  + " then orders: parallax partner start-over NATION --key FILE");
        });
  }
}
