package parallax.bench.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import parallax.journal.files.LogOptions;
import parallax.journal.files.SegmentLog;
import parallax.journal.log.JournalEntry;

/** The log in segment files, as a node writes it. */
final class SegmentFiles implements Store {
  private final SegmentLog log;

  SegmentFiles(Path folder) throws IOException {
    log = SegmentLog.open(folder.resolve("segments"), LogOptions.standard(), 0, (k, line) -> {});
  }

  @Override
  public String name() {
    return "segment files";
  }

  @Override
  public void append(byte[][] rows) throws IOException {
    log.append(Arrays.stream(rows).map(JournalEntry::of).toList());
  }

  @Override
  public long readAll() throws IOException {
    long[] sum = {0};
    log.replay(1, (position, input, facts) -> sum[0] += input.length);
    return sum[0];
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
