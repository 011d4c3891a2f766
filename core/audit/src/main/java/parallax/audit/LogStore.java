package parallax.audit;

import java.io.IOException;

/** Files of a log that can be written. */
public interface LogStore extends LogFiles {
  /**
   * Writes a file that no signed checkpoint speaks of yet. It need not survive a loss of power.
   *
   * @param content the file, whole
   */
  void write(String path, byte[] content) throws IOException;

  /**
   * Replaces a file, durably: whoever reads meanwhile, and after a loss of power, finds the old
   * bytes or the new ones.
   *
   * @param content the file, whole
   */
  void replace(String path, byte[] content) throws IOException;

  /** Removes a file, or a folder with all that is in it, if it is there. */
  void delete(String path) throws IOException;
}
