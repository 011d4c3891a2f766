package parallax.host;

import java.io.IOException;
import java.nio.file.Files;
import parallax.audit.Checkpoint;
import parallax.audit.EntrySalt;
import parallax.audit.HeadLog;
import parallax.audit.LogWriter;
import parallax.link.Digest;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;

/**
 * A log that was opened to be written on: continued, or begun because there was none, or because
 * the one that lies there cannot be continued and was set aside.
 *
 * @param writer writes it
 * @param salt makes the salts of its entries
 * @param stored the newest checkpoint when it was opened
 * @param from the journal's position from which on it speaks of inputs
 */
record OpenedLog(LogWriter writer, EntrySalt salt, Checkpoint stored, long from) {

  /** Opens the audit log of a folder. */
  static OpenedLog open(LogFolder folder, UtcTime now) throws IOException {
    if (!Files.exists(folder.root())) {
      folder.begin(now, "the first log of this node", 1);
      return resume(folder);
    }
    try {
      return resume(folder);
    } catch (IOException | InvalidValueException e) {
      return setAside(folder, now, String.valueOf(e.getMessage()), 1);
    }
  }

  /** Keeps what is there under another name, and opens a new one. */
  static OpenedLog setAside(LogFolder folder, UtcTime now, String why, long from)
      throws IOException {
    folder.setAside(now, why, from);
    return resume(folder);
  }

  private static OpenedLog resume(LogFolder folder) throws IOException {
    LogFolder.Stored stored = folder.read();
    LogWriter writer = LogWriter.resume(new LogDirectory(folder.root()), stored.stored());
    writer.append(stored.begun());
    return new OpenedLog(writer, stored.salt(), stored.stored(), stored.from());
  }

  /**
   * The same after some of its entries, which need not be appended again.
   *
   * @param size how many entries
   * @param root the root over these
   * @throws IOException when that is not what is stored
   */
  OpenedLog goingOn(LogFolder folder, long size, Digest root) throws IOException {
    LogWriter after = LogWriter.resume(new LogDirectory(folder.root()), stored, size, root);
    return new OpenedLog(after, salt, stored, from);
  }

  /** Opens the log of checkpoints of a folder, which partners are shown. */
  static HeadLog openHeads(LogFolder folder, UtcTime now) throws IOException {
    if (!Files.exists(folder.root())) {
      folder.begin(now, "the first head log of this node", 1);
    }
    try {
      return resumeHeads(folder);
    } catch (IOException | InvalidValueException e) {
      folder.setAside(now, String.valueOf(e.getMessage()), 1);
      return resumeHeads(folder);
    }
  }

  private static HeadLog resumeHeads(LogFolder folder) throws IOException {
    LogFolder.Stored stored = folder.read();
    return new HeadLog(
        LogDirectory.durable(folder.root()),
        stored.salt(),
        folder.nation(),
        folder.channel(),
        folder.key());
  }
}
