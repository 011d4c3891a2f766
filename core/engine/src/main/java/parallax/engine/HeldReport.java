package parallax.engine;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;

/**
 * A report that a person must release before a partner is told it.
 *
 * @param id by which it is released or refused, from 1
 * @param partner for whom
 * @param report what would be told, before anything is taken from it
 * @param rule the national rule that holds it
 * @param deadline from when on it is withheld
 * @param twoPerson whether two people must release it
 * @param releasedBy who did so far
 */
public record HeldReport(
    long id,
    Nation partner,
    Report report,
    String rule,
    UtcTime deadline,
    boolean twoPerson,
    SortedSet<String> releasedBy) {
  /** Copies the names. */
  public HeldReport {
    releasedBy = Collections.unmodifiableSortedSet(new TreeSet<>(releasedBy));
  }

  /** The same of another report. */
  HeldReport of(Report other) {
    return new HeldReport(id, partner, other, rule, deadline, twoPerson, releasedBy);
  }

  /** The same of another report, with another deadline. */
  HeldReport of(Report other, UtcTime until) {
    return new HeldReport(id, partner, other, rule, until, twoPerson, releasedBy);
  }

  HeldReport releasedBy(String person) {
    TreeSet<String> people = new TreeSet<>(releasedBy);
    people.add(person);
    return new HeldReport(id, partner, report, rule, deadline, twoPerson, people);
  }

  /** Whether enough people released it. */
  boolean isReleased() {
    return releasedBy.size() >= (twoPerson ? 2 : 1);
  }
}
