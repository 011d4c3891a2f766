package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.release.YamlTexts.agreement;
import static parallax.release.YamlTexts.lineOf;
import static parallax.release.YamlTexts.refusedAgreement;
import static parallax.release.YamlTexts.requireSays;
import static parallax.release.YamlTexts.utf8;

import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.Nation;

final class AgreementTest {
  /** Old text, new text, and what the error must say. The line is that of the new text. */
  private static final List<List<String>> WRONG =
      List.of(
          List.of("parties:", "partys:", "unknown key 'partys'", "nearest known key: 'parties'"),
          List.of("window:", "windows:", "'scope.windows'", "'scope.window'"),
          List.of("longestFlightS:", "longestFlight:", "'scope.window.longestFlightS'"),
          List.of("version: 1", "version: one", "version is 'one'", "whole number"),
          List.of("version: 1", "version: 0", "from 1 to 1000000"),
          List.of("version: 1", "version: 0x1", "whole number"),
          List.of("version: 1", "version: [1]", "a list"),
          List.of("version: 1", "version: '1'", "whole number"),
          List.of("parties: [JPN, KOR, USA]", "parties: [JPN]", "1 items", "2 to 50"),
          List.of("parties: [JPN, KOR, USA]", "parties: [JPN, KOR, JPN]", "JPN twice"),
          List.of("parties: [JPN, KOR, USA]", "parties: JPN", "is not a list"),
          List.of("parties: [JPN, KOR, USA]", "parties: [JPN, KOR, usa]", "'usa'", "ASCII"),
          // Cyrillic Ka, Greek Upsilon, full-width U.
          List.of(
              "parties: [JPN, KOR, USA]", "parties: [JPN, \u041aOR, USA]", "<U+00041a>OR", "ASCII"),
          List.of("parties: [JPN, KOR, USA]", "parties: [JPN, KOR, \uff35SA]", "<U+00ff35>SA"),
          List.of("[REAL, EXERCISE, TEST]", "[REAL, DRILL]", "'DRILL'", "EXERCISE"),
          List.of("[REAL, EXERCISE, TEST]", "[]", "0 items"),
          List.of("from: 2016-01-01T00:00:00Z", "from: yesterday", "UTC time"),
          List.of("from: 2016-01-01T00:00:00Z", "from: 2016-01-01T00:00:00+09:00", "UTC time"),
          List.of("from: 2016-01-01T00:00:00Z", "from: 2016-13-41T00:00:00Z", "UTC time"),
          List.of("from: 2016-01-01T00:00:00Z", "from: +999999999-01-01T00:00:00Z", "UTC time"),
          List.of("until: 2036-01-01T00:00:00Z", "until: 2015-01-01T00:00:00Z", "after 'from'"),
          List.of("probability: 0.5", "probability: 0", "0.01 to 0.999"),
          List.of("probability: 0.5", "probability: .nan", "decimal number"),
          List.of("probability: 0.5", "probability: 1e-3", "decimal number"),
          List.of("[LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]", "[SENSOR]", "'SENSOR'"),
          List.of("[LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]", "[NOTICE]", "'NOTICE'"),
          List.of("    from: launch", "    from: detection", "expected 'launch'"),
          List.of("    until: impact", "    until: later", "expected 'impact'"),
          List.of("marginAfterImpactS: 120", "marginAfterImpactS: -1", "0.0 to 3600.0"),
          List.of("classification: UNCLASSIFIED", "classification: TOP", "SECRET"),
          List.of("releasableTo: [JPN, KOR, USA]", "releasableTo: [JPN, GBR]", "GBR"),
          List.of("caveats: []", "caveats: [orcon]", "marking.caveats has one that is none"),
          List.of("caveats: []", "caveats: [NOFORN]", "releasable-to alone"),
          List.of("caveats: []", "caveats: [NF]", "releasable-to alone"),
          List.of("caveats: []", "caveats: [NO FORN]", "releasable-to alone"),
          List.of("caveats: []", "caveats: [NO-FORN]", "releasable-to alone"),
          List.of("caveats: []", "caveats: [noforn]", "A to Z"),
          List.of("caveats: []", "caveats: [EYES ONLY]", "EYES ONLY, which restricts who may read"),
          List.of("caveats: []", "caveats: [RELIDO]", "RELIDO, which restricts who may read"),
          List.of("caveats: []", "caveats: [EXERCISE]", "not known", "FOUO, ORCON, IMCON, PROPIN"),
          List.of("caveats: []", "caveats: [ORCON, ORCON]", "caveats names ORCON twice"),
          List.of("policy: PARALLAX", "policy: ' PARALLAX'", "no space around it"),
          List.of("onwardRelease:\n  through: [USA]", "onwardRelease: all", "expected 'none'"),
          List.of("onwardRelease:\n  through: [USA]", "onwardRelease: [USA]", "a list", "'none'"),
          List.of(
              "  through: [USA]", "  by: [USA]", "'onwardRelease.by'", "'onwardRelease.through'"),
          List.of("  through: [USA]", "  through: []", "0 items", "1 to 50"),
          List.of("  through: [USA]", "  through: USA", "is not a list"),
          List.of("  through: [USA]", "  through: [USA, USA]", "USA twice"),
          List.of(
              "  through: [USA]", "  through: [GBR]", "names GBR", "expected parties: [JPN, KOR"),
          List.of("retentionDays: 365", "retentionDays: 365.5", "whole number"),
          List.of("  - PLOT", "  - PLOTS", "'PLOTS'", "PLOT"),
          List.of("name: Trilateral", "name: \"\\u202e\"#", "text of 1 to 120"),
          List.of("name: Trilateral", "name: \"a\\u0000b\"#", "text of 1 to 120"),
          List.of("[128.37, 38.61]", "[128.37, 98.61]", "-90.0 to 90.0"),
          List.of("[128.37, 38.61]", "[38.61, 128.37]", "swapped, write [128.37, 38.61]"),
          List.of("[128.37, 38.61]", "[128.37, 90]", "too near a pole", "from -89 to 89"),
          List.of("[128.37, 38.61]", "[190, 38.61]", "beyond 180", "write two regions"),
          List.of("[128.37, 38.61]", "[.nan, 38.61]", "decimal number"),
          List.of("[128.37, 38.61]", "[128.37, .inf]", "decimal number"),
          List.of("[128.37, 38.61]", "[128.37]", "1 items"),
          List.of("[128.37, 38.61]", "[128.37, 38.61, 0]", "3 items"),
          List.of("[128.37, 38.61]", "[east, 38.61]", "decimal number"));

  @Test
  void namesLineAndExpectationOfEveryWrongClause() {
    for (List<String> wrong : WRONG) {
      String text = agreement(wrong.get(0), wrong.get(1));
      requireSays(
          refusedAgreement(text),
          lineOf(text, wrong.get(1)),
          wrong.subList(2, wrong.size()).toArray(String[]::new));
    }
  }

  @Test
  void namesEveryMissingClause() {
    for (String key :
        List.of("name:", "version:", "purpose:", "retentionDays:", "onwardRelease:\n  through:")) {
      String text = agreement("\n" + key, "\n#" + key.replace("\n", "\n#"));
      assertTrue(String.valueOf(refusedAgreement(text).getMessage()).contains("is missing"), key);
    }
  }

  @Test
  void refusesAPolygonThatIsOpenOrCrossesItself() {
    String open = agreement("          - [128.30, 38.59]\n          - [128.37, 38.61]\n", "");
    requireSays(refusedAgreement(open), lineOf(open, "- - [128.37"), "open ring");
    String crossed = agreement("[129.60, 38.66]", "[124.00, 43.50]");
    requireSays(refusedAgreement(crossed), lineOf(crossed, "polygon:\n"), "Self-intersection");
    String flat =
        agreement().replaceAll("(?m)^          - \\[.*\n", "").replace("- - [1", "- - [1");
    assertTrue(refusedAgreement(flat).line() > 0);
  }

  /** The agreement with one region of these rings of places. */
  private static String region(String... rings) {
    StringBuilder b = new StringBuilder();
    for (String ring : rings) {
      b.append("        - [").append(ring).append("]\n");
    }
    String text = agreement();
    int from = text.indexOf("        - - [128.37");
    int to = text.indexOf("  # The launch must be likelier");
    return text.substring(0, from) + b + text.substring(to);
  }

  @Test
  void refusesARegionThatCouldMeanTheRestOfTheGlobe() {
    // Drawn from 170 east to 170 west; read as a band, a launch at 45N 40E would lie in it.
    String across = region("[170, 40], [-170, 40], [-170, 50], [170, 50], [170, 40]");
    requireSays(
        refusedAgreement(across),
        lineOf(across, "[170, 40]"),
        "from [170, 40] to [-170, 40]",
        "340 degrees",
        "write two regions: one that ends at longitude 180, and one that begins at -180");
    String half = region("[-90, 40], [90, 40], [90, 50], [-90, 50], [-90, 40]");
    requireSays(refusedAgreement(half), lineOf(half, "[-90, 40]"), "180 degrees", "add corners");
    String hole =
        region(
            "[-179, 10], [0, 10], [179, 10], [179, 60], [0, 60], [-179, 60], [-179, 10]",
            "[-178, 40], [178, 40], [178, 50], [-178, 50], [-178, 40]");
    requireSays(refusedAgreement(hole), lineOf(hole, "[-178, 40]"), "356 degrees");
    String atTheLine = region("[170, 40], [180, 40], [180, 50], [170, 50], [170, 40]");
    assertEquals(1, Agreement.parse(utf8(atTheLine), "x").scope().launchRegions().size());
  }

  @Test
  void refusesARingWithoutThreeCorners() {
    String two = region("[120, 40], [125, 45], [120, 40]");
    requireSays(refusedAgreement(two), lineOf(two, "[120, 40]"), "three corners");
    String same = region("[120, 40], [125, 45], [125, 45], [120, 40]");
    assertTrue(
        String.valueOf(refusedAgreement(same).getMessage()).contains("not a simple polygon"));
    String line = region("[120, 40], [125, 40], [122, 40], [120, 40]");
    assertTrue(
        String.valueOf(refusedAgreement(line).getMessage()).contains("not a simple polygon"));
    String outside =
        region(
            "[120, 40], [125, 40], [125, 45], [120, 45], [120, 40]",
            "[130, 40], [135, 40], [135, 45], [130, 45], [130, 40]");
    assertTrue(
        String.valueOf(refusedAgreement(outside).getMessage()).contains("not a simple polygon"));
  }

  @Test
  void digestsTheExactBytes() throws Exception {
    byte[] bytes = DefaultFiles.agreement();
    String expected =
        new java.math.BigInteger(
                1, java.security.MessageDigest.getInstance("SHA-256").digest(bytes))
            .toString(16);
    Agreement read = Agreement.parse(bytes, "default");
    assertEquals("0".repeat(64 - expected.length()) + expected, read.digest());
    assertNotEquals(read.digest(), Agreement.parse(utf8(agreement() + "\n"), "default").digest());
  }

  @Test
  void keepsTheSenseOfEveryClause() {
    Agreement a = Agreement.parse(utf8(agreement("[REAL, EXERCISE, TEST]", "[TEST]")), "x");
    assertEquals(List.of(Channel.TEST), List.copyOf(a.channels()));
    assertEquals(List.of(Nation.JPN, Nation.KOR, Nation.USA), List.copyOf(a.parties()));
    assertEquals(0.5, a.scope().probability());
    assertEquals(new Agreement.Window(15, 120, 7200), a.scope().window());
    assertEquals("PARALLAX", a.marking().policy());
    assertEquals(365, a.terms().retentionDays());
    assertEquals("2016-01-01T00:00:00Z", a.from().toString());
  }

  @Test
  void relaysCarryBetweenTwoOthersOnly() {
    Agreement.OnwardRelease through = Agreement.parse(utf8(agreement()), "x").onwardRelease();
    assertTrue(through.permits(Nation.USA, Nation.KOR, Nation.JPN));
    assertTrue(through.permits(Nation.USA, Nation.JPN, Nation.KOR));
    assertFalse(through.permits(Nation.USA, Nation.USA, Nation.JPN), "its own stream");
    assertFalse(through.permits(Nation.USA, Nation.JPN, Nation.USA), "a stream for itself");
    assertFalse(through.permits(Nation.JPN, Nation.KOR, Nation.USA), "not listed");
  }

  @Test
  void withoutRelaysNobodyCarries() {
    Agreement.OnwardRelease none =
        Agreement.parse(
                utf8(agreement("onwardRelease:\n  through: [USA]", "onwardRelease: none")), "x")
            .onwardRelease();
    assertTrue(none.relays().isEmpty());
    assertFalse(none.permits(Nation.USA, Nation.KOR, Nation.JPN));
  }
}
