package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import parallax.journal.log.BatchFormat;
import parallax.journal.log.EntryLog;
import parallax.journal.log.LogSegment;
import parallax.journal.log.contract.EntryLogContract;

final class SegmentLogContractTest extends EntryLogContract {
  private static final LogOptions OPTIONS =
      LogOptions.standard().withSegments(SEGMENT_BYTES, SEGMENT_AGE_NS).withRoomBytes(8 << 10);

  @TempDir private Path folder = Path.of("");

  private Path directory() {
    return folder.resolve("journal");
  }

  @Override
  protected EntryLog open() throws IOException {
    return SegmentLog.open(directory(), OPTIONS, 0, (kind, line) -> {});
  }

  @Override
  protected void corrupt(long position) throws IOException {
    Disk disk = new RealDisk();
    for (long first : LogDirectory.positions(disk, directory())) {
      Path path = LogDirectory.path(directory(), first);
      try (Disk.DiskFile file = disk.openToWrite(path)) {
        BatchScan scan = new BatchScan(path, file, SegmentHeader.read(path, first, file));
        long before = scan.at().offset();
        while (scan.next() != null) {
          if (scan.at().position() > position) {
            byte[] all = Files.readAllBytes(path);
            int place = (int) before + BatchFormat.HEADER_BYTES + 8;
            file.write(ByteBuffer.wrap(new byte[] {(byte) (all[place] ^ 1)}), place);
            return;
          }
          before = scan.at().offset();
        }
      }
    }
    throw new AssertionError("there is no entry " + position);
  }

  @Override
  protected void fillDisk(EntryLog log) throws IOException {
    long used = log.segments().stream().mapToLong(LogSegment::bytes).sum();
    ((SegmentLog) log).limitBytes(used + (1 << 20));
  }

  @Override
  protected void freeDisk(EntryLog log) throws IOException {
    ((SegmentLog) log).limitBytes(Long.MAX_VALUE);
  }
}
