package parallax.tracking;

import java.util.List;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;

/** Turns one nation's plots into its national tracks. */
public final class NationalTracker {
  /** A tracker of {@code nation}'s own {@code sensors}. */
  public NationalTracker(Nation nation, SensorRegistry sensors, TrackerSettings settings) {}

  /** Takes a plot. */
  public List<TrackEvent> onPlot(Plot plot) {
    return List.of();
  }

  /** Takes the time. */
  public List<TrackEvent> onTime(UtcTime now) {
    return List.of();
  }

  /** The live tracks. */
  public List<NationalTrack> tracks() {
    return List.of();
  }
}
