package parallax.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import parallax.audit.AuditState;
import parallax.audit.AuditTrail;
import parallax.audit.Checkpoint;
import parallax.audit.CheckpointJudge;
import parallax.audit.CheckpointOffers;
import parallax.audit.DamagedLogException;
import parallax.audit.HeadLog;
import parallax.audit.LogEntry;
import parallax.audit.LogFiles;
import parallax.audit.LogReader;
import parallax.audit.LogWriter;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.ReportCodec;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.runtime.Remembered;
import parallax.runtime.Runner;
import parallax.signing.SigningKey;
import parallax.wire.CheckpointCodec;

/**
 * The audit log of a running node. What is durable in the journal is handed over by the loop's
 * thread and turned into entries, hashed and written by a thread of its own; a checkpoint is signed
 * at least once a second while something changes, and at the end.
 *
 * <p>The journal is what is durable: at a start the log goes on from where it was at the snapshot,
 * the entries after that are made again from what is replayed, and what is stored must agree with
 * them. If it does not, the stored log is set aside under another name, said aloud, and a new one
 * begins under a new origin, which partners can see: a node that must warn goes on, but never in
 * silence.
 */
public final class AuditLog implements AutoCloseable, Remembered {
  private static final int MOST_WAITING = 500;
  private static final int FLUSH_EVERY = 1_000;
  private static final long SIGN_EVERY_NS = 1_000_000_000L;
  private static final long POLL_MS = 200;
  private static final long RETRY_MS = 250;

  /** A head a minute: whoever is shown them learns how long the node has run. */
  private static final long HEAD_EVERY_NS = 60_000_000_000L;

  private final LogFolder folder;
  private final SigningKey key;
  private final AuditTrail trail;
  private final NodeLog log;
  private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread = new Thread(this::run, "audit");
  private OpenedLog current;
  private long position;

  /** Up to this input the stored entries are taken as they are. */
  private long trusted;

  private long signedSize;
  private Checkpoint signed;

  /** Why what is stored cannot be continued, once that is known. */
  private Optional<String> damaged = Optional.empty();

  private final HeadLog heads;
  private final LogFiles shown;
  private UtcTime lastTime;
  private volatile boolean closing;

  /** Whether the last attempt to write failed. */
  private volatile boolean failing;

  /**
   * Inputs that are durable, and the position of the first in the journal.
   *
   * @param reached is told where the log has come to after them, if anybody wants to know
   */
  private record Work(
      long position, List<Runner.Done> done, Optional<CompletableFuture<AuditState>> reached) {}

  private AuditLog(LogFolder folder, LogFolder heads, ReportCodec codec, UtcTime now)
      throws IOException {
    this.folder = folder;
    this.key = folder.key();
    this.trail = new AuditTrail(folder.nation(), folder.channel(), codec);
    this.log = folder.log();
    this.lastTime = now;
    this.current = OpenedLog.open(folder, now);
    this.heads = OpenedLog.openHeads(heads, now);
    this.shown = new LogDirectory(heads.root());
    this.signed = current.stored();
  }

  /**
   * Opens the logs of a node, or begins them. Nothing more is written until {@link #start}.
   *
   * @param root the log's directory
   * @param heads the directory of the log that partners are shown
   * @param key signs both
   * @param codec reads records of partners, for the tracks they are about
   * @param now the node's time
   */
  public static AuditLog open(
      Path root,
      Path heads,
      Nation nation,
      Channel channel,
      SigningKey key,
      ReportCodec codec,
      UtcTime now,
      NodeLog log)
      throws IOException {
    return new AuditLog(
        new LogFolder(root, "parallax/" + nation + "/" + channel + "/", nation, channel, key, log),
        new LogFolder(heads, CheckpointJudge.headLogs(nation, channel), nation, channel, key, log),
        codec,
        now);
  }

  private OpenedLog setAside(String why, long from) throws IOException {
    return OpenedLog.setAside(folder, lastTime, why, from);
  }

  @Override
  public String name() {
    return "audit";
  }

  /** Where the log has come to once all is in it that was handed over; signed up to there. */
  @Override
  public Supplier<byte[]> remember() {
    CompletableFuture<AuditState> reached = new CompletableFuture<>();
    Work mark = new Work(position + 1, List.of(), Optional.of(reached));
    if (!thread.isAlive() || !queue.offer(mark)) {
      reached.completeExceptionally(new IllegalStateException("the audit log is far behind"));
    }
    reached.orTimeout(1, TimeUnit.MINUTES);
    return () -> reached.join().toBytes();
  }

  @Override
  public void recall(byte[] bytes) {
    AuditState s = AuditState.parse(bytes);
    trail.recall(s.trail());
    position = s.position();
    Checkpoint stored = current.stored();
    boolean begunLater =
        !stored.origin().equals(s.origin()) && current.from() > position; // after the snapshot
    if (begunLater) {
      return;
    }
    try {
      if (!stored.origin().equals(s.origin())) {
        throw new DamagedLogException(Checkpoint.PATH, "origin", stored.origin(), s.origin());
      }
      current = current.goingOn(folder, s.size(), s.root());
    } catch (IOException e) {
      damaged = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Takes the stored entries as they are signed, and adds to them only what inputs gave that they
   * do not speak of: for the replay of an older journal. Before the replay.
   */
  void trustStored() throws IOException {
    Checkpoint stored = current.stored();
    LogReader reader = new LogReader(new LogDirectory(folder.root()), stored.size());
    for (long i = stored.size() - 1; i > 0 && trusted == 0; i--) {
      trusted = LogEntry.parse(reader.entry(i)).number("input").orElse(0);
    }
    if (stored.size() > 1) {
      current = current.goingOn(folder, stored.size(), stored.root());
    }
  }

  /** An input of the journal's replay and what followed from it. */
  void replayed(Input.Stamped in, List<Effect> effects) {
    append(++position, in, effects);
    if (position % FLUSH_EVERY == 0 && damaged.isEmpty()) {
      persist(() -> current.writer().flush());
    }
  }

  private void append(long at, Input.Stamped in, List<Effect> effects) {
    lastTime = UtcTime.max(lastTime, in.time());
    for (LogEntry e : trail.entries(at, in, effects)) {
      if (at >= current.from() && at > trusted) {
        LogWriter w = current.writer();
        w.append(e.bytes(current.salt().of(w.size())));
      }
    }
  }

  /**
   * Goes on from what was replayed: the stored log must be its beginning.
   *
   * @throws IOException when the log can be neither continued nor begun
   */
  public void start() throws IOException {
    LogWriter w = current.writer();
    if (damaged.isEmpty()) {
      w.flush();
    }
    List<String> differing = w.differing();
    if (damaged.isPresent()) {
      current = setAside(damaged.get(), position + 1);
    } else if (w.match() == LogWriter.Match.COMPARING) {
      current =
          setAside(
              "it holds " + w.storedSize() + " entries, the journal gives " + w.size(),
              position + 1);
    } else if (w.match() == LogWriter.Match.DIFFERENT) {
      String where = differing.isEmpty() ? Checkpoint.PATH : differing.getFirst();
      current = setAside("it is not what the journal gives, from " + where + " on", position + 1);
    } else if (!differing.isEmpty()) {
      log.say(
          "AUDIT_REPAIRED",
          differing.size()
              + " files were not as signed and were made again from the journal, the first: "
              + differing.getFirst());
    }
    signedSize = current.writer().storedSize();
    signed = current.stored();
    thread.start();
  }

  /**
   * Hands over what was stepped, in order, once it is durable; waits while the log is far behind.
   * When the log cannot be written and the node is stopping it does not wait: the next start makes
   * the rest of the log from the journal.
   *
   * @param running whether the node goes on
   * @throws IOException when the log is written no longer
   */
  void done(List<Runner.Done> done, BooleanSupplier running)
      throws IOException, InterruptedException {
    Work work = new Work(position + 1, done, Optional.empty());
    position += done.size();
    do {
      if (!thread.isAlive()) {
        throw new IOException("the audit log is written no longer");
      }
      if (failing && !running.getAsBoolean()) {
        return;
      }
    } while (!queue.offer(work, POLL_MS, TimeUnit.MILLISECONDS));
  }

  private void run() {
    long signedNs = System.nanoTime();
    long headNs = signedNs;
    try {
      while (true) {
        Work work = queue.poll(POLL_MS, TimeUnit.MILLISECONDS);
        if (work != null) {
          long at = work.position();
          for (Runner.Done d : work.done()) {
            append(at++, d.input(), d.effects());
          }
          persist(() -> current.writer().flush());
          tell(work, at - 1);
        }
        boolean last = closing && queue.isEmpty();
        if (last || System.nanoTime() - signedNs >= SIGN_EVERY_NS) {
          sign();
          signedNs = System.nanoTime();
        }
        if (!last && System.nanoTime() - headNs >= 0) {
          head();
          headNs += HEAD_EVERY_NS;
        }
        if (last) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.say("FATAL", "the audit log ends: " + e);
    } finally {
      for (Work w = queue.poll(); w != null; w = queue.poll()) {
        w.reached().ifPresent(r -> r.cancel(false));
      }
    }
  }

  /** Says where the log has come to, once that is signed. */
  private void tell(Work work, long at) {
    work.reached()
        .ifPresent(
            r -> {
              sign();
              LogWriter w = current.writer();
              r.complete(
                  new AuditState(
                      at, current.stored().origin(), w.size(), w.root(), trail.remembered()));
            });
  }

  private void sign() {
    if (current.writer().size() != signedSize) {
      persist(() -> signed = current.writer().checkpoint(key).checkpoint());
      signedSize = current.writer().size();
    }
  }

  private void head() {
    sign();
    heads.add(signed, lastTime);
    persist(heads::sign);
  }

  private interface Writing {
    void run() throws IOException;
  }

  /** Writes, trying again as long as the node runs: what is journalled is logged. */
  private void persist(Writing writing) {
    while (true) {
      try {
        writing.run();
        failing = false;
        return;
      } catch (IOException e) {
        failing = true;
        log.say(
            "AUDIT_NOT_WRITTEN",
            "the audit log waits for " + folder.root() + ": " + e.getMessage());
        if (closing) {
          return; // the next start makes it again from the journal
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  /**
   * What a partner who asks is shown: a checkpoint of the head log, from its files.
   *
   * @param question an encoded {@link CheckpointCodec.Question}
   * @throws InvalidValueException when it is none
   */
  byte[] show(byte[] question) throws IOException {
    return CheckpointCodec.encode(
        CheckpointOffers.of(shown, key, CheckpointCodec.decodeQuestion(question)));
  }

  /** Writes and signs what was handed over, and stops. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(); // returns at once when it was never started
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
