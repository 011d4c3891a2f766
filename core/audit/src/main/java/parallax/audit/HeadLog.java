package parallax.audit;

import java.io.IOException;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;

/**
 * The log that partners are shown. Each period it gets one entry, whether anything happened or not:
 * what the newest checkpoint of the audit log says, salted. Its size tells how many periods the
 * node has run and nothing else, and its roots are hashes of secrets; so a partner can hold the
 * nation to one story without learning how long the story is. Not for use by several threads at
 * once.
 *
 * <p>No journal gives these entries again: the store must be durable in all that it writes.
 */
public final class HeadLog {
  private final LogWriter writer;
  private final EntrySalt salt;
  private final Nation nation;
  private final Channel channel;
  private final SigningKey key;

  /**
   * Goes on with a log.
   *
   * @param store its files, the signature of its checkpoint verified
   * @param salt makes its salts
   * @param key the audit log's
   * @throws DamagedLogException when the files are not those that were signed
   */
  public HeadLog(LogStore store, EntrySalt salt, Nation nation, Channel channel, SigningKey key)
      throws IOException {
    this.salt = salt;
    this.nation = nation;
    this.channel = channel;
    this.key = key;
    Checkpoint stored = LogReader.checkpoint(store).checkpoint();
    LogReader reader = new LogReader(store, stored.size());
    writer = LogWriter.resume(store, stored);
    for (long b = 0; b < reader.bundles(); b++) {
      reader.bundle(b).forEach(writer::append);
    }
    if (writer.match() != LogWriter.Match.SAME) {
      throw new DamagedLogException(
          Checkpoint.PATH,
          "root that the entries give",
          Base64Text.of(writer.root()),
          Base64Text.of(stored.root()) + ", which is signed");
    }
    writer.flush();
  }

  /** How many entries it has. */
  public long size() {
    return writer.size();
  }

  /**
   * Adds an entry; touches no file.
   *
   * @param log the newest checkpoint of the audit log
   * @param now the node's time
   */
  public void add(Checkpoint log, UtcTime now) {
    writer.append(
        LogEntry.of(LogEntry.Kind.HEAD, now)
            .with("nation", nation.code())
            .with("channel", channel.name())
            .with("origin", log.origin())
            .with("size", log.size())
            .with("root", log.root())
            .build()
            .bytes(salt.of(writer.size())));
  }

  /** Writes and signs what was added; after an exception it can be called again. */
  public void sign() throws IOException {
    writer.checkpoint(key);
  }

  /**
   * Requires that a log is the one that the entries of its head log speak of. Entries of other
   * logs, which a nation had before this one, are passed over.
   *
   * @param heads the head log, checked
   * @param log the audit log, checked
   * @return how many entries speak of the log
   * @throws DamagedLogException when an entry says something else than the log does
   */
  public static long requireHeadsOf(LogReader log, String origin, LogReader heads)
      throws IOException {
    Proofs proofs = new Proofs();
    long spoken = 0;
    for (long i = 0; i < heads.size(); i++) {
      LogEntry e = LogEntry.parse(heads.entry(i));
      if (!e.kind().equals(LogEntry.Kind.HEAD.text())
          || e.text("origin").filter(origin::equals).isEmpty()) {
        continue;
      }
      long size = e.number("size").orElse(-1);
      String said = e.text("root").orElse("none");
      if (size < 0 || size > log.size()) {
        throw new DamagedLogException(
            Checkpoint.PATH,
            "number of entries",
            log.size(),
            size + " or more, as entry " + i + " of the head log says");
      }
      String found = proofs.root(size, log).toString();
      if (!found.equals(said)) {
        throw new DamagedLogException(
            Checkpoint.PATH,
            "root at " + size + " entries",
            found,
            said + ", as entry " + i + " of the head log says");
      }
      spoken++;
    }
    return spoken;
  }
}
