package parallax.exercise;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.model.Check;
import parallax.model.Geodetic;
import parallax.model.UtcTime;

/**
 * A launch as published: one row of a launch table. Figures that no publisher gave are empty.
 *
 * @param id the row's identity, unique in its table
 * @param launchTime launch time, where date and time of day are known (KST is UTC+9)
 * @param site name of the launch site; may be empty
 * @param sitePosition launch site, height 0
 * @param bearingRad azimuth of the great circle to the impact, radians clockwise from north
 * @param type missile type as reported; may be empty
 * @param profile kind of flight, for example {@code lofted ICBM}; may be empty
 * @param rangeM ground range, metres
 * @param apogeeM greatest height, metres
 * @param flightTimeS launch to impact, seconds: the table's own figure
 * @param publishedTimes every flight time found in the row, by publisher
 * @param notes free text
 */
public record PublishedLaunch(
    String id,
    Optional<UtcTime> launchTime,
    String site,
    Geodetic sitePosition,
    OptionalDouble bearingRad,
    String type,
    String profile,
    OptionalDouble rangeM,
    OptionalDouble apogeeM,
    OptionalDouble flightTimeS,
    List<PublishedTime> publishedTimes,
    String notes) {
  /** Validates the figures and copies the list. */
  public PublishedLaunch {
    Check.text("launch id", id, 60);
    bearingRad.ifPresent(v -> Check.within("bearing (rad)", v, 0, 2 * Math.PI));
    rangeM.ifPresent(v -> Check.within("range (m)", v, 0, 2.004e7));
    apogeeM.ifPresent(v -> Check.within("apogee (m)", v, 0, 1e8));
    flightTimeS.ifPresent(v -> Check.notNegative("flight time (s)", v));
    publishedTimes = List.copyOf(publishedTimes);
  }

  /** How many missiles the row stands for: the number after an {@code x} in its type, else 1. */
  public int salvoSize() {
    return LaunchText.salvoSize(type);
  }

  /** One missile of the salvo: the same launch at a time and on a bearing of its own. */
  PublishedLaunch missile(UtcTime time, OptionalDouble bearing) {
    return new PublishedLaunch(
        id,
        Optional.of(time),
        site,
        sitePosition,
        bearing,
        type,
        profile,
        rangeM,
        apogeeM,
        flightTimeS,
        publishedTimes,
        notes);
  }

  /** The same launch with another apogee, metres. */
  PublishedLaunch withApogeeM(double newApogeeM) {
    return new PublishedLaunch(
        id,
        launchTime,
        site,
        sitePosition,
        bearingRad,
        type,
        profile,
        rangeM,
        OptionalDouble.of(newApogeeM),
        flightTimeS,
        publishedTimes,
        notes);
  }
}
