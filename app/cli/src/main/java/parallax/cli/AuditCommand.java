package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.audit.Checkpoint;
import parallax.audit.DamagedLogException;
import parallax.audit.ForkProof;
import parallax.audit.HeadLog;
import parallax.audit.LogCheck;
import parallax.audit.LogComparison;
import parallax.audit.LogEntry;
import parallax.audit.LogFiles;
import parallax.audit.LogReader;
import parallax.audit.MerkleHasher;
import parallax.audit.NoteKey;
import parallax.audit.Receipt;
import parallax.host.HeldCheckpoints;
import parallax.host.LogDirectory;
import parallax.host.NodeDirectory;
import parallax.model.InvalidValueException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description =
        "Checks, searches and proves from a node's tamper-evident log; works on a running node's"
            + " directory and on a copy.",
    subcommands = {
      AuditCommand.Verify.class,
      AuditCommand.Prove.class,
      AuditCommand.VerifyReceipt.class,
      AuditSearch.class,
      AuditCommand.Compare.class,
      AuditCommand.VerifyFork.class,
      AuditCheckpoints.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {
  static final String KEY_HELP =
      "the log's public key, log-<CHANNEL>.pub (default: the one in the node's keys/)";

  /** What may find out that something is not as it was signed. */
  interface Checking {
    int run() throws IOException;
  }

  /** Runs a check; what is wrong becomes one line and exit code 1. */
  static int check(Checking checking) throws IOException {
    try {
      return checking.run();
    } catch (DamagedLogException | InvalidValueException e) {
      System.err.println("BAD: " + e.getMessage());
      return 1;
    }
  }

  /** One line on a checkpoint. */
  static String describe(Checkpoint c) {
    return c.origin() + ", " + c.size() + " entries, root " + c.root();
  }

  /** {@code parallax audit verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Checks every entry and tile of a log against its signed checkpoint. Exit code 1 and one"
              + " line when anything was changed.")
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "a node's directory, or a log's, or a copy")
    private Path directory = Path.of("");

    @Option(names = "--key", paramLabel = "FILE", description = KEY_HELP)
    private @Nullable Path key;

    @Override
    public Integer call() throws IOException {
      LogPlace place = LogPlace.directory(directory);
      return check(
          () -> {
            NoteKey k = place.requiredKey(key);
            List<String> deletions = new ArrayList<>();
            Checkpoint.Signed signed =
                new LogCheck(place.log()).check(k, (i, e) -> deleted(i, e, deletions));
            System.out.println("good: " + describe(signed.checkpoint()));
            System.out.println("signed with " + k.key().fingerprint());
            deletions.forEach(System.out::println);
            Optional<Path> heads = place.node().map(NodeDirectory::heads);
            if (heads.filter(Files::isDirectory).isPresent()) {
              heads(
                  new LogDirectory(heads.get()),
                  k,
                  new LogReader(place.log(), size(signed)),
                  signed);
            }
            return 0;
          });
    }

    /** The journal gives other entries before such a one than it did when they were made. */
    private static void deleted(long index, byte[] entry, List<String> out) {
      LogEntry e = LogEntry.parse(entry);
      if (e.kind().equals(LogEntry.Kind.DELETED.text())) {
        out.add(
            "entry "
                + index
                + ": "
                + whatWasDeleted(e)
                + e.text("until").orElse("")
                + " is deleted under "
                + e.text("clause").orElse("")
                + "; the journal holds their SHA-256 up to input "
                + e.number("through").orElse(0));
      }
    }

    private static String whatWasDeleted(LogEntry e) {
      long records = e.number("records").orElse(0);
      return records > 0
          ? records + " records of partners that came before "
          : "what partners told before ";
    }

    private static long size(Checkpoint.Signed signed) {
      return signed.checkpoint().size();
    }

    /** What partners were shown must speak of this log. */
    private static void heads(
        LogFiles files, NoteKey logKey, LogReader log, Checkpoint.Signed signed)
        throws IOException {
      String name = LogReader.checkpoint(files).checkpoint().origin();
      Checkpoint.Signed head =
          new LogCheck(files).check(new NoteKey(name, NoteKey.Use.NOTE, logKey.key()));
      long spoken =
          HeadLog.requireHeadsOf(
              log, signed.checkpoint().origin(), new LogReader(files, size(head)));
      System.out.println(
          "good: " + describe(head.checkpoint()) + "; " + spoken + " of them speak of this log");
    }
  }

  /** {@code parallax audit prove}. */
  @Command(
      name = "prove",
      mixinStandardHelpOptions = true,
      description =
          "Makes a receipt: one file that shows to anybody who has the log's public key that an"
              + " entry is in the log.")
  static final class Prove implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "a node's directory, or a log's, or a copy")
    private Path directory = Path.of("");

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(
        names = "--partner",
        paramLabel = "XXX",
        description = "with --record: the one told to, or by, this partner")
    private @Nullable String partner;

    @Option(names = "--key", paramLabel = "FILE", description = KEY_HELP)
    private @Nullable Path key;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "where to, usually named .tlog-proof (default: standard output)")
    private @Nullable Path out;

    /** Which entry. */
    static final class Which {
      @Option(names = "--entry", paramLabel = "N", description = "the entry's number, from 0")
      private @Nullable Long entry;

      @Option(
          names = "--record",
          paramLabel = "HASH",
          description = "the one that speaks of the record with this SHA-256")
      private @Nullable String record;
    }

    @Override
    public Integer call() throws IOException {
      GivenFile.requireWritable("--out", out);
      LogPlace place = LogPlace.directory(directory);
      return check(
          () -> {
            Checkpoint.Signed signed = place.signed();
            signed.requireSignedBy(place.requiredKey(key));
            LogReader log = new LogReader(place.log(), signed.checkpoint().size());
            byte[] receipt = Receipt.of(log, entry(log), signed).bytes();
            if (out == null) {
              System.out.write(receipt, 0, receipt.length);
              System.out.flush();
            } else {
              Files.write(out, receipt);
              System.out.println(out);
            }
            return 0;
          });
    }

    private long entry(LogReader log) throws IOException {
      Long number = which.entry;
      if (number != null) {
        if (number < 0 || number >= log.size()) {
          throw new WrongUse("--entry is " + number + "; expected 0 to " + (log.size() - 1));
        }
        return number;
      }
      String hash = String.valueOf(which.record).toLowerCase(Locale.ROOT);
      if (!hash.matches("[0-9a-f]{64}")) {
        throw new WrongUse("--record is " + hash + "; expected 64 hexadecimal digits");
      }
      List<Long> found = new ArrayList<>();
      for (long b = 0; b < log.bundles(); b++) {
        List<byte[]> entries = log.bundle(b);
        for (int i = 0; i < entries.size(); i++) {
          LogEntry e = LogEntry.parse(entries.get(i));
          if (e.record().filter(hash::equals).isPresent()
              && (partner == null || e.text("partner").filter(partner::equals).isPresent())) {
            found.add(b * LogReader.BUNDLE + i);
          }
        }
      }
      if (found.size() != 1) {
        throw new WrongUse(
            found.isEmpty()
                ? "no entry speaks of record " + hash
                : "entries " + found + " speak of record " + hash + "; choose one by --entry");
      }
      return found.getFirst();
    }
  }

  /** {@code parallax audit verify-receipt}. */
  @Command(
      name = "verify-receipt",
      mixinStandardHelpOptions = true,
      description =
          "Checks a receipt with the log's public key alone, and shows the entry that it proves.")
  static final class VerifyReceipt implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the receipt")
    private Path file = Path.of("");

    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "the log's public key, log-<CHANNEL>.pub")
    private Path key = Path.of("");

    @Option(
        names = "--record",
        paramLabel = "FILE",
        description = "the record's bytes: they must be those that the entry names")
    private @Nullable Path record;

    @Override
    public Integer call() throws IOException {
      return check(
          () -> {
            Receipt r = LogPlace.parse(file, Receipt::parse);
            Checkpoint c = r.checkpoint().checkpoint();
            NoteKey k = LogPlace.readKey(key, c.origin());
            LogEntry e = r.verify(k);
            if (record != null) {
              requireRecord(e, record);
            }
            System.out.println(AuditSearch.line(r.index(), e));
            System.out.println("good: entry " + r.index() + " of " + describe(c));
            System.out.println("signed with " + k.key().fingerprint());
            return 0;
          });
    }

    private static void requireRecord(LogEntry e, Path record) {
      byte[] bytes = GivenFile.bytes(record, "the record's bytes");
      String found = new MerkleHasher().plain(bytes).toString();
      if (!e.record().filter(found::equals).isPresent()) {
        throw new InvalidValueException(
            "SHA-256 of " + record, found, e.record().orElse("none") + ", as the entry says");
      }
    }
  }

  /** {@code parallax audit compare}. */
  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      description =
          "Says whether two copies or checkpoints are of one append-only log. Exit code 1 when they"
              + " are not, with the proof of it. Of two folders of held checkpoints, as two"
              + " partners keep them of a third, those of the same size are compared.")
  static final class Compare implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "a log's directory or a checkpoint")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "another")
    private Path second = Path.of("");

    @Option(names = "--key", paramLabel = "FILE", description = KEY_HELP)
    private @Nullable Path key;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "where the proof of a fork goes, for parallax audit verify-fork")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
      GivenFile.requireWritable("--out", out);
      if (HeldCheckpoints.isFolder(first) && HeldCheckpoints.isFolder(second)) {
        return held();
      }
      LogPlace a = LogPlace.of(first);
      LogPlace b = LogPlace.of(second);
      return check(
          () -> {
            Optional<NoteKey> known = a.key(key).or(() -> keyOf(b));
            if (known.isEmpty()) {
              throw new WrongUse("the key of the log is not here; name it by --key");
            }
            return say(LogComparison.of(a.view(known.get()), b.view(known.get())));
          });
    }

    private int held() throws IOException {
      Path file = key;
      if (file == null) {
        throw new WrongUse("the key of the log is not here; name it by --key");
      }
      return check(
          () -> {
            List<LogComparison.View> theirs = views(second, file);
            int compared = 0;
            for (LogComparison.View a : views(first, file)) {
              for (LogComparison.View b : theirs) {
                Checkpoint ca = a.checkpoint().checkpoint();
                Checkpoint cb = b.checkpoint().checkpoint();
                if (ca.origin().equals(cb.origin()) && ca.size() == cb.size()) {
                  compared++;
                  if (LogComparison.of(a, b) instanceof LogComparison.Forked f) {
                    return say(f);
                  }
                }
              }
            }
            if (compared == 0) {
              System.err.println("cannot tell: no size of one log is held by both");
              return 1;
            }
            System.out.println("good: the same at " + compared + " sizes that both hold");
            return 0;
          });
    }

    private static List<LogComparison.View> views(Path folder, Path key) throws IOException {
      List<LogComparison.View> out = new ArrayList<>();
      for (Path p : new HeldCheckpoints(folder).checkpoints()) {
        LogPlace place = LogPlace.of(p);
        out.add(place.view(LogPlace.readKey(key, place.signed().checkpoint().origin())));
      }
      return out;
    }

    private static Optional<NoteKey> keyOf(LogPlace place) {
      try {
        return place.key(null);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private int say(LogComparison comparison) throws IOException {
      return switch (comparison) {
        case LogComparison.Same s -> {
          System.out.println("good: the same log at the same size");
          yield 0;
        }
        case LogComparison.Grown g -> {
          System.out.println(
              "good: one log; its first "
                  + g.first()
                  + " of "
                  + g.second()
                  + " entries are the same");
          yield 0;
        }
        case LogComparison.OtherLog o -> {
          System.err.println("BAD: two logs, " + o.first() + " and " + o.second());
          yield 1;
        }
        case LogComparison.CannotTell c -> {
          System.err.println("cannot tell: needed are " + c.needed());
          yield 1;
        }
        case LogComparison.Forked f -> {
          System.err.println(forked(f));
          if (out != null) {
            Files.write(out, f.proof().bytes());
            System.err.println("proof: " + out);
          }
          yield 1;
        }
      };
    }

    private static String forked(LogComparison.Forked f) {
      Checkpoint small = f.proof().smaller().checkpoint();
      Checkpoint large = f.proof().larger().checkpoint();
      return "FORK: "
          + small.origin()
          + " was signed in two versions: at "
          + small.size()
          + " entries with root "
          + small.root()
          + ", but the log of "
          + large.size()
          + " had "
          + f.proof().rootThen()
          + " then"
          + (f.firstEntry().isPresent()
              ? "; the first entry that differs is " + f.firstEntry().getAsLong()
              : "");
    }
  }

  /** {@code parallax audit verify-fork}. */
  @Command(
      name = "verify-fork",
      mixinStandardHelpOptions = true,
      description = "Checks the proof that a log was signed in two versions.")
  static final class VerifyFork implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the proof")
    private Path file = Path.of("");

    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "the log's public key, log-<CHANNEL>.pub")
    private Path key = Path.of("");

    @Override
    public Integer call() throws IOException {
      return check(
          () -> {
            ForkProof proof = LogPlace.parse(file, ForkProof::parse);
            String origin = proof.smaller().checkpoint().origin();
            proof.verify(LogPlace.readKey(key, origin));
            System.out.println(
                "proven: the owner of "
                    + origin
                    + " signed two versions of it, at "
                    + proof.smaller().checkpoint().size()
                    + " and at "
                    + proof.larger().checkpoint().size()
                    + " entries");
            return 0;
          });
    }
  }
}
