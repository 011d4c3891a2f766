package parallax.model;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The originator's handling instruction, carried by every report.
 *
 * @param policy the labelling policy, for example {@code PARALLAX}
 * @param classification the level under that policy
 * @param releasableTo the nations that may hold it, the originator among them
 * @param caveats further handling instructions, in order
 * @param createdAt when the label was made
 */
public record ConfidentialityLabel(
    String policy,
    Classification classification,
    SortedSet<Nation> releasableTo,
    List<String> caveats,
    UtcTime createdAt) {

  /** Levels, least restrictive first. */
  public enum Classification {
    /** May be known to all. */
    UNCLASSIFIED,
    /** Restricted. */
    RESTRICTED,
    /** Confidential. */
    CONFIDENTIAL,
    /** Secret. */
    SECRET
  }

  /** Copies the collections. */
  public ConfidentialityLabel {
    Check.text("label policy", policy, 60);
    releasableTo = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(releasableTo));
    caveats = List.copyOf(caveats);
    for (String c : caveats) {
      Check.text("caveat", c, 60);
    }
    if (releasableTo.isEmpty()) {
      throw new InvalidValueException("releasable-to", "empty", "at least the originator");
    }
  }

  /**
   * The banner line, for example {@code UNCLASSIFIED//REL TO USA, JPN, KOR}: the United States
   * first, then the others in alphabetical order (CAPCO Register, REL TO).
   */
  public String banner() {
    StringBuilder b = new StringBuilder(classification.name()).append("//REL TO ");
    boolean first = true;
    if (releasableTo.contains(Nation.USA)) {
      b.append(Nation.USA);
      first = false;
    }
    for (Nation n : releasableTo) {
      if (!n.equals(Nation.USA)) {
        b.append(first ? "" : ", ").append(n);
        first = false;
      }
    }
    for (String c : caveats) {
      b.append("//").append(c);
    }
    return b.toString();
  }
}
