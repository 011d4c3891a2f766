package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** What the store asks of a file system; tests put one in its place that fails. */
interface Disk {
  /** An open file. Every method may be called from any thread. */
  interface DiskFile extends AutoCloseable {
    /** Reads at a place as much as is there and fits; how much that was, 0 at the end. */
    int read(ByteBuffer into, long place) throws IOException;

    /** Writes all of a buffer at a place. */
    void write(ByteBuffer from, long place) throws IOException;

    /** Makes durable what was written; with {@code metadata} also length and times of the file. */
    void force(boolean metadata) throws IOException;

    /** How long the file is, bytes. */
    long size() throws IOException;

    /** Cuts the file. */
    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Opens a file that is there, for reading alone. */
  DiskFile openToRead(Path file) throws IOException;

  /** Opens a file that is there. */
  DiskFile openToWrite(Path file) throws IOException;

  /** Makes an empty file, in the place of what is there. */
  DiskFile create(Path file) throws IOException;

  /** Gives a file its name, in the place of what is there, at once. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file; one that is not there is no error. */
  void delete(Path file) throws IOException;

  /** Makes durable which files a directory holds under which names. */
  void syncDirectory(Path directory) throws IOException;

  /** The names in a directory, sorted. */
  List<String> names(Path directory) throws IOException;
}
