package parallax.release;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import parallax.model.Nation;

/** Agreement and policy texts changed in one place, and what reading them says. */
final class YamlTexts {
  private YamlTexts() {}

  static String agreement() {
    return new String(DefaultFiles.agreement(), StandardCharsets.UTF_8);
  }

  static String agreement(String old, String changed) {
    return changed(agreement(), old, changed);
  }

  static String policy(String old, String changed) {
    return changed(
        new String(DefaultFiles.policy(Nation.JPN), StandardCharsets.UTF_8), old, changed);
  }

  static String changed(String text, String old, String changed) {
    assertTrue(text.contains(old), "the text has '" + old + "'");
    int at = text.indexOf(old);
    return text.substring(0, at) + changed + text.substring(at + old.length());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The line (from 1) on which {@code part} first stands. */
  static int lineOf(String text, String part) {
    int at = text.indexOf(part);
    assertTrue(at >= 0, "the text has '" + part + "'");
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  static MalformedFileException refusedAgreement(String text) {
    return assertThrows(MalformedFileException.class, () -> Agreement.parse(utf8(text), "a.yaml"));
  }

  static MalformedFileException refusedPolicy(String text) {
    Agreement agreement = Agreement.parse(DefaultFiles.agreement(), "default");
    return assertThrows(
        MalformedFileException.class, () -> NationalPolicy.parse(utf8(text), "p.yaml", agreement));
  }

  static void requireSays(MalformedFileException e, int line, String... parts) {
    String message = String.valueOf(e.getMessage());
    assertTrue(e.line() == line, "line " + line + " expected: " + message);
    for (String part : parts) {
      assertTrue(message.contains(part), "'" + part + "' expected: " + message);
    }
    assertTrue(message.length() < 600, "short: " + message.length());
  }
}
