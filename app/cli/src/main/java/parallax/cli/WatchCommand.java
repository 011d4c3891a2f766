package parallax.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import parallax.client.NodeWatcher;
import parallax.files.FileProblem;
import parallax.host.NodeSettings;
import parallax.model.UtcTime;
import parallax.warning.AreaCatalogue;
import parallax.wire.NodeEvent;
import parallax.words.EventLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax watch}. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a running node does, a line for each thing that changes.",
      "These are launches, tracks, impacts with the areas at risk, alerts, links, what is withheld"
          + " and orders. It goes on until it is stopped, also while the node is down and comes"
          + " back."
    })
final class WatchCommand implements Callable<Integer> {
  @Mixin private NodeAccess node = new NodeAccess();

  @Option(names = "--json", description = "print one JSON object a line")
  private boolean json;

  @Option(
      names = "--last",
      paramLabel = "MINUTES",
      defaultValue = "10",
      description = "also show what happened in the last minutes (default: ${DEFAULT-VALUE})")
  private int lastMinutes;

  private final EventLines lines = new EventLines();
  private String lastTrouble = "";

  @Override
  public Integer call() throws InterruptedException {
    if (lastMinutes < 0) {
      throw new WrongUse("--last " + lastMinutes + "; expected minutes, 0 or more");
    }
    UtcTime from = UtcTime.of(Instant.now().minus(Duration.ofMinutes(lastMinutes)));
    NodeSettings settings = node.settings();
    try (NodeWatcher watcher =
        new NodeWatcher(
            settings.nation(),
            settings.nationalAddress(),
            node.identity(),
            node.authorities(),
            AreaCatalogue.bundled(),
            (nation, event) -> print(event, from),
            this::trouble)) {
      watcher.start();
      new CountDownLatch(1).await(); // until the command is stopped
    } catch (IOException e) {
      throw new WrongUse("operator's certificate or key: " + FileProblem.of(e));
    } catch (GeneralSecurityException e) {
      throw new WrongUse("operator's certificate or key: " + e.getMessage());
    }
    return 0;
  }

  private void print(NodeEvent event, UtcTime from) {
    take(event, from, System.out);
  }

  /** Prints what an event gives, unless it happened before {@code from}. */
  synchronized void take(NodeEvent event, UtcTime from, PrintStream out) {
    lastTrouble = "";
    for (EventLines.Line l : lines.of(event)) {
      if (event.wallNs() >= from.nanos()) {
        out.println(json ? EventJson.of(event, l) : l.toString());
      }
    }
  }

  private synchronized void trouble(String why) {
    if (!why.equals(lastTrouble)) {
      lastTrouble = why;
      System.err.println(why + ". Trying again.");
    }
  }
}
