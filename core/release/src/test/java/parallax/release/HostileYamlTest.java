package parallax.release;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.release.YamlTexts.agreement;
import static parallax.release.YamlTexts.lineOf;
import static parallax.release.YamlTexts.refusedAgreement;
import static parallax.release.YamlTexts.refusedPolicy;
import static parallax.release.YamlTexts.requireSays;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HostileYamlTest {
  @Test
  void refusesAHugeFile() {
    byte[] huge = new byte[64 * 1024 * 1024];
    java.util.Arrays.fill(huge, (byte) 'a');
    MalformedFileException e =
        assertThrows(MalformedFileException.class, () -> Agreement.parse(huge, "a.yaml"));
    requireSays(e, 0, "67108864 bytes", "262144");
  }

  @Test
  void refusesDeepNesting() {
    requireSays(refusedAgreement("name: " + "[".repeat(200_000)), 1, "nested deeper than 12");
    requireSays(refusedAgreement("name: " + "{a: ".repeat(60_000)), 1, "nested deeper than 12");
    StringBuilder block = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      block.append(" ".repeat(i)).append("a:\n");
    }
    assertTrue(String.valueOf(refusedAgreement(block.toString()).getMessage()).contains("nested"));
    assertNotNull(refusedPolicy("- ".repeat(100_000)));
  }

  @Test
  void refusesAliasesSoThatNothingCanMultiply() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + before + ", " + before + ", " + before + "]\n");
    }
    requireSays(refusedAgreement(bomb.toString()), 1, "anchors and aliases");
    requireSays(refusedAgreement("a: *b\n"), 1, "anchors and aliases");
    requireSays(refusedAgreement("x: 1\n<<: *b\n"), 2, "anchors and aliases");
    requireSays(refusedAgreement("&a a: *a\n"), 1, "anchors and aliases");
  }

  @Test
  void refusesDuplicateKeys() {
    String text = agreement("retentionDays: 365", "retentionDays: 365\nretentionDays: 1");
    requireSays(
        refusedAgreement(text),
        lineOf(text, "retentionDays: 1"),
        "key 'retentionDays' again",
        "line " + lineOf(text, "retentionDays: 365"));
    requireSays(refusedPolicy("rules: []\n'rules': []\n"), 2, "key 'rules' again");
  }

  @Test
  void refusesTabs() {
    String text = agreement("  probability:", "\tprobability:");
    requireSays(refusedAgreement(text), lineOf(text, "\tprobability:"), "not YAML");
  }

  @Test
  void refusesTagsDocumentsAndOtherShapes() {
    requireSays(refusedAgreement("name: !!java.net.URL [x]\n"), 1, "tags such as");
    requireSays(refusedAgreement("name: !!str x\n"), 1, "tags such as");
    requireSays(refusedAgreement("--- !x {name: x}\n"), 1, "tags such as");
    requireSays(refusedAgreement("name: a\n---\nname: b\n"), 2, "second document");
    requireSays(refusedAgreement(""), 0, "empty");
    requireSays(refusedAgreement("# only a remark\n"), 0, "empty");
    requireSays(refusedAgreement("- a\n- b\n"), 1, "keys and values");
    requireSays(refusedAgreement("hello"), 1, "keys and values");
    requireSays(refusedAgreement("? [a, b]\n: c\n"), 1, "list or a mapping");
    requireSays(refusedAgreement("name: \u0007\n"), 0, "not YAML");
    requireSays(refusedAgreement("name: 'open\n"), 2, "not YAML");
    requireSays(refusedAgreement("%YAML 9.9\n---\nname: x\n"), 0, "not YAML");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] latin = "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    MalformedFileException e =
        assertThrows(MalformedFileException.class, () -> Agreement.parse(latin, "a.yaml"));
    requireSays(e, 0, "not UTF-8: line 1 has the byte E9", "expected UTF-8 text");
  }

  @Test
  void refusesUtf16ByNameAndTakesAByteOrderMarkOfUtf8() {
    String text = YamlTexts.agreement();
    for (java.nio.charset.Charset c :
        java.util.List.of(
            StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] wide = text.getBytes(c);
      MalformedFileException e =
          assertThrows(MalformedFileException.class, () -> Agreement.parse(wide, "a.yaml"));
      requireSays(
          e, 0, "a.yaml: the file is UTF-16", "Save the file again with the encoding UTF-8");
    }
    byte[] marked = YamlTexts.utf8("\uFEFF" + text);
    Agreement.Terms read = Agreement.parse(marked, "a.yaml").terms();
    org.junit.jupiter.api.Assertions.assertEquals(
        Agreement.parse(YamlTexts.utf8(text), "a.yaml").terms(), read);
  }

  @Test
  void showsLookAlikeKeysAsWhatTheyAre() {
    // Cyrillic a in "parties".
    String text = agreement("parties:", "p\u0430rties:");
    requireSays(refusedAgreement(text), lineOf(text, "p\u0430rties"), "p<U+000430>rties");
  }

  @Test
  void refusesAKeyOfAbsurdLengthBriefly() {
    String key = "k".repeat(900);
    requireSays(refusedAgreement(key + ": 1\n"), 1, "unknown key");
  }

  @Test
  void neverFailsOtherwiseOnDamagedFiles() {
    byte[] good = DefaultFiles.agreement();
    SplittableRandom random = new SplittableRandom(5);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      int changes = 1 + random.nextInt(4);
      for (int k = 0; k < changes; k++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) {
        bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
      }
      try {
        assertNotNull(Agreement.parse(bad, "damaged"));
      } catch (MalformedFileException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("damaged"));
      }
    }
    assertTrue(refused > 1000, "refused " + refused);
  }
}
