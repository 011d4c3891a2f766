package parallax.tracking;

import parallax.model.TrackEstimate;
import parallax.model.TrackId;

/**
 * One originator's national track, as an input of fusion.
 *
 * @param id its identity
 * @param estimate its newest estimate
 */
public record SourceTrack(TrackId id, TrackEstimate estimate) {}
