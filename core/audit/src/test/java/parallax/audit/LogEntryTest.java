package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;

class LogEntryTest {
  private static final UtcTime TIME = new UtcTime(1_681_338_191_123_456_789L);

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void isOneLineInItsOneSpelling() {
    byte[] bytes =
        LogEntry.of(LogEntry.Kind.RELEASE, TIME)
            .with("seq", 17)
            .with("released", true)
            .with("clause", "a \"b\" \\ \n\u0001 \u00e9")
            .build()
            .bytes("00ff");
    assertEquals(
        "{\"clause\":\"a \\\"b\\\" \\\\ \\n\\u0001 \u00e9\",\"kind\":\"release\","
            + "\"released\":true,\"salt\":\"00ff\",\"seq\":17,"
            + "\"time\":\"2023-04-12T22:23:11.123456789Z\"}",
        new String(bytes, StandardCharsets.UTF_8));
    LogEntry back = LogEntry.parse(bytes);
    assertEquals("release", back.kind());
    assertEquals(TIME, back.time());
    assertEquals(17, back.number("seq").orElseThrow());
    assertArrayEquals(bytes, utf8(back.toString()));
  }

  /** Jackson is the referee of what the text means. */
  @Test
  void anyTextIsReadBackBySomebodyElsesReader() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.appendCodePoint(
            random.nextInt(3) == 0 ? random.nextInt(0, 0x60) : random.nextInt(0x60, 0xd800));
      }
      long number = random.nextLong(-(1L << 53) + 1, 1L << 53);
      byte[] bytes =
          LogEntry.of(LogEntry.Kind.NOTICE, TIME)
              .with("detail", text.toString())
              .with("n", number)
              .build()
              .bytes("0");
      JsonNode read = new ObjectMapper().readTree(bytes);
      assertEquals(text.toString(), read.get("detail").asText());
      assertEquals(number, read.get("n").asLong());
      assertEquals(text.toString(), LogEntry.parse(bytes).text("detail").orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[]",
        "{\"kind\":\"release\",\"salt\":\"0\"}",
        "{\"kind\":\"release\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"kind\":\"release\",\"salt\":\"0\",\"time\":\"yesterday\"}",
        "{\"kind\":1,\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"kind\":\"a\",\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"} ",
        "{ \"kind\":\"a\",\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"salt\":\"0\",\"kind\":\"a\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"kind\":\"a\",\"kind\":\"a\",\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"kind\":\"\\u0061\",\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"kind\":\"a\",\"n\":01,\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"kind\":\"a\",\"n\":1.5,\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"kind\":\"a\",\"n\":9007199254740993,\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"kind\":\"a\",\"n\":null,\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"}",
        "{\"kind\":\"a\",\"n\":{},\"salt\":\"0\",\"time\":\"2023-04-12T22:23:11Z\"}"
      })
  void whatIsNotInItsOneSpellingIsRefused(String text) {
    assertThrows(InvalidValueException.class, () -> LogEntry.parse(utf8(text)));
  }

  @Test
  void noTruncatedEntryIsReadAndNoneThrowsAnythingElse() {
    byte[] bytes = Logs.entry(3);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(InvalidValueException.class, () -> LogEntry.parse(cut));
    }
  }

  @Test
  void numbersThatOthersWouldRoundAreRefused() {
    LogEntry.Builder b = LogEntry.of(LogEntry.Kind.NOTICE, TIME);
    assertThrows(InvalidValueException.class, () -> b.with("n", 1L << 53));
  }

  @Test
  void theSaltOfAnEntryFollowsFromSecretAndPlaceAlone() {
    byte[] secret = new byte[EntrySalt.SECRET_LENGTH];
    assertEquals(new EntrySalt(secret).of(5), new EntrySalt(secret).of(5));
    assertNotEquals(new EntrySalt(secret).of(5), new EntrySalt(secret).of(6));
    byte[] other = secret.clone();
    other[31] = 1;
    assertNotEquals(new EntrySalt(secret).of(5), new EntrySalt(other).of(5));
    assertEquals(32, new EntrySalt(secret).of(Long.MAX_VALUE).length());
    assertTrue(!new EntrySalt(secret).toString().contains("00"));
    assertThrows(InvalidValueException.class, () -> new EntrySalt(new byte[31]));
  }
}
