package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.release.YamlTexts.lineOf;
import static parallax.release.YamlTexts.policy;
import static parallax.release.YamlTexts.refusedPolicy;
import static parallax.release.YamlTexts.requireSays;
import static parallax.release.YamlTexts.utf8;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Nation;
import parallax.model.Report.DataClass;
import parallax.model.TrackStatus;
import parallax.release.NationalPolicy.Outcome;
import parallax.release.NationalPolicy.Rule;

final class NationalPolicyTest {
  private static final List<List<String>> WRONG =
      List.of(
          List.of("rules:", "rule:", "unknown key 'rule'", "'rules'"),
          List.of("minimumStatus:", "minStatus:", "'rules.minStatus'", "'rules.minimumStatus'"),
          List.of("minimumStatus: CONFIRMED", "minimumStatus: SURE", "'SURE'", "CONFIRMED"),
          List.of("to: [KOR, USA]", "to: [KOR, GBR]", "GBR", "expected partners: [KOR, USA]"),
          List.of("to: [KOR, USA]", "to: [KOR, JPN]", "JPN", "expected partners: [KOR, USA]"),
          List.of("to: [KOR, USA]", "to: []", "0 items"),
          List.of("to: [KOR, USA]", "to: [\u041aOR]", "<U+00041a>OR"),
          List.of("nation: JPN", "nation: GBR", "GBR", "party"),
          List.of("dataClasses: [FLIGHT_PATH]", "dataClasses: [PLOT]", "'PLOT'", "FLIGHT_PATH"),
          List.of("dataClasses: [FLIGHT_PATH]", "dataClasses: [NOTICE]", "'NOTICE'", "FLIGHT_PATH"),
          List.of("suspension: announced", "suspension: quiet", "[announced, silent]"),
          List.of("suspension: announced", "suspension: SILENT", "[announced, silent]"),
          List.of("suspension: announced", "suspension: [silent]", "a list"),
          List.of("suspension:", "suspend:", "unknown key 'suspend'", "'suspension'"),
          List.of("decision: release", "decision: permit", "[release, sanitise, hold, withhold]"),
          List.of("decision: release", "decision: RELEASE", "[release, sanitise, hold, withhold]"),
          List.of("default: withhold", "default: release", "expected 'withhold'"),
          List.of("- name: flight", "- name: (flight", "starts with '('"),
          List.of("- name: flight", "- Name: flight", "'rules.Name'", "'rules.name'"));

  @Test
  void namesLineAndExpectationOfEveryWrongRule() {
    for (List<String> wrong : WRONG) {
      String text = policy(wrong.get(0), wrong.get(1));
      requireSays(
          refusedPolicy(text),
          lineOf(text, wrong.get(1)),
          wrong.subList(2, wrong.size()).toArray(String[]::new));
    }
  }

  @Test
  void refusesARuleThatCanNeverDecide() {
    String text =
        policy(
            "default: withhold",
            """
              - name: too late
                dataClasses: [LAUNCH_POINT, IMPACT_POINT]
                to: [KOR]
                minimumStatus: LOST
                decision: withhold
            default: withhold\
            """);
    requireSays(refusedPolicy(text), lineOf(text, "- name: too late"), "'too late'", "never");
    String twice = text.replace("too late", "launch and impact points");
    requireSays(refusedPolicy(twice), lineOf(text, "- name: too late"), "twice");
  }

  @Test
  void refusesARuleWiderThanTheAgreement() {
    Agreement narrow =
        Agreement.parse(
            utf8(YamlTexts.agreement("[LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]", "[FLIGHT_PATH]")),
            "narrow");
    MalformedFileException e =
        assertThrows(
            MalformedFileException.class,
            () -> NationalPolicy.parse(DefaultFiles.policy(Nation.JPN), "p.yaml", narrow));
    assertTrue(
        String.valueOf(e.getMessage()).contains("the agreement covers [FLIGHT_PATH]"),
        e.getMessage());
  }

  @Test
  void refusesARuleBehindAnotherWithTheSameCondition() {
    String first =
        """
        rules:
          - name: FIRST
            dataClasses: [LAUNCH_POINT]
            to: [KOR, USA]
            when: launch.sigmaKm < 5
            decision: withhold
        """;
    String second =
        """
        - name: second
          dataClasses: [LAUNCH_POINT]
          to: [USA]
          when: launch.sigmaKm < 5
          decision: hold
          hold: {deadlineS: 5, otherwise: withhold}
        """
            .indent(2);
    String text = policy("rules:\n", first + second);
    MalformedFileException e = YamlTexts.refusedPolicy(text);
    assertEquals(YamlTexts.lineOf(text, "name: second"), e.line());
    assertTrue(String.valueOf(e.getMessage()).contains("can never decide"), e.getMessage());
    Agreement agreement = Agreement.parse(DefaultFiles.agreement(), "a");
    for (String apart :
        List.of(
            text.replace(
                ": [USA]\n    when: launch.sigmaKm < 5", ": [USA]\n    when: launch.sigmaKm < 6"),
            text.replace(
                "decision: withhold\n  - name: second", "decision: release\n  - name: s"))) {
      assertTrue(NationalPolicy.parse(utf8(apart), "p.yaml", agreement).rules().size() > 2, apart);
    }
  }

  @Test
  void acceptsAPolicyWithoutRules() {
    NationalPolicy none =
        NationalPolicy.parse(
            utf8("name: nothing\nversion: 3\nnation: KOR\nrules: []\ndefault: withhold\n"),
            "p.yaml",
            Agreement.parse(DefaultFiles.agreement(), "a"));
    assertEquals(List.of(), none.rules());
    assertEquals(3, none.version());
  }

  @Test
  void announcesSuspensionUnlessItIsSilent() {
    Agreement agreement = Agreement.parse(DefaultFiles.agreement(), "a");
    assertTrue(
        NationalPolicy.parse(DefaultFiles.policy(Nation.JPN), "p", agreement)
            .announcesSuspension());
    assertFalse(
        NationalPolicy.parse(
                utf8(policy("suspension: announced", "suspension: silent")), "p", agreement)
            .announcesSuspension());
    assertTrue(
        NationalPolicy.parse(utf8(policy("suspension: announced\n", "")), "p", agreement)
            .announcesSuspension(),
        "when nothing is said");
  }

  @Test
  void takesAnUnknownStatusTheRestrictiveWay() {
    Rule release = rule(Optional.of(TrackStatus.CONFIRMED), Outcome.RELEASE);
    Rule withhold = rule(Optional.of(TrackStatus.CONFIRMED), Outcome.WITHHOLD);
    assertFalse(release.matches(DataClass.FLIGHT_PATH, Nation.KOR, Optional.empty()));
    assertTrue(withhold.matches(DataClass.FLIGHT_PATH, Nation.KOR, Optional.empty()));
    assertTrue(
        rule(Optional.empty(), Outcome.RELEASE)
            .matches(DataClass.FLIGHT_PATH, Nation.KOR, Optional.empty()));
    assertFalse(
        release.matches(DataClass.FLIGHT_PATH, Nation.KOR, Optional.of(TrackStatus.TENTATIVE)));
    for (TrackStatus s : List.of(TrackStatus.CONFIRMED, TrackStatus.COASTED, TrackStatus.ENDED)) {
      assertTrue(release.matches(DataClass.FLIGHT_PATH, Nation.KOR, Optional.of(s)));
    }
  }

  private static Rule rule(Optional<TrackStatus> minimum, Outcome outcome) {
    return new Rule(
        "r",
        new TreeSet<>(List.of(DataClass.FLIGHT_PATH)),
        new TreeSet<>(List.of(Nation.KOR)),
        minimum,
        Optional.empty(),
        outcome,
        Sanitising.NONE,
        Optional.empty());
  }
}
