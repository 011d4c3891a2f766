package parallax.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import parallax.audit.AuditTrail;
import parallax.audit.Checkpoint;
import parallax.audit.EntrySalt;
import parallax.audit.LogEntry;
import parallax.audit.LogReader;
import parallax.audit.LogStore;
import parallax.audit.LogWriter;
import parallax.audit.NoteKey;
import parallax.files.WholeFile;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;

/**
 * The directory of one of a node's logs: begun whole or not at all, and kept under another name
 * when it cannot be continued, never overwritten.
 *
 * @param root the directory
 * @param names what the names of such logs begin with; the moment when one began follows
 * @param key signs them
 * @param log where it is said when one begins or is set aside
 */
record LogFolder(
    Path root, String names, Nation nation, Channel channel, SigningKey key, NodeLog log) {
  /** The first entry, which no input gives. */
  static final String BEGUN = "begun.json";

  /** The secret of the entries' salts. */
  static final String SALT = "salt.key";

  private static final DateTimeFormatter BEGAN =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * What a directory holds.
   *
   * @param stored the newest checkpoint, its signature verified
   * @param begun the first entry
   * @param salt makes the salts of the others
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Stored(Checkpoint stored, byte[] begun, EntrySalt salt) {
    /** The journal's position from which on it speaks of inputs. */
    long from() {
      return LogEntry.parse(begun).number("input").orElse(1);
    }
  }

  /** Reads what is there; fails when it is damaged or another key signed it. */
  Stored read() throws IOException {
    Checkpoint.Signed stored = LogReader.checkpoint(new LogDirectory(root));
    String origin = stored.checkpoint().origin();
    stored.requireSignedBy(new NoteKey(origin, NoteKey.Use.NOTE, key.key()));
    return new Stored(
        stored.checkpoint(),
        Files.readAllBytes(root.resolve(BEGUN)),
        new EntrySalt(Files.readAllBytes(root.resolve(SALT))));
  }

  /**
   * Begins a log.
   *
   * @param now the node's time
   * @param reason why it begins
   * @param from the journal's position from which on it speaks of inputs
   */
  void begin(UtcTime now, String reason, long from) throws IOException {
    String origin = names + BEGAN.format(Instant.now());
    Path fresh = root.resolveSibling(root.getFileName() + ".new");
    LogStore store = LogDirectory.durable(fresh);
    store.delete("");
    Files.createDirectories(fresh);
    byte[] secret = new byte[EntrySalt.SECRET_LENGTH];
    new SecureRandom().nextBytes(secret);
    WholeFile.writeSecret(fresh.resolve(SALT), secret);
    byte[] begun =
        AuditTrail.begun(nation, channel, origin, now, reason, from)
            .bytes(new EntrySalt(secret).of(0));
    WholeFile.write(fresh.resolve(BEGUN), begun);
    LogWriter writer = LogWriter.begin(store, origin);
    writer.append(begun);
    writer.checkpoint(key);
    Files.move(fresh, root, StandardCopyOption.ATOMIC_MOVE);
    WholeFile.force(root.resolveSibling("."));
    log.say("AUDIT", "log " + origin + " begins: " + reason);
  }

  /** Keeps what is there under another name, and begins anew. */
  void setAside(UtcTime now, String why, long from) throws IOException {
    Path aside =
        root.resolveSibling(root.getFileName() + ".set-aside-" + BEGAN.format(Instant.now()));
    Files.move(root, aside, StandardCopyOption.ATOMIC_MOVE);
    WholeFile.force(root.resolveSibling("."));
    log.say(
        "AUDIT_SET_ASIDE",
        "the log that lies there cannot be continued: "
            + why
            + ". It is kept as "
            + aside
            + ", and a new one begins, which partners can see. Find out who or what changed it");
    begin(now, "the log before was set aside: " + why, from);
  }
}
