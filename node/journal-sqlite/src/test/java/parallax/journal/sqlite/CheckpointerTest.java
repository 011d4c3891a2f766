package parallax.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class CheckpointerTest {
  @Test
  void closeIsNotMissedByACheckpointThatIsAboutToWait() throws SQLException, InterruptedException {
    Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
    Checkpointer checkpointer = new Checkpointer(memory, 8192, (kind, line) -> {});
    checkpointer.close();
    Thread late =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    checkpointer.waitForAppender();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    late.join(20_000);
    assertFalse(late.isAlive(), "the checkpoint waits for an appender that has gone");
  }
}
