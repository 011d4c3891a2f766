package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.fixtures.ReleaseFixtures;

final class ConditionTest {
  private static final SortedSet<Nation> PARTNERS = new TreeSet<>(List.of(Nation.JPN, Nation.USA));
  private static final SortedSet<Channel> CHANNELS =
      new TreeSet<>(List.of(Channel.EXERCISE, Channel.TEST));
  private static final Report TRACK = ReleaseFixtures.trackReport(Nation.KOR, 1, 40);
  private static final ReleaseContext FLYING =
      new ReleaseContext(
          Optional.of(ReleaseFixtures.launchAt(ReleaseFixtures.LAUNCH_TIME)),
          Optional.empty(),
          false);
  private static final Facts FACTS =
      new Facts(TRACK, FLYING, ReleaseFixtures.LAUNCH_TIME.plusSeconds(45));

  private static Condition compiled(String text) {
    try {
      return Condition.compile(text, PARTNERS, CHANNELS);
    } catch (Condition.WrongException e) {
      throw new AssertionError(text, e);
    }
  }

  private static boolean holds(String text) {
    boolean yes = compiled(text).holds(FACTS, Nation.JPN, true);
    assertEquals(yes, compiled(text).holds(FACTS, Nation.JPN, false), "known: " + text);
    return yes;
  }

  private static String refused(String text) {
    return String.valueOf(
        assertThrows(
                Condition.WrongException.class,
                () -> Condition.compile(text, PARTNERS, CHANNELS),
                text)
            .getMessage());
  }

  @Test
  void saysWhatARecordIs() {
    for (String yes :
        List.of(
            "record.dataClass == 'FLIGHT_PATH'",
            "record.status == 'CONFIRMED' && record.phase == 'COAST'",
            "record.threatClass in ['MRBM', 'IRBM']",
            "record.ageS > 4.9 && record.ageS < 5.1",
            "record.altitudeKm > 49 && record.altitudeKm < 51",
            "record.speedKmps == 1.5",
            "record.sigmaKm > 0.17 && record.sigmaKm < 0.18",
            "launch.latitudeDeg > 39.1 && launch.longitudeDeg < 125.7",
            "launch.sigmaKm > 9.99 && launch.sigmaKm < 10.01",
            "launch.ageS == 45.0",
            "launch.ageS / 2.0 - 1.0 == 21.5",
            "channel == 'EXERCISE'",
            "partner != 'USA'",
            "record.ageS < 1 ? false : !(partner == 'USA')")) {
      assertTrue(holds(yes), yes);
      assertFalse(holds("!(" + yes + ")"), yes);
    }
  }

  @Test
  void isInDoubtWhenItNamesWhatIsNotKnown() {
    Condition impact = compiled("impact.latitudeDeg > 30.0 || true");
    assertTrue(impact.holds(FACTS, Nation.JPN, true));
    assertFalse(impact.holds(FACTS, Nation.JPN, false));
  }

  @Test
  void isInDoubtWhenItCannotBeComputed() {
    Condition overflow = compiled("9223372036854775807 + 1 > 0 && launch.ageS > 0");
    assertTrue(overflow.holds(FACTS, Nation.JPN, true));
    assertFalse(overflow.holds(FACTS, Nation.JPN, false));
  }

  @Test
  void namesWhatIsWrong() {
    for (List<String> wrong :
        List.of(
            List.of("record.threatclass == 'ICBM'", "record.threatClass", "column 1"),
            List.of("record.threatClass == 'ICMB'", "'ICMB'", "SPACE_LAUNCH"),
            List.of("record.threatClass in ['ICBM', 'X']", "'X'"),
            List.of("'ICMB' != record.threatClass", "'ICMB'"),
            List.of("partner == 'KOR'", "[JPN, USA]"),
            List.of("partner == '\u041aOR'", "<U+00041a>OR"),
            List.of("launch.sigmaKm == 'big'", "column"),
            List.of("launch.sigmaKm", "bool"),
            List.of("launch.sigmaKm <", "column 17"),
            List.of("partner.matches('^(a+)+$')", "matches"),
            List.of("matches(partner, '^(a+)+$')", "matches"),
            List.of("partner.startsWith('J')", "startsWith"),
            List.of("size(partner) == 3", "size"),
            List.of("[1, 2].all(x, x > 0)", "column"),
            List.of("has(record.ageS)", "column"),
            List.of("{'a': true}['a']", "_[_]"),
            List.of("[true][0]", "_[_]"),
            List.of("'a' == 'a'", "'a'"),
            List.of("1.0 / 0 > 'x'", "column"),
            List.of("", "column"))) {
      String message = refused(wrong.getFirst());
      for (String part : wrong.subList(1, wrong.size())) {
        assertTrue(message.contains(part), wrong + ": " + message);
      }
      assertTrue(message.length() < 500, message);
    }
  }

  @Test
  void boundsWhatAnExpressionMayCost() {
    assertTrue(refused("true || ".repeat(200) + "true").contains("1604 characters"));
    assertTrue(refused("(".repeat(400) + "true" + ")".repeat(400)).contains("limit"));
    assertTrue(refused("!(".repeat(300) + "true" + ")".repeat(300)).contains("limit"));
    assertTrue(refused("1<2||".repeat(190) + "1<2").contains("parts"));
    refused("[".repeat(499) + "]".repeat(499));
    refused("-".repeat(999));
    refused("a.".repeat(499) + "b == 1");
  }

  @Test
  void knowsWhetherItSaysTheSameOfAll() {
    assertEquals(Optional.of(true), compiled("1 < 2").constant());
    assertEquals(Optional.empty(), compiled("record.ageS < 2").constant());
    assertTrue(compiled("record.ageS < 2 && partner == 'JPN'").namesPartner());
    assertFalse(compiled("record.ageS < 2").namesPartner());
  }

  @Test
  void refusesWhatNoRecordCanSatisfy() {
    for (String never :
        List.of(
            "!true",
            "record.ageS < 30 && record.ageS > 60",
            "record.ageS < 5 && record.ageS >= 5.0",
            "record.threatClass == 'ICBM' && record.threatClass == 'SRBM'",
            "partner != 'JPN' && partner != 'USA'",
            "!(record.ageS > 5 || record.ageS <= 5)",
            "launch.latitudeDeg > 40 && launch.latitudeDeg < 41 && channel == 'TEST' && !true")) {
      assertTrue(refused(never).contains("is never true"), never);
    }
    for (String sometimes :
        List.of(
            "record.ageS <= 5 && record.ageS >= 5",
            "record.ageS > 4.9999999 && record.ageS < 5",
            "record.ageS < -3 || record.ageS > 60",
            "launch.latitudeDeg < impact.latitudeDeg && impact.latitudeDeg < launch.longitudeDeg"
                + " && launch.longitudeDeg < impact.longitudeDeg",
            "record.ageS * 2.0 > 60.0 && record.ageS < 31")) {
      compiled(sometimes);
    }
    assertTrue(refused("channel == 'REAL'").contains("[EXERCISE, TEST]"));
  }
}
