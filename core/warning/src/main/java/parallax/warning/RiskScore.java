package parallax.warning;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a set of warned areas compares with the truth.
 *
 * @param missing required areas that were not warned
 * @param wrong warned areas that were not even allowed
 */
public record RiskScore(
    SortedSet<AdministrativeArea> missing, SortedSet<AdministrativeArea> wrong) {
  /** Copies the sets. */
  public RiskScore {
    missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    wrong = Collections.unmodifiableSortedSet(new TreeSet<>(wrong));
  }

  /** Compares warned areas with the truth. */
  public static RiskScore of(Collection<AdministrativeArea> warned, TrueAreas truth) {
    TreeSet<AdministrativeArea> missing = new TreeSet<>(truth.required());
    missing.removeAll(new TreeSet<>(warned));
    TreeSet<AdministrativeArea> wrong = new TreeSet<>(warned);
    wrong.removeAll(truth.allowed());
    return new RiskScore(missing, wrong);
  }

  /** Whether every required area is warned and no other than allowed ones. */
  public boolean right() {
    return missing.isEmpty() && wrong.isEmpty();
  }
}
