package parallax.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.credentials.KeyExport;
import parallax.credentials.NationKeys;
import parallax.credentials.NewKeys;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.DefaultFiles;
import parallax.tables.SensorTable;

/** A key of one channel is never loaded on another. */
class ChannelKeysTest {
  @TempDir Path folder;
  private NodeDirectory node;

  @BeforeEach
  void makesADirectoryWithTheKeysOfEveryChannel() throws Exception {
    node = new NodeDirectory(folder.resolve("node"));
    NewKeys.create(Nation.JPN, node.keys(), Instant.now(), 30, 10);
    NewKeys.create(Nation.KOR, folder.resolve("kor"), Instant.now(), 30, 10);
    KeyExport.export(folder.resolve("kor"), node.partner(Nation.KOR));
    Files.createDirectories(node.agreement());
    Files.write(node.agreement().resolve(NodeDirectory.AGREEMENT), DefaultFiles.agreement());
    Files.write(node.policy(), DefaultFiles.policy(Nation.JPN));
    Files.writeString(
        node.sensors(),
        String.join(",", SensorTable.NEEDED)
            + "\nKyogamisaki,JPN,X-band radar,35.8,135.2,1000,3\n");
  }

  private static NodeSettings on(Channel channel) {
    InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return new NodeSettings(
        Nation.JPN,
        channel,
        nowhere,
        nowhere,
        new TreeMap<>(),
        new TreeMap<>(),
        false,
        NodeSettings.Durability.FULL);
  }

  private static void refused(String named, Executable read) {
    String message = String.valueOf(assertThrows(InvalidValueException.class, read).getMessage());
    assertTrue(message.contains(named), message);
  }

  @Test
  void eachChannelHasAKeyOfItsOwn() throws Exception {
    assertNotEquals(
        node.streamKeys(on(Channel.REAL)).getFirst().key(),
        node.streamKeys(on(Channel.EXERCISE)).getFirst().key());
    assertNotEquals(
        node.streamKeys(on(Channel.TEST)).getFirst().key(),
        node.streamKeys(on(Channel.EXERCISE)).getFirst().key());
    assertNotEquals(
        node.configuration(on(Channel.REAL)).linkKeys().get(Nation.KOR),
        node.configuration(on(Channel.EXERCISE)).linkKeys().get(Nation.KOR));
  }

  @ParameterizedTest
  @CsvSource({"REAL, EXERCISE", "EXERCISE, REAL", "REAL, TEST", "TEST, REAL", "EXERCISE, TEST"})
  void aKeyOfOneChannelIsNeitherTakenNorOpenedOnAnother(Channel has, Channel runs)
      throws Exception {
    Path other = NationKeys.streamSeed(node.keys(), runs);
    Files.delete(other);
    assertThrows(NoSuchFileException.class, () -> node.streamKeys(on(runs)).getFirst());
    // Even under the right name.
    Files.copy(NationKeys.streamSeed(node.keys(), has), other);
    refused(
        "the secret half of the stream-" + has + " key of JPN",
        () -> node.streamKeys(on(runs)).getFirst());
    assertDoesNotThrow(() -> node.streamKeys(on(has)).getFirst());
  }

  @ParameterizedTest
  @CsvSource({"REAL, EXERCISE", "EXERCISE, REAL"})
  void aPartnersKeyOfOneChannelIsNotTakenOnAnother(Channel has, Channel runs) throws Exception {
    Path partner = node.partner(Nation.KOR);
    Files.delete(NationKeys.streamKey(partner, runs));
    Files.copy(NationKeys.streamKey(partner, has), NationKeys.streamKey(partner, runs));
    refused(
        "the public half of the stream-" + has + " key of KOR", () -> node.configuration(on(runs)));
    assertDoesNotThrow(() -> node.configuration(on(has)));
  }

  @Test
  void anotherNationsKeyIsNotTaken() throws Exception {
    Path own = NationKeys.streamSeed(node.keys(), Channel.REAL);
    Files.delete(own);
    Files.copy(NationKeys.streamSeed(folder.resolve("kor"), Channel.REAL), own);
    refused("key of KOR", () -> node.streamKeys(on(Channel.REAL)).getFirst());
  }

  @Test
  void aKeyFileThatIsNoneIsNamedAndItsSecretIsNotRepeated() throws Exception {
    Path own = NationKeys.streamSeed(node.keys(), Channel.REAL);
    Files.writeString(own, "5f".repeat(32));
    InvalidValueException e =
        assertThrows(
            InvalidValueException.class, () -> node.streamKeys(on(Channel.REAL)).getFirst());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("stream-REAL.seed") && !message.contains("5f5f"), message);
  }
}
