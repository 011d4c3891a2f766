package parallax.node.demo;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import parallax.exercise.Flight;
import parallax.exercise.PublishedLaunch;
import parallax.formats.NodeEvent;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.SensorId;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.warning.TrueAreas;

/**
 * All that one run of the demo measured. Times are seconds since the true launch, on the exercise's
 * clock.
 *
 * @param launch the published launch
 * @param assumption what was assumed where the publication is silent; empty when nothing was
 * @param flight the flight as flown: the truth
 * @param seed seed of the notional sensors' noise
 * @param speed exercise seconds a wall second
 * @param nodes the node processes, one a nation (the last process id where one was restarted)
 * @param nations what each nation knew and when
 * @param links what crossed each stream
 * @param pictureDigest SHA-256 of the final common picture, the same at all nodes; empty when they
 *     differ
 */
public record DemoResult(
    PublishedLaunch launch,
    Optional<String> assumption,
    Flight flight,
    long seed,
    double speed,
    List<NodeProcessId> nodes,
    SortedMap<Nation, NationResult> nations,
    List<LinkResult> links,
    Optional<String> pictureDigest) {

  /** A node's process. */
  public record NodeProcessId(Nation nation, long pid, int restarts) {}

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

  /**
   * The figures of the table; empty where it never happened.
   *
   * @param firstKnowledgeS first launch estimate or track
   * @param firstTrackS first confirmed track
   * @param impactWithin50KmS first impact prediction within 50 km of the true impact point
   * @param areasRightFromS from when the set of areas at risk is right and stays right
   * @param areasWarnedWrongly codes of areas that were at any time at risk by this picture and must
   *     not have been
   */
  public record Measures(
      OptionalDouble firstKnowledgeS,
      OptionalDouble firstTrackS,
      OptionalDouble impactWithin50KmS,
      OptionalDouble areasRightFromS,
      SortedSet<String> areasWarnedWrongly) {}

  /**
   * One drawing of a picture.
   *
   * @param tS when it was drawn
   * @param place where the target is believed to be, with altitude
   * @param positionSigmaM 1-sigma size of that belief, root of the sum of three variances
   * @param positionErrorM distance from the true place at the same time
   * @param phase phase believed
   * @param status status of the track
   * @param launch launch point believed
   * @param impact predicted impact
   * @param impactErrorM distance of the predicted from the true impact point
   * @param areas codes of the areas at risk
   * @param areasTold whether the picture can tell areas at all
   */
  public record Drawing(
      double tS,
      Optional<Geodetic> place,
      OptionalDouble positionSigmaM,
      OptionalDouble positionErrorM,
      FlightPhase phase,
      Optional<TrackStatus> status,
      Optional<LaunchPointEstimate> launch,
      Optional<Predicted> impact,
      OptionalDouble impactErrorM,
      List<String> areas,
      boolean areasTold) {}

  /** When a sensor reported, seconds since launch, and how often. */
  public record Sighting(SensorId sensor, double firstS, double lastS, int plots) {}

  /**
   * One stream.
   *
   * @param released records released to it
   * @param delivered records its recipient took in, each number counted once
   * @param lost released and never delivered
   * @param duplicated numbers taken in more than once
   * @param p50Us median time from release to durable at the recipient, wall microseconds
   * @param p99Us 99th percentile of the same
   */
  public record LinkResult(
      Nation from,
      Nation to,
      long released,
      long delivered,
      long lost,
      long duplicated,
      OptionalDouble p50Us,
      OptionalDouble p99Us) {}
}
