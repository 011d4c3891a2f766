package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.warning.Scenes.CATALOGUE;
import static parallax.warning.Scenes.LAUNCH;
import static parallax.warning.Scenes.area;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.warning.Alert.MessageType;
import parallax.warning.AreaAtRisk.Kind;

class AlertTextsTest {
  private static final List<AreaAtRisk> AREAS =
      List.of(risk("JP-01", Kind.IMPACT), risk("JP-02", Kind.OVERFLIGHT));

  private static AreaAtRisk risk(String code, Kind kind) {
    return new AreaAtRisk(area(code), kind, 0.7, LAUNCH.plusSeconds(370), LAUNCH.plusSeconds(430));
  }

  private static List<AlertText> texts(Channel c, Nation n, MessageType t) {
    return AlertTexts.compose(c, n, t, AREAS);
  }

  @Test
  void speaksTheSendersLanguageFirst() {
    assertEquals(List.of("ja-JP", "ko-KR", "en-US"), languages(Nation.JPN));
    assertEquals(List.of("ko-KR", "ja-JP", "en-US"), languages(Nation.KOR));
    assertEquals(List.of("en-US", "ja-JP", "ko-KR"), languages(Nation.USA));
  }

  private static List<String> languages(Nation n) {
    return texts(Channel.REAL, n, MessageType.ALERT).stream().map(AlertText::language).toList();
  }

  @Test
  void namesAreasAndWindowsInEachLanguage() {
    List<AlertText> t = texts(Channel.REAL, Nation.JPN, MessageType.ALERT);
    assertEquals("ミサイル落下のおそれ：北海道。 ミサイル上空通過の見込み：青森県。", t.get(0).headline());
    assertTrue(t.get(0).description().contains("北海道：07:28から07:30の間"), t.get(0).description());
    assertTrue(t.get(1).headline().contains("홋카이도"), t.get(1).headline());
    assertEquals(
        "A missile may come down in: Hokkaido. A missile is expected to pass over: Aomori.",
        t.get(2).headline());
    assertTrue(
        t.get(2).description().contains("Aomori: it is expected to pass overhead between 07:28"),
        t.get(2).description());
    assertTrue(t.get(2).description().contains("JST"));
  }

  @Test
  void everyExerciseAndTestSaysSoInEveryLanguageAndField() {
    for (MessageType type : MessageType.values()) {
      List<AlertText> exercise = texts(Channel.EXERCISE, Nation.KOR, type);
      assertTrue(exercise.get(0).headline().startsWith("[훈련]"), type.name());
      assertTrue(exercise.get(1).headline().startsWith("【訓練】"), type.name());
      assertTrue(exercise.get(2).headline().startsWith("EXERCISE: "), type.name());
      assertTrue(exercise.get(1).instruction().startsWith("これは訓練です"), type.name());
      assertTrue(exercise.get(2).description().startsWith("This is an exercise."), type.name());
      List<AlertText> test = texts(Channel.TEST, Nation.JPN, type);
      assertTrue(test.get(0).headline().startsWith("【試験】"), type.name());
      assertTrue(test.get(2).headline().startsWith("TEST: "), type.name());
    }
  }

  @Test
  void aRealWarningNeverSpeaksOfAnExercise() {
    for (MessageType type : MessageType.values()) {
      for (AlertText t : texts(Channel.REAL, Nation.USA, type)) {
        String all = t.headline() + t.description() + t.instruction();
        assertFalse(all.contains("訓練") || all.contains("훈련") || all.contains("試験"));
        assertFalse(all.toLowerCase(java.util.Locale.ROOT).contains("exercise"));
      }
    }
  }

  @Test
  void withManyAreasTheHeadlineCountsThem() {
    List<AreaAtRisk> many =
        CATALOGUE.areas(Nation.JPN).stream().map(a -> risk(a.code(), Kind.OVERFLIGHT)).toList();
    for (AlertText t : AlertTexts.compose(Channel.REAL, Nation.JPN, MessageType.CANCEL, many)) {
      assertTrue(t.headline().contains("47"), t.headline());
      assertTrue(t.headline().length() <= 160, t.headline());
    }
  }
}
