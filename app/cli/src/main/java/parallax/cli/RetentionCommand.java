package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.engine.Input;
import parallax.engine.RetentionClause;
import parallax.host.NodeClock;
import parallax.host.PastJournal;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.model.Nation;
import parallax.model.UtcTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax retention}. */
@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description =
        "Shows what a node's journal holds of each partner, when the agreement wants it deleted,"
            + " and what was deleted. Works on a running node's directory and on a copy.")
final class RetentionCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "a node's directory, or a journal's, or a copy")
  private Path directory = Path.of("");

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "what is due then (default: now), for example 2026-11-24T23:00:00Z")
  private @Nullable String at;

  private final SortedMap<Nation, OfPartner> partners = new TreeMap<>();
  private Optional<RetentionClause> clause = Optional.empty();
  private Optional<Input.RecordsDeleted> last = Optional.empty();
  private long deletions;

  /** What there is of one originator. */
  private static final class OfPartner {
    private long held;
    private long due;
    private long deleted;
    private long oldestNs = Long.MAX_VALUE;
  }

  @Override
  public Integer call() throws IOException {
    long nowNs = at == null ? NodeClock.wallNs() : PartnerCommand.time(at).nanos();
    try (PastJournal past = PastJournal.open(JournalPlace.of(directory))) {
      clause = past.retention();
      var unused = past.entries(1, (position, in, facts) -> take(in, nowNs));
      print(past);
    }
    return 0;
  }

  private void take(Input.Stamped in, long nowNs) {
    if (in.input() instanceof Input.RecordsDeleted d) {
      last = Optional.of(d);
      deletions++;
    }
    if (!(in.input() instanceof Input.FrameReceived f) || !(f.frame() instanceof Frame.Batch b)) {
      return;
    }
    OfPartner p = partners.computeIfAbsent(f.wire().stream().originator(), n -> new OfPartner());
    boolean due = clause.filter(c -> in.wallNs() < c.until(nowNs)).isPresent();
    for (Entry e : b.entries()) {
      if (e instanceof Entry.Whole) {
        p.held++;
        p.due += due ? 1 : 0;
        p.oldestNs = Math.min(p.oldestNs, in.wallNs());
      } else if (e instanceof Entry.Deleted) {
        p.deleted++;
      }
    }
  }

  private void print(PastJournal past) throws IOException {
    if (past.firstPosition() > 1) {
      System.out.println(
          "the journal begins with input "
              + past.firstPosition()
              + "; what came before it is deleted");
    }
    System.out.println(
        clause.map(RetentionClause::clause).orElse("no agreement was in force: nothing is due"));
    System.out.printf(
        Locale.ROOT,
        "%-8s %10s %10s %10s  %-30s %s%n",
        "of",
        "held",
        "due",
        "deleted",
        "oldest came",
        "is due");
    partners.forEach(
        (n, p) ->
            System.out.printf(
                Locale.ROOT,
                "%-8s %10d %10d %10d  %-30s %s%n",
                n,
                p.held,
                p.due,
                p.deleted,
                p.held == 0 ? "" : new UtcTime(p.oldestNs),
                p.held == 0
                    ? ""
                    : clause.map(c -> new UtcTime(c.dueAt(p.oldestNs)).toString()).orElse("")));
    last.ifPresent(
        d ->
            System.out.println(
                deletions
                    + " deletions; the last: what came before "
                    + new UtcTime(d.untilWallNs())
                    + ", under "
                    + d.clause()));
  }
}
