package parallax.bench.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import parallax.journal.Transaction;
import parallax.journal.sqlite.SqliteJournal;
import parallax.journal.sqlite.SqliteOptions;
import parallax.journal.sqlite.SqliteOptions.Durability;

/** The node's own journal, its inputs alone. */
final class WholeJournal implements ReadableStore {
  private final Durability durability;
  private final SqliteJournal journal;

  WholeJournal(Path folder, Durability durability) throws IOException {
    this.durability = durability;
    journal =
        SqliteJournal.open(
            folder.resolve("journal-" + durability),
            SqliteOptions.standard().withDurability(durability));
  }

  @Override
  public String name() {
    return "journal " + durability;
  }

  @Override
  public void append(byte[][] rows) throws IOException {
    journal.append(Transaction.ofInputs(List.of(rows)));
  }

  @Override
  public long readAll() throws IOException {
    long[] sum = {0};
    journal.replay(1, (position, input) -> sum[0] += input.length);
    return sum[0];
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
