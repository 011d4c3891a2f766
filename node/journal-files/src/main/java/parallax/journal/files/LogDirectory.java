package parallax.journal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Which segments a directory holds. */
final class LogDirectory {
  /** What the name of a file ends with that is not whole yet. */
  static final String PART = ".part";

  private LogDirectory() {}

  /** First positions of the segments, by the names of their files. */
  static NavigableSet<Long> positions(Disk disk, Path directory) throws IOException {
    TreeSet<Long> positions = new TreeSet<>();
    for (String name : disk.names(directory)) {
      OptionalLong position = SegmentHeader.positionIn(name, SegmentHeader.SUFFIX);
      if (position.isPresent()) {
        positions.add(position.getAsLong());
      }
    }
    return positions;
  }

  /** The file of a segment. */
  static Path path(Path directory, long firstPosition) {
    return directory.resolve(SegmentHeader.fileName(firstPosition));
  }

  /** Reads the header of a segment. */
  static SegmentHeader header(Disk disk, Path directory, long firstPosition) throws IOException {
    Path path = path(directory, firstPosition);
    try (Disk.DiskFile file = disk.openToRead(path)) {
      return SegmentHeader.read(path, firstPosition, file);
    }
  }

  /**
   * Reads the headers of all segments, oldest first, and requires that they are of one log and none
   * is missing between two.
   */
  static List<SegmentHeader> headers(Disk disk, Path directory) throws IOException {
    List<SegmentHeader> headers = new ArrayList<>();
    for (long position : positions(disk, directory)) {
      SegmentHeader h = header(disk, directory, position);
      if (!headers.isEmpty()) {
        requireNext(directory, headers.getLast(), h);
      }
      headers.add(h);
    }
    return headers;
  }

  /** Requires that a segment is of the same log as another and stands behind it. */
  static void requireNext(Path directory, SegmentHeader before, SegmentHeader h)
      throws IOException {
    Path path = path(directory, h.firstPosition());
    if (!h.log().equals(before.log())) {
      throw Failures.corrupt(
          path,
          "it belongs to log "
              + h.log()
              + ", but the segments before it to log "
              + before.log()
              + ": files of two journals were mixed in this directory");
    }
    if (h.previousFirst() != before.firstPosition()) {
      throw Failures.corrupt(
          path,
          "it follows the segment "
              + SegmentHeader.fileName(Math.max(h.previousFirst(), 1))
              + ", which is missing; what is there before it is "
              + SegmentHeader.fileName(before.firstPosition()));
    }
  }

  /** Deletes what was not whole when a process ended. */
  static void deleteParts(Disk disk, Path directory, String suffix) throws IOException {
    for (String name : disk.names(directory)) {
      if (name.endsWith(suffix + PART)
          && SegmentHeader.positionIn(name.substring(0, name.length() - PART.length()), suffix)
              .isPresent()) {
        disk.delete(directory.resolve(name));
      }
    }
  }
}
