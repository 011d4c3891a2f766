package parallax.audit;

import java.io.IOException;

/** Files of a log that can be written. */
public interface LogStore extends LogFiles {
  /**
   * Writes a file whole: whoever reads meanwhile sees the old bytes or the new ones.
   *
   * @param forced whether it must be durable when this returns
   */
  void write(String path, byte[] content, boolean forced) throws IOException;

  /** Removes a file, or a folder with all that is in it, if it is there. */
  void delete(String path) throws IOException;
}
