package parallax.demo;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import parallax.evaluation.NationResult;
import parallax.exercise.Flight;
import parallax.exercise.PublishedLaunch;
import parallax.model.Nation;
import parallax.model.UtcTime;

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
 * @param deleteBy the earliest moment by which the agreement wants a copy of a picture deleted,
 *     wall clock; empty when none rests on what a partner told
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
    Optional<String> pictureDigest,
    Optional<UtcTime> deleteBy) {

  /** A node's process. */
  public record NodeProcessId(Nation nation, long pid, int restarts) {}

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
