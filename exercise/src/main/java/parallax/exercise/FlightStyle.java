package parallax.exercise;

import java.util.List;
import java.util.Locale;

/** How a missile flies after burnout. */
enum FlightStyle {
  /** Gravity and drag alone. */
  BALLISTIC,
  /** Lift is used on the way down: pull-up or glide. */
  LIFTING;

  private static final List<String> MANOEUVRING =
      List.of("depressed", "glid", "maneuv", "manoeuv", "pull-up", "pull up", "hgv");

  /** Whether the published type or profile speaks of flight that is not ballistic. */
  static boolean saysManoeuvring(PublishedLaunch launch) {
    String words = (launch.profile() + " " + launch.type()).toLowerCase(Locale.ROOT);
    return MANOEUVRING.stream().anyMatch(words::contains);
  }
}
