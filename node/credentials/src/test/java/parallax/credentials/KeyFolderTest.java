package parallax.credentials;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.model.InvalidValueException;

class KeyFolderTest {
  @TempDir Path folder;

  private void file(String name, String rights) throws Exception {
    Path file = Files.writeString(folder.resolve(name), "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  @Test
  void secretsForTheirOwnerAloneAreFineWhateverElseIsReadable() throws Exception {
    file("node.key", "rw-------");
    file("stream-REAL.seed", "r--------");
    file("ca.pem", "rw-r--r--");
    assertDoesNotThrow(() -> KeyFolder.requirePrivate(folder));
    assertDoesNotThrow(() -> KeyFolder.requirePrivate(folder.resolve("none")));
  }

  @Test
  void everySecretThatOthersMayReadOrChangeIsNamedWithWhatToDo() throws Exception {
    file("node.key", "rw-r-----");
    file("stream-REAL.seed", "rw-----w-");
    file("operator.key", "rw-------");
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> KeyFolder.requirePrivate(folder));
    String text = String.valueOf(e.getMessage());
    assertTrue(text.contains("node.key (rw-r-----)"), text);
    assertTrue(text.contains("stream-REAL.seed (rw-----w-)"), text);
    assertTrue(text.contains("chmod 600"), text);
    assertFalse(text.contains("operator.key"), text);
    assertFalse(text.contains("secret\""), text);
  }

  @Test
  void offlineSecretsAreNamed() throws Exception {
    file("node.key", "rw-------");
    assertEquals(List.of(), KeyFolder.notForANode(folder));
    file("ca.key", "rw-------");
    file("agreement.seed", "rw-------");
    assertEquals(List.of("agreement.seed", "ca.key"), KeyFolder.notForANode(folder));
  }
}
