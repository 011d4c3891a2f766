package parallax.exercise;

import java.util.List;
import java.util.Locale;

/** How a missile flies after burnout. */
enum FlightStyle {
  /** Gravity and drag alone. */
  BALLISTIC,
  /** Lift is used on the way down: pull-up or glide. */
  LIFTING;

  private static final List<String> GLIDING =
      List.of("glid", "maneuv", "manoeuv", "pull-up", "pull up", "hgv", "hypersonic");

  /** Whether the published type or profile speaks of lift: glide, pull-up, manoeuvre. */
  static boolean saysGliding(PublishedLaunch launch) {
    String words = words(launch);
    return GLIDING.stream().anyMatch(words::contains);
  }

  /** Whether the published type or profile speaks of flight inside the atmosphere. */
  static boolean saysManoeuvring(PublishedLaunch launch) {
    return saysGliding(launch) || words(launch).contains("depressed");
  }

  private static String words(PublishedLaunch launch) {
    return (launch.profile() + " " + launch.type()).toLowerCase(Locale.ROOT);
  }
}
