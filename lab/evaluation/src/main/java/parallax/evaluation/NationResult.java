package parallax.evaluation;

import java.util.List;
import java.util.SortedSet;
import parallax.model.TrackId;
import parallax.warning.TrueAreas;
import parallax.wire.NodeEvent;

/**
 * What one nation knew.
 *
 * @param alone the national picture: own sensors only
 * @param shared the combined picture
 * @param aloneHistory every drawing of the national picture
 * @param sharedHistory every drawing of the combined picture
 * @param alerts alerts issued, updated, cancelled, in order
 * @param truth the nation's areas truly at risk, and those allowed to be warned
 * @param sightings what its sensors saw
 * @param withheldTracks its own tracks in its final combined picture that it withheld from a
 *     partner, so that they are not in the common one
 */
public record NationResult(
    Measures alone,
    Measures shared,
    List<Drawing> aloneHistory,
    List<Drawing> sharedHistory,
    List<NodeEvent.AlertSent> alerts,
    TrueAreas truth,
    List<Sighting> sightings,
    SortedSet<TrackId> withheldTracks) {}
