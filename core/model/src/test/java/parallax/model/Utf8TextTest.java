package parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Utf8TextTest {
  private static final String TEXT = "name: \u671d\u9bae\n# \u00e9 \ud83d\ude80\n";

  private static String refused(byte[] bytes) {
    return String.valueOf(
        assertThrows(InvalidValueException.class, () -> Utf8Text.decode(bytes, "node.yaml"))
            .getMessage());
  }

  @Test
  void readsUtf8WithAndWithoutAByteOrderMark() {
    for (String text : List.of("", "a", TEXT, TEXT.repeat(2_000))) {
      assertEquals(text, Utf8Text.decode(text.getBytes(StandardCharsets.UTF_8), "x"));
      assertEquals(text, Utf8Text.decode(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8), "x"));
    }
  }

  @Test
  void namesTheFileTheEncodingFoundAndWhatToDo() {
    assertEquals(
        "node.yaml is UTF-16 (big-endian) text; expected UTF-8 text. Save the file again with the"
            + " encoding UTF-8",
        refused(TEXT.getBytes(StandardCharsets.UTF_16)));
    byte[] little = ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16LE);
    assertTrue(refused(little).startsWith("node.yaml is UTF-16 (little-endian) text;"));
    byte[] wide = ("\uFEFF" + TEXT).getBytes(Charset.forName("UTF-32LE"));
    assertTrue(refused(wide).startsWith("node.yaml is UTF-32 (little-endian) text;"));
    byte[] wider = ("\uFEFF" + TEXT).getBytes(Charset.forName("UTF-32BE"));
    assertTrue(refused(wider).startsWith("node.yaml is UTF-32 (big-endian) text;"));
  }

  @Test
  void knowsUtf16WithoutAByteOrderMark() {
    String ascii = "name: x\nversion: 1\n";
    assertTrue(
        refused(ascii.getBytes(StandardCharsets.UTF_16LE)).contains("UTF-16 (little-endian) text"));
    assertTrue(
        refused(ascii.getBytes(StandardCharsets.UTF_16BE)).contains("UTF-16 (big-endian) text"));
  }

  @Test
  void namesTheLineOfWhatIsNoUtf8() {
    byte[] latin = "a: 1\nb: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertTrue(refused(latin).contains("line 2 has the byte E9"), refused(latin));
    byte[] cut = {'a', '\n', (byte) 0xe3, (byte) 0x81};
    assertTrue(refused(cut).contains("line 2 has the byte E3"), refused(cut));
    byte[] zero = {'a', 'b', '\n', 'c', 0, 'd', 'e'};
    assertTrue(refused(zero).contains("not text: line 2"), refused(zero));
  }
}
