package parallax.tracking;

import parallax.model.LaunchPointEstimate;
import parallax.model.Plot;
import parallax.model.TrackId;

/** What a tracker has to tell after an input. */
public sealed interface TrackEvent {
  /**
   * First knowledge of a launch, possibly before there is a track with a usable state; also sent
   * again when the estimate has become markedly better.
   *
   * @param id the track it will be, or is
   * @param launch where and when
   */
  record LaunchDetected(TrackId id, LaunchPointEstimate launch) implements TrackEvent {}

  /**
   * A track is new, has changed status or phase, or its update period has passed.
   *
   * @param track the track as it is now
   */
  record TrackUpdated(NationalTrack track) implements TrackEvent {}

  /**
   * A plot was not used.
   *
   * @param plot the plot
   * @param reason why, for a person to read
   */
  record PlotRejected(Plot plot, String reason) implements TrackEvent {}

  /**
   * What is known of a radar's clock has changed in a way that operators must know.
   *
   * @param clock what is known of it now
   */
  record ClockJudged(SensorClock clock) implements TrackEvent {}
}
