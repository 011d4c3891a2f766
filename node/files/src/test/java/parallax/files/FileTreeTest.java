package parallax.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir Path folder;

  @Test
  void deletesWhatIsThereAndNothingElse() throws IOException {
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("a/b"));
    Files.writeString(tree.resolve("a/b/file"), "x");
    Path beside = Files.writeString(folder.resolve("beside"), "stays");

    FileTree.delete(tree);
    FileTree.delete(tree);

    assertFalse(Files.exists(tree));
    assertEquals("stays", Files.readString(beside));
    FileTree.delete(beside);
    assertFalse(Files.exists(beside));
    assertTrue(Files.isDirectory(folder));
  }
}
