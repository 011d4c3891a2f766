package parallax.audit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The files of a log, wherever they are; paths as in C2SP tlog-tiles, with {@code /}. */
public interface LogFiles {
  /** The file's bytes; empty when there is none. */
  Optional<byte[]> read(String path) throws IOException;

  /**
   * What is in a folder, in any order: names of files, and names of folders with a {@code /}
   * behind; empty when there is no such folder.
   */
  List<String> list(String folder) throws IOException;
}
