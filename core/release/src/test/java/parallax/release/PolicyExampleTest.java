package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.NationalPolicy.Outcome;
import parallax.release.PolicyTrial.Answer;

/** Examples are decided about as records are. */
final class PolicyExampleTest {
  private static final Agreement AGREEMENT = Agreement.parse(DefaultFiles.agreement(), "default");
  private static final String LAUNCH =
      """
      examples:
        - name: a launch
          record: LAUNCH_POINT
          afterLaunchS: 10
          launch: {latitudeDeg: 39.2, longitudeDeg: 125.67, sigmaKm: 10}
          expect: {JPN: hold, USA: {decision: sanitise, rule: late}}
      """;
  private static final String RULES =
      """
      name: Test
      version: 1
      nation: KOR
      rules:
        - name: ask
          dataClasses: [LAUNCH_POINT]
          to: [JPN]
          decision: hold
          hold: {deadlineS: 60, otherwise: withhold, twoPerson: true}
        - name: late
          dataClasses: [LAUNCH_POINT]
          to: [USA]
          decision: sanitise
          sanitise: {delayS: 20, coarsenTimeS: 30}
      default: withhold
      """;

  private static List<PolicyExample> read(String yaml) {
    return PolicyExample.parse(YamlTexts.utf8(yaml), "x.yaml", AGREEMENT, Nation.KOR, Channel.REAL);
  }

  private static Answer ask(String policy, PolicyExample e, Nation partner) {
    return new PolicyTrial(
            AGREEMENT,
            NationalPolicy.parse(YamlTexts.utf8(policy), "p.yaml", AGREEMENT),
            e.report().header().channel())
        .ask(e.report(), e.context(), partner, e.now());
  }

  private static PolicyExample.Expected expected(PolicyExample e, Nation partner) {
    return Objects.requireNonNull(e.expected().get(partner));
  }

  @Test
  void theExamplesOfTheDefaultPoliciesComeOutAsExpected() {
    for (Nation n : List.of(Nation.JPN, Nation.KOR, Nation.USA)) {
      NationalPolicy policy = NationalPolicy.parse(DefaultFiles.policy(n), "policy", AGREEMENT);
      assertEquals(
          Optional.of(DefaultFiles.policyName(n)),
          PolicyExample.policyNamed(DefaultFiles.examples(n), "examples"));
      for (Channel c : Channel.values()) {
        int met = 0;
        for (PolicyExample e :
            PolicyExample.parse(DefaultFiles.examples(n), "examples", AGREEMENT, n, c)) {
          for (Map.Entry<Nation, PolicyExample.Expected> x : e.expected().entrySet()) {
            Answer a =
                new PolicyTrial(AGREEMENT, policy, c)
                    .ask(e.report(), e.context(), x.getKey(), e.now());
            assertTrue(x.getValue().isMetBy(a), n + " " + e.name() + ": " + a);
            met++;
          }
        }
        assertEquals(16, met);
      }
    }
  }

  @Test
  void holdsAndDelaysSayHowLongAndWhatWouldBeRead() {
    PolicyExample e = read(LAUNCH).getFirst();
    Answer jpn = ask(RULES, e, Nation.JPN);
    assertEquals(Outcome.HOLD, jpn.outcome());
    assertEquals(OptionalDouble.of(60), OptionalDouble.of(Math.rint(jpn.waitsS().getAsDouble())));
    assertTrue(jpn.twoPerson());
    assertEquals(Optional.of(e.report()), jpn.seen());
    Answer usa = ask(RULES, e, Nation.USA);
    assertEquals(Outcome.SANITISE, usa.outcome());
    assertEquals(20, usa.waitsS().getAsDouble(), 1e-6);
    Report.LaunchReport seen = (Report.LaunchReport) usa.seen().orElseThrow();
    assertEquals(Math.sqrt(4 + 300), seen.launch().timeSigmaS(), 1e-9);
    assertTrue(expected(e, Nation.USA).isMetBy(usa));
    assertTrue(expected(e, Nation.JPN).isMetBy(jpn));
    assertFalse(new PolicyExample.Expected(Outcome.SANITISE, Optional.of("other")).isMetBy(usa));
    assertFalse(new PolicyExample.Expected(Outcome.RELEASE, Optional.empty()).isMetBy(usa));
  }

  @Test
  void aDelayThatEndsAfterTheWindowIsWithheld() {
    PolicyExample e = read(LAUNCH.replace("afterLaunchS: 10", "afterLaunchS: 7190")).getFirst();
    assertEquals(Outcome.WITHHOLD, ask(RULES, e, Nation.USA).outcome());
  }

  @Test
  void aChangeOfRuleAloneIsNoChangeOfWhatIsTold() {
    PolicyExample e = read(LAUNCH).getFirst();
    Answer one = ask(RULES, e, Nation.USA);
    assertTrue(one.tellsTheSameAs(ask(RULES.replace("name: late", "name: later"), e, Nation.USA)));
    assertFalse(one.tellsTheSameAs(ask(RULES.replace("delayS: 20", "delayS: 21"), e, Nation.USA)));
    assertFalse(
        one.tellsTheSameAs(ask(RULES.replace("delayS: 20", "limitRateS: 20"), e, Nation.USA)));
    Answer held = ask(RULES, e, Nation.JPN);
    assertFalse(
        held.tellsTheSameAs(
            ask(RULES.replace("twoPerson: true", "twoPerson: false"), e, Nation.JPN)));
  }

  @Test
  void whatIsWrongInAnExampleIsNamedWithItsLine() {
    String[][] wrong = {
      {"record: LAUNCH_POINT", "record: NOTICE", "line 3"},
      {"record: LAUNCH_POINT", "record: FLIGHT_PATH", "without 'state'"},
      {"record: LAUNCH_POINT", "record: IMPACT_POINT", "without 'impact'"},
      {"latitudeDeg: 39.2", "latitudeDeg: 99", "line 5"},
      {"sigmaKm: 10", "sigmaKm: 0", "line 5"},
      {"JPN: hold", "JPN: maybe", "line 6"},
      {"JPN: hold", "KOR: hold", "unknown key"},
      {"afterLaunchS: 10", "afterLunchS: 10", "nearest known key: 'examples.afterLaunchS'"},
      {"afterLaunchS: 10", "afterLaunchS: 10\n    state: {}", "without 'status'"},
      {"examples:", "policy: ../up.yaml\nexamples:", "line 1"},
    };
    for (String[] w : wrong) {
      String yaml = YamlTexts.changed(LAUNCH, w[0], w[1]);
      MalformedFileException e =
          assertThrows(
              MalformedFileException.class,
              () -> {
                read(yaml);
                PolicyExample.policyNamed(YamlTexts.utf8(yaml), "x.yaml");
              });
      assertTrue(String.valueOf(e.getMessage()).contains(w[2]), e.getMessage());
    }
  }
}
