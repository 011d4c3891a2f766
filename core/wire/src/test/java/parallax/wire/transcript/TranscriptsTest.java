package parallax.wire.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Replays the transcripts beside docs/protocol.md with the real state machines. After a change that
 * is meant, {@code -Dparallax.transcripts.write=true} writes them anew.
 */
final class TranscriptsTest {
  private static final SortedMap<String, String> TEXTS = Scenarios.all();

  /** Where the transcripts are. */
  static Path folder() {
    return Path.of(System.getProperty("parallax.root", "..")).resolve("docs/transcripts");
  }

  @Test
  void stateMachinesStillSayWhatTheTranscriptsSay() throws IOException {
    boolean write = Boolean.getBoolean("parallax.transcripts.write");
    for (var text : TEXTS.entrySet()) {
      Path file = folder().resolve(text.getKey());
      if (write) {
        Files.createDirectories(folder());
        Files.writeString(file, text.getValue());
      }
      assertEquals(Files.readString(file), text.getValue(), text.getKey());
    }
  }

  @Test
  void everyTranscriptIsReplayed() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      TreeSet<String> names = new TreeSet<>();
      files.forEach(f -> names.add(f.getFileName() + ""));
      assertEquals(TEXTS.keySet(), names);
    }
  }

  @Test
  void theProtocolListsEveryTranscript() throws IOException {
    String protocol = Files.readString(folder().resolveSibling("protocol.md"));
    for (String name : TEXTS.keySet()) {
      assertTrue(protocol.contains("(transcripts/" + name + ")"), name);
    }
  }
}
