package parallax.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.audit.Checkpoint;
import parallax.audit.LogCheck;
import parallax.audit.LogEntry;
import parallax.audit.LogReader;
import parallax.audit.NoteKey;
import parallax.model.UtcTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax audit search}. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description =
        "Shows entries of a log, checking the log on the way. Exit code 1 when it was changed, or"
            + " when no entry is as asked for.")
final class AuditSearch implements Callable<Integer> {
  /** What each line begins with, and what nobody searches for. */
  private static final List<String> LEFT_OUT =
      List.of("kind", "time", "salt", "channel", "nation", "input");

  @Parameters(paramLabel = "DIR", description = "a node's directory, or a log's, or a copy")
  private Path directory = Path.of("");

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "only of this kind, for example release, decision, alert (docs/audit.md); order: all that"
              + " people have ordered, also suspensions, policies, keys and held reports")
  private @Nullable String kind;

  @Option(names = "--partner", paramLabel = "XXX", description = "only about this partner")
  private @Nullable String partner;

  @Option(names = "--track", paramLabel = "TRACK", description = "only about this track")
  private @Nullable String track;

  @Option(names = "--from", paramLabel = "TIME", description = "from this moment on, ISO 8601")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "up to this moment")
  private @Nullable Instant to;

  @Option(names = "--key", paramLabel = "FILE", description = AuditCommand.KEY_HELP)
  private @Nullable Path key;

  @Option(names = "--json", description = "print each entry as it was logged, its number before it")
  private boolean json;

  private long looked;
  private long shown;

  @Override
  public Integer call() throws IOException {
    LogPlace place = LogPlace.directory(directory);
    requireKind();
    return AuditCommand.check(
        () -> {
          Optional<NoteKey> known = place.key(key);
          if (known.isPresent()) {
            new LogCheck(place.log()).check(known.get(), this::show);
          } else {
            System.err.println("NOT VERIFIED: the log's key is not here; name it by --key");
            showAll(place);
          }
          System.out.flush();
          if (shown == 0) {
            System.err.println("none of the " + looked + " entries of the log is so");
          }
          return shown == 0 ? 1 : 0;
        });
  }

  private void requireKind() {
    String k = kind;
    if (k == null) {
      return;
    }
    StringBuilder known = new StringBuilder();
    for (LogEntry.Kind each : LogEntry.Kind.values()) {
      if (each.text().equals(k)) {
        return;
      }
      known.append(known.isEmpty() ? "" : ", ").append(each.text());
    }
    throw new WrongUse("--kind is " + k + "; expected one of " + known);
  }

  private void showAll(LogPlace place) throws IOException {
    Checkpoint c = place.signed().checkpoint();
    LogReader log = new LogReader(place.log(), c.size());
    for (long b = 0; b < log.bundles(); b++) {
      List<byte[]> entries = log.bundle(b);
      for (int i = 0; i < entries.size(); i++) {
        show(b * LogReader.BUNDLE + i, entries.get(i));
      }
    }
  }

  private void show(long index, byte[] bytes) {
    LogEntry e = LogEntry.parse(bytes);
    looked++;
    if (isOfKind(e) && is("partner", partner, e) && is("track", track, e) && isInTime(e)) {
      shown++;
      System.out.println(
          json
              ? "{\"entry\":" + index + "," + new String(bytes, StandardCharsets.UTF_8).substring(1)
              : line(index, e));
    }
  }

  /** What people have ordered stands under several kinds; each names who ordered it. */
  private boolean isOfKind(LogEntry e) {
    return is("kind", kind, e)
        || (LogEntry.Kind.ORDER.text().equals(kind) && e.text("by").isPresent());
  }

  private static boolean is(String name, @Nullable String wanted, LogEntry e) {
    return wanted == null || e.text(name).filter(wanted::equals).isPresent();
  }

  private boolean isInTime(LogEntry e) {
    return (from == null || !e.time().isBefore(UtcTime.of(from)))
        && (to == null || !e.time().isAfter(UtcTime.of(to)));
  }

  /** An entry as people read it. */
  static String line(long index, LogEntry e) {
    StringBuilder b = new StringBuilder();
    b.append(String.format(Locale.ROOT, "%7d  %-30s  %-10s", index, e.time(), e.kind()));
    for (Map.Entry<String, Object> f : e.fields().entrySet()) {
      if (!LEFT_OUT.contains(f.getKey()) && !f.getValue().equals("")) {
        b.append("  ").append(f.getKey()).append('=').append(value(f));
      }
    }
    return b.toString();
  }

  private static String value(Map.Entry<String, Object> f) {
    String text = String.valueOf(f.getValue());
    boolean plain = text.chars().allMatch(c -> c > ' ' && c != '"');
    return plain ? text : "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
  }
}
