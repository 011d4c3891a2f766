package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import parallax.credentials.Revocations;
import parallax.files.SmallFile;
import parallax.model.UtcTime;

/** The text files that people write for a node, saved in another encoding than UTF-8. */
class TextFilesTest {
  private static final String SETTINGS =
      """
      nation: JPN
      channel: EXERCISE
      linkAddress: "127.0.0.1:7101"
      nationalAddress: "127.0.0.1:7201"
      partners: {}
      exerciseClock: true
      durability: normal
      """;

  @TempDir Path directory;

  private Map<Path, Executable> readers() {
    Map<Path, Executable> out = new LinkedHashMap<>();
    out.put(directory.resolve("node.yaml"), () -> NodeSettings.read(directory));
    Path clock = directory.resolve("clock.properties");
    out.put(clock, () -> NodeClock.Setting.read(clock));
    Path revoked = directory.resolve("revoked.txt");
    out.put(revoked, () -> Revocations.read(revoked));
    Path policy = directory.resolve("policy.yaml");
    out.put(policy, () -> SmallFile.text(policy));
    return out;
  }

  @Test
  void everyReaderNamesTheFileTheEncodingAndWhatToDo() throws IOException {
    for (Map.Entry<Path, Executable> r : readers().entrySet()) {
      Files.write(r.getKey(), SETTINGS.getBytes(StandardCharsets.UTF_16));
      String message = String.valueOf(assertThrows(Exception.class, r.getValue()).getMessage());
      assertEquals(
          r.getKey()
              + " is UTF-16 (big-endian) text; expected UTF-8 text. Save the file again with the"
              + " encoding UTF-8",
          message);
    }
  }

  @Test
  void aByteOrderMarkOfUtf8IsNoPartOfTheText() throws IOException {
    Files.writeString(directory.resolve("node.yaml"), "\uFEFF" + SETTINGS);
    assertEquals("JPN", NodeSettings.read(directory).nation().code());
    new NodeClock.Setting(new UtcTime(5), 6, 1, new UtcTime(7)).write(directory);
    Path clock = directory.resolve("clock.properties");
    String first = "startNs=5\n";
    String text = Files.readString(clock).replace(first, "");
    Files.writeString(clock, "\uFEFF" + first + text);
    assertEquals(5, NodeClock.Setting.read(clock).start().nanos());
    Path revoked = directory.resolve("revoked.txt");
    Files.writeString(revoked, "\uFEFF" + "0a1b\n");
    Revocations r = Revocations.read(revoked);
    assertEquals(1, r.serials().size());
    assertTrue(r.faults().isEmpty());
  }
}
