package parallax.warning;

import java.util.List;
import java.util.function.Function;
import parallax.model.Channel;
import parallax.model.Nation;

/**
 * The words of one language. A {@code %s} stands for names of areas; in the lines of the
 * description for name, start, end and zone.
 */
record Wording(
    String language,
    Function<AdministrativeArea, String> names,
    String comma,
    String event,
    String impact,
    String overflight,
    String update,
    String cancel,
    String allClear,
    String many,
    String impactLine,
    String overflightLine,
    String cancelDetail,
    String allClearDetail,
    String shelter,
    String shelterUnderPath,
    String resume,
    List<String> prefixes,
    List<String> notices,
    List<String> zones) {

  static final Wording JAPANESE =
      new Wording(
          "ja-JP",
          AdministrativeArea::nameJa,
          "、",
          "ミサイル警報",
          "ミサイル落下のおそれ：%s。",
          "ミサイル上空通過の見込み：%s。",
          "（更新）",
          "ミサイル警報の取消：%s。この地域への落下や上空通過は見込まれません。",
          "ミサイル警報の解除：%s。",
          "%d地域",
          "%s：%sから%sの間に落下するおそれがあります（%s）。",
          "%s：%sから%sの間に上空を通過する見込みです（%s）。",
          "新しい予測では、この地域への危険は見込まれません。先の警報を取り消します。",
          "警報の対象となった飛翔体による危険はなくなりました。",
          "すぐに丈夫な建物か地下に入り、窓から離れてください。近くに建物がないときは、物陰に隠れるか、地面に伏せて頭を守ってください。",
          "すぐに丈夫な建物か地下に入り、通過の知らせを待ってください。落下物のようなものを見つけたら、近づかずに警察か消防へ知らせてください。",
          "避難を続ける必要はありません。落下物のようなものを見つけたら、近づかずに警察か消防へ知らせてください。",
          List.of("", "【訓練】", "【試験】"),
          List.of("", "これは訓練です。実際の危険はありません。", "これは機器の試験です。実際の危険はありません。"),
          List.of("日本時間", "韓国時間", "協定世界時"));

  static final Wording KOREAN =
      new Wording(
          "ko-KR",
          AdministrativeArea::nameKo,
          ", ",
          "미사일 경보",
          "미사일 낙하 우려: %s.",
          "미사일 상공 통과 예상: %s.",
          "(갱신) ",
          "미사일 경보 취소: %s. 이 지역에는 낙하나 상공 통과가 예상되지 않습니다.",
          "미사일 경보 해제: %s.",
          "%d개 지역",
          "%s: %s부터 %s 사이에 떨어질 우려가 있습니다(%s). ",
          "%s: %s부터 %s 사이에 상공을 지날 것으로 예상됩니다(%s). ",
          "새로운 예측에서는 이 지역에 위험이 예상되지 않습니다. 앞선 경보를 취소합니다.",
          "경보 대상이었던 비행체로 인한 위험이 끝났습니다.",
          "즉시 튼튼한 건물 안이나 지하로 들어가 창문에서 떨어지십시오. 가까운 건물이 없으면 몸을 가릴 곳을 찾거나 바닥에 엎드려 머리를 보호하십시오.",
          "즉시 튼튼한 건물 안이나 지하로 들어가 통과 소식을 기다리십시오. 떨어진 물체로 보이는 것을 발견하면 다가가지 말고 경찰이나 소방에 알리십시오.",
          "더 이상 대피하지 않아도 됩니다. 떨어진 물체로 보이는 것을 발견하면 다가가지 말고 경찰이나 소방에 알리십시오.",
          List.of("", "[훈련] ", "[시험] "),
          List.of("", "이것은 훈련입니다. 실제 위험은 없습니다. ", "이것은 장비 시험입니다. 실제 위험은 없습니다. "),
          List.of("일본 시간", "한국 시간", "협정 세계시"));

  static final Wording ENGLISH =
      new Wording(
          "en-US",
          AdministrativeArea::nameEn,
          ", ",
          "Missile warning",
          "A missile may come down in: %s.",
          "A missile is expected to pass over: %s.",
          "Update: ",
          "Missile warning withdrawn for: %s. No impact or overflight is expected there.",
          "Missile warning over for: %s.",
          "%d areas",
          "%s: it may come down between %s and %s (%s). ",
          "%s: it is expected to pass overhead between %s and %s (%s). ",
          "By newer predictions there is no danger to these areas. The earlier warning is"
              + " withdrawn.",
          "The danger from the object that was warned of is over.",
          "Go inside a strong building or below ground at once and stay away from windows. If there"
              + " is none nearby, get behind something solid or lie flat and protect your head.",
          "Go inside a strong building or below ground at once and wait for word that it has"
              + " passed. If you find what may be debris, keep away and tell the police or fire"
              + " service.",
          "You need not shelter any longer. If you find what may be debris, keep away and tell the"
              + " police or fire service.",
          List.of("", "EXERCISE: ", "TEST: "),
          List.of(
              "",
              "This is an exercise. There is no real danger. ",
              "This is a test of equipment. There is no real danger. "),
          List.of("JST", "KST", "UTC"));

  /** The three languages, that of the sender first; English first for any other nation. */
  static List<Wording> inOrderFor(Nation sender) {
    if (sender.equals(Nation.JPN)) {
      return List.of(JAPANESE, KOREAN, ENGLISH);
    }
    return sender.equals(Nation.KOR)
        ? List.of(KOREAN, JAPANESE, ENGLISH)
        : List.of(ENGLISH, JAPANESE, KOREAN);
  }

  String nameOf(AdministrativeArea area) {
    return names.apply(area);
  }

  /** What a headline begins with on the channel. */
  String prefix(Channel channel) {
    return prefixes.get(place(channel));
  }

  /** What a description and an instruction begin with on the channel. */
  String notice(Channel channel) {
    return notices.get(place(channel));
  }

  /** Name of the zone in which times are given to the sender's people. */
  String zone(Nation sender) {
    if (sender.equals(Nation.JPN)) {
      return zones.get(0);
    }
    return zones.get(sender.equals(Nation.KOR) ? 1 : 2);
  }

  private static int place(Channel channel) {
    return switch (channel) {
      case REAL -> 0;
      case EXERCISE -> 1;
      case TEST -> 2;
    };
  }
}
