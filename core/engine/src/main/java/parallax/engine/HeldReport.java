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
import parallax.release.ReleaseDecision;

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

  /**
   * A report that begins to wait, with what is known of its track by now.
   *
   * @param older what it takes the place of, if anything. Who has released that has released this
   *     too when the same rule holds it under the same label: then the same was decided about
   */
  static HeldReport of(
      long id,
      Nation partner,
      Report report,
      ReleaseContext context,
      ReleaseDecision.Hold decision,
      UtcTime now,
      Optional<HeldReport> older) {
    return new HeldReport(
        id,
        partner,
        report,
        decision.rule(),
        decision.deadline(),
        decision.twoPerson(),
        older
            .filter(o -> o.decidesAlso(report, decision))
            .map(HeldReport::releasedBy)
            .orElseGet(TreeSet::new),
        older.map(HeldReport::since).orElse(now),
        context.launch().map(LaunchPointEstimate::point),
        context.impactTime());
  }

  private boolean decidesAlso(Report newer, ReleaseDecision.Hold decision) {
    return rule.equals(decision.rule())
        && twoPerson == decision.twoPerson()
        && report.header().label().asksTheSameAs(newer.header().label());
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
