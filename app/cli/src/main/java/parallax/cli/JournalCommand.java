package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.host.PastJournal;
import parallax.journal.JournalException;
import parallax.journal.log.LogSegment;
import parallax.model.UtcTime;
import parallax.warning.AdministrativeArea;
import parallax.wire.EventCodec;
import parallax.wire.EventMemory;
import parallax.wire.NodeEvent;
import parallax.wire.SnapshotCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax journal}: what a node keeps on its disk. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description =
        "Shows what a node's journal and its snapshots hold. Works on a running node's directory,"
            + " which it does not hold up, and on a copy.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {JournalCommand.Status.class, JournalCommand.Show.class})
final class JournalCommand {
  private static final String DIR = "a node's directory, or a journal's, or a copy";

  private JournalCommand() {}

  /** {@code parallax journal status}. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = {
        "Lists the segments and the snapshots of a journal, and says from when on pictures of the"
            + " past can be shown.",
        "Exit code 1 when something is damaged."
      })
  static final class Status implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = DIR)
    private Path directory = Path.of("");

    @Option(names = "--check", description = "Read every input and every snapshot whole.")
    private boolean check;

    private final List<String> damage = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
      try (PastJournal past = PastJournal.open(JournalPlace.of(directory))) {
        segments(past.segments());
        snapshots(past.snapshots());
        ends(past);
        if (check) {
          checked(past);
        }
      }
      damage.forEach(d -> System.out.println("damaged: " + d));
      return damage.isEmpty() ? 0 : 1;
    }

    private static void segments(List<LogSegment> segments) {
      System.out.printf(Locale.ROOT, "%-16s %-30s %14s%n", "segment from", "begun", "bytes");
      for (LogSegment s : segments) {
        System.out.printf(
            Locale.ROOT,
            "%-16d %-30s %14d%n",
            s.firstPosition(),
            s.createdNs() == 0 ? "not known" : new UtcTime(s.createdNs()),
            s.bytes());
      }
    }

    private void snapshots(List<PastJournal.Kept> snapshots) {
      System.out.printf(
          Locale.ROOT, "%-16s %-30s %14s  %s%n", "snapshot before", "node's time", "bytes", "by");
      for (PastJournal.Kept k : snapshots.reversed()) {
        k.about().ifPresentOrElse(a -> snapshot(k, a), () -> System.out.println(k.file()));
        k.damage().ifPresent(d -> damage.add(k.file() + ": " + d));
      }
      if (snapshots.isEmpty()) {
        System.out.println("none yet");
      }
    }

    private static void snapshot(PastJournal.Kept k, SnapshotCodec.About a) {
      System.out.printf(
          Locale.ROOT,
          "%-16d %-30s %14d  version %s%n",
          a.nextPosition(),
          time(a.time()),
          k.bytes(),
          a.software());
    }

    private void ends(PastJournal past) throws JournalException {
      try {
        Optional<PastJournal.Placed> first = past.first();
        first.ifPresent(p -> System.out.println("first input  " + text(p)));
        past.last().ifPresent(p -> System.out.println("last input   " + text(p)));
        if (first.isEmpty()) {
          System.out.println("no input is kept yet");
        }
        System.out.println(
            past.picturesSince()
                .map(t -> "pictures can be shown from " + time(t) + " on")
                .orElse("no picture can be shown"));
        past.stoppedBy().ifPresent(w -> System.out.println("behind the last input: " + w));
      } catch (JournalException e) {
        requireDamage(e);
      }
    }

    private static String text(PastJournal.Placed p) {
      return p.position() + " at " + time(p.in().time());
    }

    private void checked(PastJournal past) throws JournalException {
      long[] read = {0};
      try {
        var unused = past.entries(1, (position, in, facts) -> read[0]++);
      } catch (JournalException e) {
        requireDamage(e);
      }
      for (String d : past.damaged()) {
        String file = d.substring(0, Math.max(0, d.indexOf(':')));
        if (damage.stream().noneMatch(said -> said.startsWith(file + ":"))) {
          damage.add(d);
        }
      }
      System.out.println(
          "read " + read[0] + " inputs and " + past.snapshots().size() + " snapshots");
    }

    /** What is damaged is told with the rest; anything else ends the command. */
    private void requireDamage(JournalException e) throws JournalException {
      if (e.kind() != JournalException.Kind.CORRUPT) {
        throw e;
      }
      String what = String.valueOf(e.getMessage());
      if (!damage.contains(what)) {
        damage.add(what);
      }
    }
  }

  private static String time(UtcTime t) {
    return t.nanos() == Long.MIN_VALUE ? "none yet" : t.toString();
  }

  /** {@code parallax journal show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the inputs of a journal, each with what followed from it and is stored.",
        "With --at it shows what the node knew at a moment of the past: the launches, the alerts"
            + " that stood, and the newest decisions."
      })
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = DIR)
    private Path directory = Path.of("");

    @Option(
        names = "--at",
        paramLabel = "TIME",
        description = "The moment, by the node's time, for example 2026-11-24T23:00:00Z.")
    private @Nullable String at;

    @Option(
        names = "--from",
        paramLabel = "POSITION",
        description = "The first input to print (default: the first that is kept).")
    private @Nullable Long from;

    @Option(
        names = "--most",
        paramLabel = "N",
        defaultValue = "100",
        description =
            "How many inputs, or decisions, to print at most (default: ${DEFAULT-VALUE}).")
    private long most;

    @Override
    public Integer call() throws IOException {
      if (at != null && from != null) {
        throw new WrongUse("--at and --from; expected one of them");
      }
      if (most < 1 || (from != null && from < 1)) {
        throw new WrongUse("--from and --most; expected numbers from 1 on");
      }
      try (PastJournal past = PastJournal.open(JournalPlace.of(directory))) {
        if (at != null) {
          moment(past.at(PartnerCommand.time(at)), past::area);
        } else {
          past.some(from == null ? 1 : from, most, JournalText::print);
        }
      }
      return 0;
    }

    private void moment(PastJournal.Moment m, Function<String, AdministrativeArea> areas) {
      Situation known = new Situation();
      List<Effect.DecisionRecorded> decisions = new ArrayList<>();
      for (EventMemory.Held h : m.events().events()) {
        if (h.effect() instanceof Effect.DecisionRecorded d) {
          decisions.add(d);
        }
        EventCodec.encode(h.id(), h.time(), h.wallNs(), 0, h.effect())
            .map(b -> EventCodec.decode(b, areas))
            .ifPresent(known::take);
      }
      System.out.println("at " + time(m.time()));
      print(new SituationCommand.Launches(), known);
      known.keepAlerts(a -> stands(a, m.time()));
      print(new SituationCommand.Alerts(), known);
      int skip = (int) Math.max(0, decisions.size() - most);
      decisions.stream().skip(skip).forEach(d -> System.out.println(JournalText.decision(d)));
      System.out.println(m.replayed() + " inputs replayed");
    }

    private static void print(SituationCommand what, Situation s) {
      var all = what.of(s).keySet();
      all.forEach(System.out::println);
      if (all.isEmpty()) {
        System.out.println(what.nothing());
      }
    }

    /** Whether an alert has neither been cancelled nor run out. */
    private static boolean stands(NodeEvent.AlertSent a, UtcTime now) {
      return !a.messageType().equals("CANCEL")
          && a.areas().stream().anyMatch(r -> r.latest().isAfter(now));
    }
  }
}
