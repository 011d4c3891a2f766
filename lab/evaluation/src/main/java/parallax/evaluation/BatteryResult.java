package parallax.evaluation;

import java.util.List;
import java.util.SortedMap;
import parallax.tables.RowError;

/**
 * All that a battery measured. Nothing in it depends on how fast, or by how many threads, it ran.
 *
 * @param table name of the launch table
 * @param seeds the seeds are 1 to this
 * @param made what made it: versions and digests, by name
 * @param launches the launches flown, in the order of the table
 * @param notFlown the launches that could not be flown, with the reason
 * @param malformed rows of the table that could not be read
 */
public record BatteryResult(
    String table,
    int seeds,
    SortedMap<String, String> made,
    List<LaunchScore> launches,
    List<NotFlown> notFlown,
    List<RowError> malformed) {
  /** Copies the lists. */
  public BatteryResult {
    launches = List.copyOf(launches);
    notFlown = List.copyOf(notFlown);
    malformed = List.copyOf(malformed);
  }

  /** A launch that could not be flown, and why. */
  public record NotFlown(String id, String reason) {}

  /** What sharing made worse beyond noise. */
  public List<WorseShared> worse() {
    return launches.stream().flatMap(l -> WorseShared.of(l).stream()).toList();
  }

  /** Whether something was flown, every run was sound, and sharing made nothing worse. */
  public boolean good() {
    return !launches.isEmpty()
        && worse().isEmpty()
        && launches.stream().allMatch(l -> l.problems().isEmpty());
  }
}
