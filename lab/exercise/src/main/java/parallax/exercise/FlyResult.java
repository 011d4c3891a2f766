package parallax.exercise;

import java.util.OptionalDouble;

/**
 * A launch's computed figures beside the published ones.
 *
 * @param id the launch
 * @param flown whether a flight was found
 * @param reason why not; empty when flown
 * @param rangeKm computed ground range, km
 * @param apogeeKm computed apogee, km
 * @param flightTimeS computed flight time, seconds
 * @param burnoutS computed end of powered flight, seconds
 * @param publishedRangeKm the row's range, km
 * @param publishedApogeeKm the row's apogee, km
 * @param publishedFlightTimeS the row's flight time, seconds
 * @param nearestTimeS the published flight time nearest to the computed one among those a vacuum
 *     flight allows, seconds
 * @param nearestTimePublisher who published that; empty when nobody
 * @param salvoSize missiles the row stands for
 */
public record FlyResult(
    String id,
    boolean flown,
    String reason,
    OptionalDouble rangeKm,
    OptionalDouble apogeeKm,
    OptionalDouble flightTimeS,
    OptionalDouble burnoutS,
    OptionalDouble publishedRangeKm,
    OptionalDouble publishedApogeeKm,
    OptionalDouble publishedFlightTimeS,
    OptionalDouble nearestTimeS,
    String nearestTimePublisher,
    int salvoSize) {}
