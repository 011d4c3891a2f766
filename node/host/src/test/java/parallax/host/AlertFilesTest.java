package parallax.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.formats.cap.CapWriter;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.Alert;
import parallax.warning.AlertText;
import parallax.warning.Evidence;

class AlertFilesTest {
  @TempDir Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(out, true, StandardCharsets.UTF_8), "t");

  private Path folder() {
    return root.resolve("alerts");
  }

  private AlertFiles files() {
    return new AlertFiles(folder(), log);
  }

  private static Alert alert(int number) {
    return new Alert(
        "JPN-EXERCISE-KOR-7-" + number,
        Channel.EXERCISE,
        Nation.JPN,
        "KOR-7",
        Alert.MessageType.ALL_CLEAR,
        new UtcTime(1_000_000_000L * number),
        List.of(),
        List.of(),
        Evidence.of(new TrackId(Nation.KOR, 7)),
        List.of(new AlertText("en-GB", "event", "headline", "description", "instruction")));
  }

  private Path file(int number) {
    return folder().resolve("JPN-EXERCISE-KOR-7-" + number + ".cap.xml");
  }

  private void assertWritten(int number) throws IOException {
    assertArrayEquals(CapWriter.write(alert(number)), Files.readAllBytes(file(number)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder())) {
      return all.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysThatAlertsCannotBeWrittenBeforeOneMustBe() throws IOException {
    AlertFiles files = files();
    files.tryFolder();
    assertEquals("", said());
    Files.delete(folder());
    Files.writeString(folder(), "in the way");
    files.tryFolder();
    files.tryFolder();
    assertEquals(1, said().lines().count(), said());
    assertTrue(said().contains("ALERT_FOLDER: no alert can be written to"), said());
    assertTrue(said().contains("a file lies where a folder is needed"), said());
    Files.delete(folder());
    files.tryFolder();
    assertTrue(said().contains("again"), said());
    assertEquals(List.of(), names());
  }

  @Test
  void writesWhatIsMissingAndLeavesAloneWhatIsThere() throws IOException {
    AlertFiles first = files();
    first.publish(alert(1));
    first.writeAll();
    AlertFiles afterRestart = files();
    Object inode = Files.getAttribute(file(1), "unix:ino");
    afterRestart.publish(alert(1));
    afterRestart.publish(alert(2));
    afterRestart.writeAll();
    assertWritten(1);
    assertWritten(2);
    assertEquals(inode, Files.getAttribute(file(1), "unix:ino"), "written again for nothing");
    assertEquals("", said());
  }

  @Test
  void replacesAFileThatIsTornOrForeignAndSaysSo() throws IOException {
    Files.createDirectories(folder());
    Files.write(file(1), java.util.Arrays.copyOf(CapWriter.write(alert(1)), 100));
    Files.writeString(file(2), "");
    AlertFiles files = files();
    files.publish(alert(1));
    files.publish(alert(2));
    files.writeAll();
    assertWritten(1);
    assertWritten(2);
    assertEquals(2, log.count("ALERT_FILE_REPLACED"));
  }

  @Test
  void triesAgainUntilItSucceedsAndSaysTheReasonOnce() throws IOException {
    Files.writeString(folder(), "in the way");
    AlertFiles files = files();
    files.publish(alert(1));
    for (int i = 0; i < 5; i++) {
      files.writeAll();
      assertEquals(1, files.left());
    }
    assertEquals(1, log.count("ALERT_NOT_WRITTEN"));
    assertTrue(said().contains("a file lies where a folder is needed"), said());
    assertFalse(said().contains("Exception"), said());
    Files.delete(folder());
    files.writeAll();
    assertWritten(1);
    assertEquals(0, files.left());
    assertEquals(1, log.count("ALERT_WRITTEN"));
  }

  @Test
  void oneThatCannotBeWrittenHoldsUpNoOther() throws IOException {
    Files.createDirectories(file(1).resolve("in the way"));
    AlertFiles files = files();
    files.publish(alert(1));
    files.publish(alert(2));
    files.writeAll();
    assertWritten(2);
    assertEquals(1, files.left());
    assertEquals(1, log.count("ALERT_NOT_WRITTEN"));
  }

  @Test
  void theThreadWritesAndClosingSaysWhatIsLeft() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve(".JPN.cap.xml.17.part"), "of a process that was killed");
    Files.createDirectories(file(2).resolve("in the way"));
    try (AlertFiles files = files()) {
      files.start();
      files.publish(alert(1));
      files.publish(alert(2));
    }
    assertWritten(1);
    assertEquals(List.of("JPN-EXERCISE-KOR-7-1.cap.xml", "JPN-EXERCISE-KOR-7-2.cap.xml"), names());
    assertTrue(said().contains("the next start writes them"), said());
  }
}
