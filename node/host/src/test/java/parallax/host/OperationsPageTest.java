package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says of the lines of the log. */
class OperationsPageTest {
  @Test
  void everyLineThatAsksForActionHasARowThatSaysWhatToDo() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("parallax.root", "..")).resolve("docs/operations.md"));
    List<String> rows = page.lines().filter(l -> l.startsWith("| `")).toList();
    List<String> missing =
        NodeLog.WARNINGS.stream()
            .filter(kind -> rows.stream().noneMatch(r -> r.contains("`" + kind + "`")))
            .toList();
    assertEquals(List.of(), missing);
  }
}
