package parallax.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import parallax.model.UtcTime;
import parallax.wire.NodeEvent;
import parallax.words.EventLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax events}. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what the running node has done so far, oldest first, in the words of parallax watch.",
      "A node holds the newest events only; what is older is in its audit log."
    })
final class EventsCommand implements Callable<Integer> {
  @Mixin private NodeAccess node = new NodeAccess();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = {
        "Only what happened from then on: a moment such as 2026-11-24T23:00:00Z, or how long ago,",
        "such as 90s, 10m or 2h."
      })
  private @Nullable String since;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only this kind, for example LAUNCH, TRACK, IMPACT, ALERT or LINK_STATE.")
  private @Nullable String kind;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    long fromNs = since == null ? Long.MIN_VALUE : moment(since, UtcTime.of(Instant.now())).nanos();
    EventLines lines = new EventLines();
    AtomicLong shown = new AtomicLong();
    NodeHistory.read(
        node,
        event -> {
          for (EventLines.Line l : lines.of(event)) {
            if (event.wallNs() >= fromNs && isWanted(l)) {
              shown.incrementAndGet();
              System.out.println(text(event, l));
            }
          }
        });
    if (shown.get() == 0) {
      System.err.println("nothing of that kind and time is held by the node");
    }
    return 0;
  }

  private boolean isWanted(EventLines.Line l) {
    return kind == null || kind.toUpperCase(Locale.ROOT).equals(l.kind());
  }

  private String text(NodeEvent event, EventLines.Line l) {
    return json ? EventJson.of(event, l) : l.toString();
  }

  /** A moment, or so long before {@code now}. */
  static UtcTime moment(String text, UtcTime now) {
    if (!text.matches("[0-9]{1,9}[smhd]")) {
      return PartnerCommand.time(text);
    }
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    long unitS =
        switch (text.charAt(text.length() - 1)) {
          case 's' -> 1;
          case 'm' -> 60;
          case 'h' -> 3_600;
          default -> 86_400;
        };
    return now.plusSeconds(-(double) (count * unitS));
  }
}
