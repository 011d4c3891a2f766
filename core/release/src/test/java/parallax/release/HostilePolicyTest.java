package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.release.YamlTexts.lineOf;
import static parallax.release.YamlTexts.policy;
import static parallax.release.YamlTexts.refusedPolicy;
import static parallax.release.YamlTexts.requireSays;
import static parallax.release.YamlTexts.utf8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies made to hurt: each is refused with file and line, and none needs much memory. */
final class HostilePolicyTest {
  private static final Agreement AGREEMENT = Agreement.parse(DefaultFiles.agreement(), "default");

  private static final String RULE =
      """
        - name: %s
          dataClasses: [FLIGHT_PATH]
          to: [KOR]
          when: "%s"
          decision: withhold
      """;

  @TempDir Path folder;

  private static String head(String rules) {
    return "name: hostile\nversion: 1\nnation: JPN\nrules:\n" + rules + "default: withhold\n";
  }

  private static String withCondition(String when) {
    return head(RULE.formatted("r", when));
  }

  private static String read(byte[] yaml) {
    String said = LittleMemory.read(yaml);
    assertTrue(said.length() < 700, said.substring(0, Math.min(700, said.length())));
    return said;
  }

  private static String fill(String head, String repeated) {
    StringBuilder b = new StringBuilder(head);
    while (b.length() + repeated.length() < YamlReader.LARGEST) {
      b.append(repeated);
    }
    return b.toString();
  }

  @Test
  void theLargestFilesOfEachHostileKindAreRefusedInLittleMemory() throws Exception {
    List<String> texts = new ArrayList<>();
    texts.add(fill("a: &a [x]\nb: [", "*a, "));
    texts.add(fill("rules: ", "["));
    texts.add(fill("rules: ", "{a: "));
    texts.add(fill("", "- "));
    texts.add(fill("rules:\n", "- a\n"));
    texts.add(fill("", "? "));
    texts.add(fill("name: \"", "\\u0041"));
    texts.add(fill("name: |\n", " long\n"));
    texts.add(fill("name: '", "''"));
    texts.add(fill("#", "#"));
    texts.add(fill("name: x\n", "\n"));
    texts.add(fill("!", "!"));
    texts.add(fill("%", "TAG ! x\n%"));
    texts.add(fill("", "--- a\n"));
    texts.add(fill("name: ", "&"));
    StringBuilder keys = new StringBuilder();
    for (int i = 0; keys.length() < YamlReader.LARGEST - 20; i++) {
      keys.append("k").append(i).append(": 1\n");
    }
    texts.add(keys.toString());
    List<Path> files = new ArrayList<>();
    for (String text : texts) {
      assertTrue(read(utf8(text)).startsWith("p.yaml"));
      Path file = folder.resolve(files.size() + ".yaml");
      files.add(Files.writeString(file, text));
    }
    List<String> said = LittleMemory.inAProcessOfItsOwn(files);
    assertEquals(texts.size(), said.size(), said.toString());
    said.forEach(line -> assertTrue(line.startsWith("p.yaml"), line));
  }

  @Test
  void aPolicyOfTheMostAndHeaviestRulesIsReadInLittleMemory() throws Exception {
    String heavy =
        "record.ageS > 1 && launch.ageS < 2 && launch.latitudeDeg > 3 && impact.inS < 4"
            + " && record.threatClass in ['SRBM', 'MRBM', 'IRBM', 'ICBM', 'SPACE_LAUNCH']";
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      rules.append(RULE.formatted("rule " + i, heavy.replace("> 1", "> 1." + i)));
    }
    Path file = Files.writeString(folder.resolve("heavy.yaml"), head(rules.toString()));
    assertEquals(List.of("hostile accepted"), LittleMemory.inAProcessOfItsOwn(List.of(file)));
    rules.append(RULE.formatted("one more", "true"));
    assertTrue(read(utf8(head(rules.toString()))).contains("has 201 items"));
  }

  @Test
  void noPatternCanBeWrittenThatCouldBeSlow() {
    for (String when :
        List.of(
            "partner.matches('^(a+)+$')",
            "record.status.matches('(.*,){20}')",
            "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a|a)*$')",
            "matches(channel, '(x+x+)+y')",
            "record.phase.contains('BOOST')",
            "[1,2,3].exists(x, [1,2,3].exists(y, [1,2,3].all(z, x + y + z > 0)))",
            "size([1,2,3]) > 2",
            "duration('1h') > duration('1s')",
            "timestamp('2026-01-01T00:00:00Z') > timestamp('2025-01-01T00:00:00Z')",
            "dyn(1) == 1",
            "type(1) == int",
            "{'a': 1} == {'a': 1}",
            "b'x' == b'x'")) {
      String text = withCondition(when);
      String said = read(utf8(text));
      assertTrue(
          said.startsWith("p.yaml, line " + lineOf(text, "when:") + ":"), when + ": " + said);
    }
  }

  @Test
  void deepAndLongConditionsAreRefused() {
    for (String when :
        List.of(
            "(".repeat(450) + "true" + ")".repeat(450),
            "!(".repeat(300) + "true" + ")".repeat(300),
            "-(".repeat(300) + "1" + ")".repeat(300) + " < 2",
            "true ? ".repeat(120) + "true" + " : true".repeat(120),
            "record.ageS in [" + "1, ".repeat(300) + "1]",
            "1 < 2 && ".repeat(105) + "true",
            "true || ".repeat(1000) + "true")) {
      String text = withCondition(when);
      String said = read(utf8(text));
      assertTrue(said.startsWith("p.yaml, line " + lineOf(text, "when:") + ":"), said);
    }
  }

  @Test
  void lettersThatOnlyLookRightAreShownAsWhatTheyAre() {
    String[][] looks = {
      {"nation: JPN", "nation: J\u03a1N", "<U+0003a1>"}, // Greek rho
      {"[KOR, USA]", "[\u041aOR, USA]", "<U+00041a>OR"}, // Cyrillic ka
      {"[KOR, USA]", "[KOR, US\uff21]", "US<U+00ff21>"}, // fullwidth A
      {"[KOR, USA]", "[K\u200bOR, USA]", "K<U+00200b>OR"}, // zero-width space
      {"[KOR, USA]", "[\u202eROK, USA]", "<U+00202e>ROK"}, // right-to-left override
      {"[KOR, USA]", "[kor, USA]", "'kor'"},
      {"[KOR, USA]", "[\"KOR \", USA]", "'KOR '"},
      {"decision: release", "decision: r\u0435lease", "r<U+000435>lease"}, // Cyrillic ie
      {"decision: release", "decisi\u043en: release", "decisi<U+00043e>n"}, // Cyrillic o
      {"[FLIGHT_PATH]", "[FL\u0406GHT_PATH]", "FL<U+000406>GHT_PATH"}, // Ukrainian I
      {"minimumStatus: CONFIRMED", "minimumStatus: C\u039fNFIRMED", "C<U+00039f>NFIRMED"},
    };
    for (String[] l : looks) {
      String text = policy(l[0], l[1]);
      MalformedFileException e = refusedPolicy(text);
      requireSays(e, lineOf(text, l[1]), l[2]);
      assertTrue(
          String.valueOf(e.getMessage()).chars().allMatch(c -> c >= 0x20 && c < 0x7f),
          e.getMessage());
    }
    for (String when :
        List.of(
            "record.threatClass == 'I\u0421BM'",
            "record.\u0430geS > 1",
            "p\u0430rtner == 'KOR'",
            "partner == 'K\u041eR'",
            "record.ageS > \u0661")) {
      String text = withCondition(when);
      String said = read(utf8(text));
      assertTrue(said.startsWith("p.yaml, line " + lineOf(text, "when:") + ":"), said);
      assertTrue(said.chars().allMatch(c -> c >= 0x20 && c < 0x7f), said);
    }
  }

  @Test
  void duplicateKeysAnchorsTabsAndStrangeNumbersAreRefusedWithTheirLine() {
    String[][] wrong = {
      {"default: withhold", "default: withhold\ndefault: withhold", "again"},
      {"decision: release", "decision: release\n    decision: withhold", "again"},
      {"decision: release", "decision: withhold\n    \"decision\": release", "again"},
      {"version: 1", "version: &v 1", "anchors"},
      {"version: 1", "version: 1e0", "whole number"},
      {"version: 1", "version: 0x1", "whole number"},
      {"version: 1", "version: \"1\"", "whole number"},
      {"version: 1", "version: 99999999999", "whole number"},
      {"version: 1", "version: .inf", "whole number"},
      {"nation: JPN", "<<: {nation: JPN}", "unknown key"},
      {"default: withhold", "default: release", "expected 'withhold'"},
      {"suspension: announced", "suspension: yes", "expected one of"},
    };
    for (String[] w : wrong) {
      String text = policy(w[0], w[1]);
      String said = read(utf8(text));
      assertTrue(said.startsWith("p.yaml, line "), said);
      assertTrue(said.contains(w[2]), said);
    }
    String tab = policy("    decision: release", "\tdecision: release");
    requireSays(refusedPolicy(tab), lineOf(tab, "\tdecision"), "not YAML");
  }

  @Test
  void damagedPoliciesAreRefusedOrReadButNeverFailOtherwise() {
    byte[] good =
        utf8(
            head(
                """
                  - name: asks
                    dataClasses: [FLIGHT_PATH, IMPACT_POINT]
                    to: [KOR, USA]
                    when: record.ageS < 5.0 && record.threatClass in ['SRBM', 'MRBM'] || partner == 'KOR'
                    decision: hold
                    sanitise: {roundPosition: {gridKm: 5, velocityMps: 10}, limitRateS: 3}
                    hold: {deadlineS: 10, otherwise: withhold, twoPerson: true}
                  - name: rest
                    dataClasses: [LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]
                    to: [KOR, USA]
                    decision: sanitise
                    sanitise: {dropLaunchPoint: true, dropThreatClass: true, coarsenTimeS: 2, delayS: 5}
                """));
    assertEquals("hostile accepted", read(good));
    SplittableRandom random = new SplittableRandom(17);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      for (int k = random.nextInt(1, 4); k > 0; k--) {
        bad[random.nextInt(bad.length)] =
            random.nextBoolean() ? (byte) random.nextInt(256) : good[random.nextInt(good.length)];
      }
      try {
        NationalPolicy.parse(bad, "damaged", AGREEMENT);
      } catch (MalformedFileException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000, "refused " + refused);
  }

  @Test
  void aHugeFileIsRefusedBeforeItIsRead() {
    byte[] huge = new byte[YamlReader.LARGEST + 1];
    java.util.Arrays.fill(huge, (byte) '#');
    MalformedFileException e =
        assertThrows(
            MalformedFileException.class, () -> NationalPolicy.parse(huge, "p.yaml", AGREEMENT));
    requireSays(e, 0, "262145 bytes", "262144");
  }
}
