package parallax.journal.sqlite.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Another program that has the journal's database open: a process of its own. */
public final class OtherProgram implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  private OtherProgram(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.US_ASCII);
  }

  /**
   * Starts one that carries out {@code sql}, and holds what it got by that until it is released.
   */
  public static OtherProgram holding(Path journal, String... sql) throws IOException {
    OtherProgram p =
        new OtherProgram(
            ChildJava.start(
                OtherProgram.class,
                journal.resolve("journal.db").toString(),
                String.join(";", sql)));
    assertEquals("held", p.answers.readLine());
    return p;
  }

  /** Makes it let go and end; returns when it has. */
  public void release() {
    try {
      process.getOutputStream().close();
      assertEquals("released", answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The other program: a database, and SQL divided by semicolons. */
  public static void main(String[] args) throws SQLException, IOException {
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
        Statement s = c.createStatement()) {
      for (String sql : args[1].split(";", -1)) {
        s.execute(sql);
      }
      System.out.println("held");
      System.in.readAllBytes(); // until whoever started this closes it
    }
    System.out.println("released");
  }
}
