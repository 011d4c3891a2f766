package parallax.wire.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A transcript read back as text.
 *
 * @param head what stands before the first event
 * @param parts the events; a file without parts is one
 */
record TranscriptFile(Map<String, String> head, List<List<Event>> parts) {
  private static final int NAME = 4;
  private static final int VALUE = 23;

  /**
   * One event.
   *
   * @param line time, parties, what happened
   * @param fields what stands below it
   */
  record Event(String line, Map<String, String> fields) {
    /** Who sent a frame, on which lane. */
    boolean isFrameOn(String lane) {
      return line.matches("\\S+  [A-Z]{3} -> [A-Z]{3}  " + lane + "  .*") && isWhole();
    }

    /** Its bytes stand here, not only where they were passed on from. */
    private boolean isWhole() {
      return !fields.getOrDefault("frame", "the same").startsWith("the same");
    }

    boolean isNumberOn(String lane) {
      return line.contains("  " + lane + "  gives number ");
    }

    long number() {
      return Long.parseLong(line.replaceAll(".*gives number (\\d+) .*", "$1"));
    }

    byte[] hex(String field) {
      return TranscriptFile.hex(fields, field);
    }

    /** What was done to it on the way; empty when nothing. */
    String deed() {
      return fields.getOrDefault("changed on the way", "");
    }
  }

  static TranscriptFile read(Path file) throws IOException {
    Map<String, String> head = new TreeMap<>();
    List<List<Event>> parts = new ArrayList<>();
    parts.add(new ArrayList<>());
    Map<String, String> fields = head;
    String name = "";
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("Part ")) {
        parts.add(new ArrayList<>());
      } else if (line.matches("\\d+\\.\\d{9}  .*")) {
        fields = new TreeMap<>();
        parts.getLast().add(new Event(line, fields));
      } else if (line.startsWith("    ")) {
        String given = line.substring(NAME, Math.min(VALUE, line.length())).strip();
        name = given.isEmpty() ? name : given;
        fields.merge(name, line.substring(Math.min(VALUE, line.length())), String::concat);
      }
    }
    parts.removeIf(List::isEmpty);
    return new TranscriptFile(head, parts);
  }

  byte[] hex(String field) {
    return hex(head, field);
  }

  private static byte[] hex(Map<String, String> fields, String field) {
    String value = fields.get(field);
    if (value == null) {
      throw new AssertionError("no " + field + " in " + fields.keySet());
    }
    return HexFormat.of().parseHex(value);
  }
}
