package parallax.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
import parallax.runtime.Runner;
import parallax.signing.SigningKey;
import parallax.wire.CheckpointCodec;

/**
 * The audit log of a running node. What is durable in the journal is handed over by the loop's
 * thread and turned into entries, hashed and written by a thread of its own; a checkpoint is signed
 * at least once a second while something changes, and at the end.
 *
 * <p>The journal is what is durable: at a start the entries are made again from its replay, and
 * what is stored must be their beginning. If it is not, the stored log is set aside under another
 * name, said aloud, and a new one begins under a new origin, which partners can see: a node that
 * must warn goes on, but never in silence.
 */
public final class AuditLog implements AutoCloseable {
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
  private long trusted;
  private long signedSize;
  private Checkpoint signed;
  private final HeadLog heads;
  private final LogFiles shown;
  private UtcTime lastTime;
  private volatile boolean closing;

  /** Whether the last attempt to write failed. */
  private volatile boolean failing;

  /** Inputs that are durable, and the position of the first in the journal. */
  private record Work(long position, List<Runner.Done> done) {}

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

  /**
   * Takes the entries on inputs up to a position from the stored log, not from the journal's
   * replay: records of partners were deleted from those inputs, so that other entries follow from
   * them now. The signed root must still be theirs. Before the replay.
   */
  void trustThrough(long through) throws IOException {
    if (through == 0) {
      return;
    }
    LogReader stored = new LogReader(new LogDirectory(folder.root()), current.stored().size());
    try {
      for (long b = 0; b < stored.bundles(); b++) {
        List<byte[]> entries = stored.bundle(b);
        for (int i = b == 0 ? 1 : 0; i < entries.size(); i++) {
          long input = LogEntry.parse(entries.get(i)).number("input").orElse(0);
          if (input > through) {
            return;
          }
          current.writer().append(entries.get(i));
          trusted = input;
        }
        persist(() -> current.writer().flush());
      }
    } catch (DamagedLogException | InvalidValueException e) {
      trusted = 0;
      current = setAside(String.valueOf(e.getMessage()), through + 1);
    }
  }

  /** An input of the journal's replay and what followed from it. */
  void replayed(Input.Stamped in, List<Effect> effects) {
    append(++position, in, effects);
    if (position % FLUSH_EVERY == 0) {
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
    w.flush();
    List<String> differing = w.differing();
    if (w.match() == LogWriter.Match.COMPARING) {
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
    Work work = new Work(position + 1, done);
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
    }
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
