package parallax.credentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.credentials.KeyFile.Half;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

class NewKeysTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final String STREAM = KeyFile.stream(Channel.TEST);

  @TempDir Path keys;

  @BeforeEach
  void aPresentKey() throws IOException {
    KeyFile.create(keys, STREAM, Nation.JPN, STREAM, Optional.empty());
  }

  private Path secret(String name) {
    return keys.resolve(name + Half.SECRET.suffix());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> list = Files.list(keys)) {
      return list.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aReplacedStreamKeyIsKeptUnderAnotherName() throws Exception {
    byte[] old = Files.readAllBytes(secret(STREAM));
    NewKeys.replaceStream(keys, Channel.TEST, NOW);
    assertArrayEquals(old, Files.readAllBytes(secret(STREAM + ".before-1700000000")));
    assertEquals(4, names().size());
  }

  @Test
  void aSecretThatSignsSomethingElseIsNeitherReplacedNorRotated() throws Exception {
    String log = KeyFile.log(Channel.TEST);
    KeyFile.create(keys, log, Nation.JPN, log, Optional.empty());
    Files.copy(secret(log), secret(STREAM), StandardCopyOption.REPLACE_EXISTING);
    List<String> before = names();
    for (InvalidValueException e :
        List.of(
            assertThrows(
                InvalidValueException.class, () -> NewKeys.replaceStream(keys, Channel.TEST, NOW)),
            assertThrows(
                InvalidValueException.class, () -> NewKeys.rotateStream(keys, Channel.TEST)))) {
      assertTrue(String.valueOf(e.getMessage()).contains("the secret of " + STREAM));
    }
    assertEquals(before, names());
  }

  @Test
  void noFileIsMovedWhenThePassphraseCannotBeRead() throws Exception {
    Files.writeString(keys.resolve(Passphrase.FILE), "");
    List<String> before = names();
    assertThrows(InvalidValueException.class, () -> NewKeys.replaceStream(keys, Channel.TEST, NOW));
    assertEquals(before, names());
  }
}
