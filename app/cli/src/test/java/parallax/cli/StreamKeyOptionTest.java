package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.signing.VerificationKey;

/** {@code --key} of {@code parallax partner}. */
class StreamKeyOptionTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makesKeys() {
    Path keys = folder.resolve("kor");
    Typed.good("keys", "new", "--nation", "KOR", "--dir", keys);
    file = keys.resolve("stream-EXERCISE.pub");
  }

  private VerificationKey read(String text) {
    return PartnerCommand.streamKey(text, Nation.KOR, Channel.EXERCISE);
  }

  private String refused(String text, Nation of, Channel channel) {
    WrongUse e = assertThrows(WrongUse.class, () -> PartnerCommand.streamKey(text, of, channel));
    return String.valueOf(e.getMessage());
  }

  @Test
  void readsTheFilesThatKeysWritesAndTheDigitsThemselves() throws Exception {
    VerificationKey key = read(file.toString());
    assertEquals(key, read(key.toHex()));
    Path bare = Files.writeString(folder.resolve("bare"), key.toHex() + "\n");
    assertEquals(key, read(bare.toString()));
  }

  @Test
  void saysWhoseKeyItIsWhenItIsAnothers() {
    assertTrue(refused(file.toString(), Nation.JPN, Channel.EXERCISE).contains("KOR"));
    assertTrue(refused(file.toString(), Nation.KOR, Channel.REAL).contains("EXERCISE"));
  }

  @Test
  void saysWhatIsExpectedOfAnythingElse() throws Exception {
    String none = refused(folder.resolve("none.pub").toString(), Nation.KOR, Channel.EXERCISE);
    assertTrue(none.contains("neither a file nor 64 hex digits"), none);
    String nul = refused("\0", Nation.KOR, Channel.EXERCISE);
    assertTrue(nul.contains("neither a file"), nul);
    Path text = Files.writeString(folder.resolve("text"), "hello\n");
    assertTrue(refused(text.toString(), Nation.KOR, Channel.EXERCISE).contains("text"));
  }
}
