package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import parallax.link.Digest;
import parallax.model.InvalidValueException;

/** Against what others published: probes of proofs, a great log's checkpoint, a small whole log. */
class PublishedVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES =
      Path.of(System.getProperty("parallax.samples", "no-samples"), "tlog");

  private final Proofs proofs = new Proofs();

  private static Path sample(String name) {
    Path path = SAMPLES.resolve(name);
    if (!Files.exists(path)) {
      System.err.println("NOT CHECKED against published logs: no " + path);
    }
    Assumptions.assumeTrue(Files.exists(path), "no " + path);
    return path;
  }

  private static List<JsonNode> probes(String folder) throws IOException {
    List<JsonNode> out = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sample(folder))) {
      for (Path p : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        out.add(JSON.readTree(Files.readAllBytes(p)));
      }
    }
    return out;
  }

  private static Digest digest(JsonNode base64) {
    return Digest.of(Base64.getDecoder().decode(base64.asText()));
  }

  private static List<Digest> proof(JsonNode probe) {
    List<Digest> out = new ArrayList<>();
    probe.get("proof").forEach(p -> out.add(digest(p)));
    return out;
  }

  /** What is no number or no hash is refused before any proof is asked for. */
  private static boolean accepted(Probe probe) {
    try {
      return probe.proves();
    } catch (InvalidValueException | ArithmeticException e) {
      return false;
    }
  }

  private interface Probe {
    boolean proves();
  }

  private static long number(JsonNode n) {
    return n.bigIntegerValue().longValueExact();
  }

  @Test
  void inclusionProbesOfTransparencyDevMerkle() throws Exception {
    List<JsonNode> probes = probes("transparency-dev-merkle/inclusion");
    for (JsonNode p : probes) {
      boolean accepted =
          accepted(
              () ->
                  proofs.provesInclusion(
                      number(p.get("leafIdx")),
                      number(p.get("treeSize")),
                      digest(p.get("leafHash")),
                      proof(p),
                      digest(p.get("root"))));
      assertEquals(!p.get("wantErr").asBoolean(), accepted, p.toPrettyString());
    }
    assertEquals(71, probes.size());
  }

  @Test
  void consistencyProbesOfTransparencyDevMerkle() throws Exception {
    List<JsonNode> probes = probes("transparency-dev-merkle/consistency");
    for (JsonNode p : probes) {
      boolean accepted =
          accepted(
              () ->
                  proofs.provesConsistency(
                      number(p.get("size1")),
                      number(p.get("size2")),
                      digest(p.get("root1")),
                      digest(p.get("root2")),
                      proof(p)));
      assertEquals(!p.get("wantErr").asBoolean(), accepted, p.toPrettyString());
    }
    assertEquals(64, probes.size());
  }

  /** A log that goes by another name than its origin. */
  @Test
  void theCheckpointOfTheGoChecksumDatabase() throws Exception {
    byte[] file = Files.readAllBytes(sample("gosumdb/checkpoint-35225469.txt"));
    NoteKey key = NoteKey.parse(Files.readString(sample("gosumdb/vkey.txt")).strip());
    Checkpoint.Signed signed = Checkpoint.Signed.parse(file).requireSignedBy(key);
    assertEquals("go.sum database tree", signed.checkpoint().origin());
    assertEquals(35225469, signed.checkpoint().size());
    assertEquals(new String(file, java.nio.charset.StandardCharsets.UTF_8), text(signed));
    file[25] ^= 1;
    assertThrows(
        InvalidValueException.class, () -> Checkpoint.Signed.parse(file).requireSignedBy(key));
  }

  private static String text(Checkpoint.Signed signed) {
    return new String(signed.bytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private record Folder(Path root, String checkpoint) implements LogFiles {
    @Override
    public Optional<byte[]> read(String path) throws IOException {
      Path file = root.resolve(path.equals(Checkpoint.PATH) ? checkpoint : path);
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    @Override
    public List<String> list(String folder) throws IOException {
      if (!Files.isDirectory(root.resolve(folder))) {
        return List.of();
      }
      try (Stream<Path> list = Files.list(root.resolve(folder))) {
        return list.map(p -> p.getFileName() + (Files.isDirectory(p) ? "/" : "")).toList();
      }
    }
  }

  @Test
  void everySizeOfTheTestLogOfTessera() throws Exception {
    Path root = sample("tessera-testlog");
    NoteKey key = NoteKey.parse(Files.readString(root.resolve("vkey.txt")).strip());
    List<LogComparison.View> views = new ArrayList<>();
    for (int size = 0; size <= 15; size++) {
      LogFiles files = new Folder(root, "checkpoint." + size);
      List<byte[]> entries = new ArrayList<>();
      Checkpoint.Signed signed = new LogCheck(files).check(key, (i, e) -> entries.add(e));
      assertEquals(size, signed.checkpoint().size());
      assertEquals(size, entries.size());
      LogReader log = new LogReader(files, size);
      for (int i = 0; i < size; i++) {
        Digest leaf = new MerkleHasher().leaf(Receipt.of(log, i, signed).entry());
        assertTrue(
            proofs.provesInclusion(
                i, size, leaf, proofs.inclusion(i, size, log), signed.checkpoint().root()));
      }
      views.add(new LogComparison.View(signed, Optional.of(files)));
    }
    for (int a = 0; a <= 15; a++) {
      for (int b = a + 1; b <= 15; b++) {
        assertInstanceOf(LogComparison.Grown.class, LogComparison.of(views.get(a), views.get(b)));
      }
    }
  }

  @Test
  void ourWriterMakesTheFilesOfTheTestLogOfTessera() throws Exception {
    Path root = sample("tessera-testlog");
    LogReader log = new LogReader(new Folder(root, "checkpoint.15"), 15);
    MemoryLog ours = new MemoryLog();
    LogWriter writer = LogWriter.begin(ours, "example.com/log/testdata");
    for (int i = 0; i < 15; i++) {
      writer.append(log.entry(i));
      writer.checkpoint(Logs.KEY);
    }
    for (var file : ours.files.entrySet()) {
      if (!file.getKey().equals(Checkpoint.PATH)) {
        org.junit.jupiter.api.Assertions.assertArrayEquals(
            Files.readAllBytes(root.resolve(file.getKey())), file.getValue(), file.getKey());
      }
    }
    assertEquals(31, ours.files.size());
    assertEquals(
        LogReader.checkpoint(new Folder(root, "checkpoint.15")).checkpoint(),
        LogReader.checkpoint(ours).checkpoint());
  }
}
