package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.link.Digest;

/** The Go project's own verifier reads what we write: notes, tiles, bundles and proofs. */
class GoRefereeTest {
  private static final Path PACKAGES = Path.of("/usr/share/gocode");
  private static final int[] SIZES = {1, 2, 100, 255, 256, 257, 700, 1000};

  @TempDir static Path folder;
  private static Path program = Path.of("");

  private record Ran(int code, String said) {}

  private static Ran run(Path in, String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    ProcessBuilder b = new ProcessBuilder(command).directory(in.toFile());
    b.environment()
        .putAll(
            Map.of(
                "GO111MODULE",
                "off",
                "GOPATH",
                PACKAGES.toString(),
                "GOCACHE",
                folder.resolve("cache").toString(),
                "GOFLAGS",
                ""));
    Process p = b.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    return new Ran(p.waitFor(), Files.readString(out));
  }

  private static boolean hasGo() throws InterruptedException {
    try {
      return run(folder, "go", "version").code() == 0
          && Files.isDirectory(PACKAGES.resolve("src/golang.org/x/mod/sumdb/tlog"));
    } catch (IOException e) {
      return false; // no such program
    }
  }

  @BeforeAll
  static void buildsTheReferee() throws Exception {
    boolean there = hasGo();
    if (!there) {
      System.err.println(
          "NOT CHECKED by the Go project's verifier: install golang-go and"
              + " golang-golang-x-mod-dev");
    }
    Assumptions.assumeTrue(there, "no go with golang.org/x/mod");
    program = folder.resolve("tlogcheck");
    Path source =
        Path.of(System.getProperty("parallax.root", ".."), "core/audit/src/test/go/tlogcheck");
    Ran built = run(source, "go", "build", "-o", program.toString(), ".");
    assertEquals(0, built.code(), built.said());
  }

  private static void write(Path root, Map<String, byte[]> files) throws IOException {
    for (var f : files.entrySet()) {
      Path path = root.resolve(f.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, f.getValue());
    }
  }

  private static Path log() throws Exception {
    Path root = Files.createTempDirectory(folder, "log");
    MemoryLog log = new MemoryLog();
    LogWriter writer = LogWriter.begin(log, Logs.ORIGIN);
    int last = SIZES[SIZES.length - 1];
    Proofs proofs = new Proofs();
    StringBuilder consistency = new StringBuilder();
    Files.createDirectories(root.resolve("proofs"));
    int at = 0;
    for (int size : SIZES) {
      while (at < size) {
        writer.append(Logs.entry(at++));
      }
      byte[] checkpoint = writer.checkpoint(Logs.KEY).bytes();
      Files.write(root.resolve("checkpoint." + size), checkpoint);
    }
    LogReader reader = new LogReader(log, last);
    Checkpoint.Signed signed = Logs.checkpoint(log);
    for (int i = 0; i < last; i += 1 + i / 10) {
      Files.write(
          root.resolve("proofs/" + i + ".tlog-proof"), Receipt.of(reader, i, signed).bytes());
    }
    for (int from : SIZES) {
      for (int to : SIZES) {
        if (from < to) {
          consistency.append(from).append(' ').append(to);
          for (Digest d : proofs.consistency(from, to, reader)) {
            consistency.append(' ').append(Base64Text.of(d));
          }
          consistency.append('\n');
        }
      }
    }
    Files.writeString(root.resolve("consistency"), consistency, StandardCharsets.US_ASCII);
    write(root, log.files);
    return root;
  }

  private static Ran check(Path root) throws Exception {
    return run(root, program.toString(), root.toString(), Logs.VERIFIES.toString());
  }

  @Test
  void agreesWithEverythingThatWeWrite() throws Exception {
    Ran ran = check(log());
    assertEquals(0, ran.code(), ran.said());
    assertEquals(
        "8 checkpoints, 1000 entries, 7 trees, 54 inclusion proofs, 28 consistency proofs\n",
        ran.said());
  }

  @Test
  void disagreesWhenAnythingIsChanged() throws Exception {
    for (String path :
        List.of(
            "checkpoint",
            "checkpoint.100",
            "tile/0/001",
            "tile/entries/003.p/232",
            "proofs/10.tlog-proof",
            "consistency")) {
      Path root = log();
      byte[] bytes = Files.readAllBytes(root.resolve(path));
      bytes[60] = bytes[60] == 'x' ? (byte) 'y' : (byte) 'x';
      Files.write(root.resolve(path), bytes);
      Ran ran = check(root);
      assertNotEquals(0, ran.code(), path);
      assertTrue(!ran.said().isEmpty());
    }
  }
}
