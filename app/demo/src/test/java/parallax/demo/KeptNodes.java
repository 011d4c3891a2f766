package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.tukaani.xz.XZInputStream;
import parallax.model.Nation;

/**
 * Directories of the Japanese and the Korean node as the last version before snapshots left them
 * (README.md beside the file).
 */
final class KeptNodes {
  static final List<Nation> NATIONS = List.of(Nation.JPN, Nation.KOR);

  private final Path folder;

  /** They are unpacked in {@code folder}, under {@code kept}. */
  KeptNodes(Path folder) {
    this.folder = folder;
  }

  private static void unpack(Path into) throws IOException {
    InputStream kept = KeptNodes.class.getResourceAsStream("before-snapshots.zip.xz");
    try (ZipInputStream zip = new ZipInputStream(new XZInputStream(Objects.requireNonNull(kept)))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        Path file = into.resolve(e.getName());
        if (e.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.resolve(".."));
          Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /**
   * What the nodes kept, but for their ports and certificates: those are of this run, since the old
   * ones run out.
   */
  void put(DemoDirectories dirs) throws IOException {
    Path kept = folder.resolve("kept");
    if (!Files.exists(kept)) {
      unpack(kept);
    }
    for (Nation n : NATIONS) {
      Path from = kept.resolve(n.code());
      try (Stream<Path> all = Files.walk(from)) {
        for (Path p : all.filter(Files::isRegularFile).toList()) {
          String name = from.relativize(p).toString();
          if (!isOfThisRun(name)) {
            Path to = dirs.node(n).root().resolve(name);
            Files.createDirectories(to.resolveSibling("."));
            Files.copy(p, to, StandardCopyOption.REPLACE_EXISTING);
            if (name.endsWith(".seed")) {
              Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
            }
          }
        }
      }
    }
  }

  private static boolean isOfThisRun(String name) {
    return name.equals("node.yaml")
        || name.endsWith(".pem")
        || (name.endsWith(".key") && name.startsWith("keys"))
        || name.equals("clock.properties");
  }

  /** The files from before are left as they were. */
  static void requireLeft(Path kept, Path node) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(kept.resolve("journal/journal.db-wal")),
        Files.readAllBytes(node.resolve("journal.before-snapshots/journal.db-wal")),
        "the old files are left as they were");
  }
}
