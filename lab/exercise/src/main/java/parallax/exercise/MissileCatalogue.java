package parallax.exercise;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import parallax.exercise.Missile.Stage;

/**
 * The kinds of missile, by reported type and else by class.
 *
 * <p>Burn times are round figures in the spread of open-source assessments, chosen per kind and
 * never per launch. The Hwasong-14 burns longest for its energy: its upper stage is publicly held
 * to run on small low-thrust motors (Postol, Schiller and Schmucker, Bulletin of the Atomic
 * Scientists, 11 August 2017). A missile reported as of a class whose flight had far less energy
 * than that class (a partial or component test) burns like the class its energy fits.
 */
final class MissileCatalogue {
  private static final double LIQUID_MPS = 2650;
  private static final double SOLID_MPS = 2500;

  /**
   * One entry: which reported types it stands for, and the least energy at which it is believed.
   */
  private record Entry(Pattern type, double leastSpeedMps, Missile missile) {}

  private static final Missile SRBM = one("short-range, solid", 55, SOLID_MPS, 8_000, 5_000, 3.0);
  private static final Missile SCUD = one("Scud family, liquid", 75, 2300, 8_000, 5_000, 1.0);
  private static final Missile LONG_SCUD =
      one("Scud-ER / Rodong, liquid", 110, 2300, 10_000, 5_500, 1.0);
  private static final Missile MRBM =
      two("medium-range, two-stage solid", 55, 55, SOLID_MPS, 10_000, 6_000, 2.5);
  private static final Missile GLIDER =
      one("boost-glide, liquid", 95, LIQUID_MPS, 10_000, 7_000, 2.5);
  private static final Missile SOLID_GLIDER =
      two("boost-glide, two-stage solid", 60, 50, SOLID_MPS, 10_000, 7_000, 2.5);
  private static final Missile MUSUDAN =
      one("Hwasong-10, liquid", 125, LIQUID_MPS, 15_000, 6_500, 1.5);
  private static final Missile IRBM =
      one("intermediate-range, liquid", 150, 2550, 20_000, 5_500, 1.5);
  private static final Missile ICBM =
      two("intercontinental, two-stage liquid", 130, 170, 2750, 20_000, 7_500, 1.5);
  private static final Missile LOW_THRUST_ICBM =
      two("Hwasong-14, low-thrust upper stage", 145, 250, 2750, 20_000, 7_500, 1.5);
  private static final Missile SOLID_ICBM =
      new Missile(
          "intercontinental, three-stage solid",
          List.of(new Stage(70, 2600, 0.36), new Stage(70, 2750, 0.34), new Stage(80, 2800, 0.30)),
          20_000,
          7_500,
          1.5);

  /** In order: the first entry whose pattern is found in the type and whose energy fits. */
  private static final List<Entry> BY_TYPE =
      List.of(
          entry("hwasong-?14", 5500, LOW_THRUST_ICBM),
          entry("hwasong-?1[89]|hwasong-?20", 5500, SOLID_ICBM),
          entry("hwasong-?1[57]", 5500, ICBM),
          entry("hwasong-?16|hwasong-?12b", 0, SOLID_GLIDER),
          entry("hwasong-?8\\b|hwasong-?12a|hgv|hypersonic|glide", 0, GLIDER),
          entry("hwasong-?12\\b", 3000, IRBM),
          entry("musudan|hwasong-?10", 2500, MUSUDAN),
          entry("er-scud|scud-?er|extended|rodong|nodong", 0, LONG_SCUD),
          entry("scud", 0, SCUD),
          entry("pukguksong|polaris", 2200, MRBM),
          entry("kn-?2\\d|hwasong-?11|srbm|slbm", 0, SRBM),
          entry("icbm|intercontinental", 5500, ICBM),
          entry("irbm|intermediate", 3500, IRBM),
          entry("mrbm|medium", 2000, MRBM));

  private MissileCatalogue() {}

  private static Missile one(
      String name, double burnS, double exhaust, double boost, double reentry, double lift) {
    return new Missile(name, List.of(new Stage(burnS, exhaust, 1)), boost, reentry, lift);
  }

  private static Missile two(
      String name,
      double firstS,
      double secondS,
      double exhaust,
      double boost,
      double reentry,
      double lift) {
    return new Missile(
        name,
        List.of(new Stage(firstS, exhaust, 0.55), new Stage(secondS, exhaust, 0.45)),
        boost,
        reentry,
        lift);
  }

  private static Entry entry(String pattern, double leastSpeedMps, Missile missile) {
    return new Entry(Pattern.compile(pattern), leastSpeedMps, missile);
  }

  /**
   * The kind of missile for a launch: by its reported type, then by its reported profile, then by
   * energy, given as the vacuum speed at the ground (m/s) that its figures need.
   */
  static Missile forLaunch(PublishedLaunch launch, double vacuumSpeedMps) {
    for (String words : List.of(launch.type(), launch.profile())) {
      String lower = words.toLowerCase(Locale.ROOT);
      for (Entry e : BY_TYPE) {
        if (vacuumSpeedMps >= e.leastSpeedMps && e.type.matcher(lower).find()) {
          return e.missile;
        }
      }
    }
    return byEnergy(vacuumSpeedMps);
  }

  private static Missile byEnergy(double vacuumSpeedMps) {
    if (vacuumSpeedMps < 2600) {
      return SRBM;
    } else if (vacuumSpeedMps < 4000) {
      return MRBM;
    }
    return vacuumSpeedMps < 5700 ? IRBM : ICBM;
  }
}
