package parallax.node.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import parallax.audit.AuditTrail;
import parallax.audit.Checkpoint;
import parallax.audit.EntrySalt;
import parallax.audit.LogEntry;
import parallax.audit.LogReader;
import parallax.audit.LogWriter;
import parallax.audit.NoteKey;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.ReportCodec;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.node.store.LogDirectory;
import parallax.runtime.Runner;
import parallax.signing.SigningKey;

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
  /** The first entry, which no input gives. */
  static final String BEGUN = "begun.json";

  /** The secret of the entries' salts. */
  static final String SALT = "salt.key";

  private static final int MOST_WAITING = 500;
  private static final int FLUSH_EVERY = 1_000;
  private static final long SIGN_EVERY_NS = 1_000_000_000L;
  private static final long POLL_MS = 200;
  private static final long RETRY_MS = 250;
  private static final DateTimeFormatter BEGAN =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path root;
  private final Nation nation;
  private final Channel channel;
  private final SigningKey key;
  private final AuditTrail trail;
  private final NodeLog log;
  private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread = new Thread(this::run, "audit");
  private Current current;
  private long position;
  private long signedSize;
  private UtcTime lastTime;
  private volatile boolean closing;

  /** Inputs that are durable, and the position of the first in the journal. */
  private record Work(long position, List<Runner.Done> done) {}

  /**
   * The log being written.
   *
   * @param from the journal's position from which on it speaks of inputs
   */
  private record Current(LogWriter writer, EntrySalt salt, String origin, long from) {}

  private AuditLog(
      Path root,
      Nation nation,
      Channel channel,
      SigningKey key,
      ReportCodec codec,
      UtcTime now,
      NodeLog log)
      throws IOException {
    this.root = root;
    this.nation = nation;
    this.channel = channel;
    this.key = key;
    this.trail = new AuditTrail(nation, channel, codec);
    this.log = log;
    this.lastTime = now;
    this.current = openOrBegin();
  }

  /**
   * Opens the log of a node, or begins it. Nothing of it is written until {@link #start}.
   *
   * @param root its directory
   * @param key signs it
   * @param codec reads records of partners, for the tracks they are about
   * @param now the node's time
   */
  public static AuditLog open(
      Path root,
      Nation nation,
      Channel channel,
      SigningKey key,
      ReportCodec codec,
      UtcTime now,
      NodeLog log)
      throws IOException {
    return new AuditLog(root, nation, channel, key, codec, now, log);
  }

  private Current openOrBegin() throws IOException {
    if (!Files.exists(root)) {
      return begin("the first log of this node", 1);
    }
    try {
      return resume();
    } catch (IOException | InvalidValueException e) {
      return setAside(String.valueOf(e.getMessage()), 1);
    }
  }

  private Current resume() throws IOException {
    LogDirectory store = new LogDirectory(root);
    Checkpoint.Signed stored = LogReader.checkpoint(store);
    String origin = stored.checkpoint().origin();
    stored.requireSignedBy(new NoteKey(origin, NoteKey.Use.NOTE, key.key()));
    byte[] begun = Files.readAllBytes(root.resolve(BEGUN));
    LogEntry first = LogEntry.parse(begun);
    LogWriter writer = LogWriter.resume(store, stored.checkpoint());
    writer.append(begun);
    return new Current(
        writer,
        new EntrySalt(Files.readAllBytes(root.resolve(SALT))),
        origin,
        first.number("input").orElse(1));
  }

  private Current begin(String reason, long from) throws IOException {
    String began = BEGAN.format(Instant.now());
    String origin = "parallax/" + nation + "/" + channel + "/" + began;
    Path fresh = root.resolveSibling(root.getFileName() + ".new");
    new LogDirectory(fresh).delete("");
    Files.createDirectories(fresh);
    byte[] secret = new byte[EntrySalt.SECRET_LENGTH];
    new SecureRandom().nextBytes(secret);
    Path salt = fresh.resolve(SALT);
    Files.createFile(
        salt, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(salt, secret);
    byte[] begun =
        AuditTrail.begun(nation, channel, origin, lastTime, reason, from)
            .bytes(new EntrySalt(secret).of(0));
    Files.write(fresh.resolve(BEGUN), begun);
    LogWriter writer = LogWriter.begin(new LogDirectory(fresh), origin);
    writer.append(begun);
    writer.checkpoint(key);
    Files.move(fresh, root, StandardCopyOption.ATOMIC_MOVE);
    log.say("AUDIT", "log " + origin + " begins: " + reason);
    return resume();
  }

  private Current setAside(String why, long from) throws IOException {
    Path aside =
        root.resolveSibling(root.getFileName() + ".set-aside-" + BEGAN.format(Instant.now()));
    Files.move(root, aside, StandardCopyOption.ATOMIC_MOVE);
    log.say("AUDIT_SET_ASIDE", "the log is kept as " + aside + " and not continued: " + why);
    return begin("the log before was set aside: " + why, from);
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
      if (at >= current.from()) {
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
    thread.start();
  }

  /**
   * Hands over what was stepped, in order, once it is durable; waits while the log is far behind.
   *
   * @throws IOException when the log is written no longer
   */
  void done(List<Runner.Done> done) throws IOException, InterruptedException {
    Work work = new Work(position + 1, done);
    position += done.size();
    do {
      if (!thread.isAlive()) {
        throw new IOException("the audit log is written no longer");
      }
    } while (!queue.offer(work, POLL_MS, TimeUnit.MILLISECONDS));
  }

  private void run() {
    long signedNs = System.nanoTime();
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
      persist(() -> current.writer().checkpoint(key));
      signedSize = current.writer().size();
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  /** Writes, trying again as long as the node runs: what is journalled is logged. */
  private void persist(Writing writing) {
    while (true) {
      try {
        writing.run();
        return;
      } catch (IOException e) {
        log.say("AUDIT_NOT_WRITTEN", "the audit log waits for " + root + ": " + e.getMessage());
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
