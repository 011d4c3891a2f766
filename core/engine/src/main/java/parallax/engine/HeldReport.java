package parallax.engine;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;

/**
 * A report that a person must release before a partner is told it. Of one track and data class at
 * most one waits for each partner: a newer report takes the place of the older one under the same
 * number. Notices are held one by one.
 *
 * @param id by which it is released or refused, from 1
 * @param partner for whom
 * @param report what would be told, before anything is taken from it
 * @param rule the national rule that holds it
 * @param deadline from when on it is withheld
 * @param twoPerson whether two people must release it
 * @param releasedBy who did so far
 * @param since when the first report under this number was held
 * @param launch where the track's launch was, if known
 * @param impactTime when it is predicted to come down, if known
 */
public record HeldReport(
    long id,
    Nation partner,
    Report report,
    String rule,
    UtcTime deadline,
    boolean twoPerson,
    SortedSet<String> releasedBy,
    UtcTime since,
    Optional<Geodetic> launch,
    Optional<UtcTime> impactTime) {
  /** Copies the names. */
  public HeldReport {
    releasedBy = Collections.unmodifiableSortedSet(new TreeSet<>(releasedBy));
  }

  /** The same of another report. */
  HeldReport of(Report other) {
    return new HeldReport(
        id, partner, other, rule, deadline, twoPerson, releasedBy, since, launch, impactTime);
  }

  /** The same of another report, with other times. */
  HeldReport of(Report other, UtcTime until, UtcTime heldSince) {
    return new HeldReport(
        id, partner, other, rule, until, twoPerson, releasedBy, heldSince, launch, impactTime);
  }

  HeldReport releasedBy(String person) {
    TreeSet<String> people = new TreeSet<>(releasedBy);
    people.add(person);
    return new HeldReport(
        id, partner, report, rule, deadline, twoPerson, people, since, launch, impactTime);
  }

  /**
   * The same with what is known of its track by now.
   *
   * @param older what it takes the place of, if anything. Who has released that has released this
   *     too when the same rule holds it under the same label: then the same was decided about
   */
  HeldReport knowing(ReleaseContext context, Optional<HeldReport> older) {
    boolean alike =
        older.isPresent()
            && older.get().rule.equals(rule)
            && older.get().twoPerson == twoPerson
            && older.get().report.header().label().asksTheSameAs(report.header().label());
    return new HeldReport(
        id,
        partner,
        report,
        rule,
        deadline,
        twoPerson,
        alike ? older.get().releasedBy : releasedBy,
        older.map(HeldReport::since).orElse(since),
        context.launch().map(LaunchPointEstimate::point),
        context.impactTime());
  }

  /** The track it is about. */
  public TrackId track() {
    return report.header().track();
  }

  /** Whether enough people released it. */
  boolean isReleased() {
    return releasedBy.size() >= (twoPerson ? 2 : 1);
  }

  /** For people: number, data class, track and partner. */
  @Override
  public String toString() {
    return id + " (" + report.dataClass() + " of " + track() + " for " + partner + ")";
  }
}
