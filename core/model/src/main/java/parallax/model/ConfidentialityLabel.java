package parallax.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The originator's handling instruction, carried by every report.
 *
 * @param policy the labelling policy, for example {@code PARALLAX}
 * @param classification the level under that policy
 * @param owners the nations that own it, where the label names them: two or more own it jointly;
 *     none: the originator of what it labels owns it
 * @param releasableTo the nations that may hold it, the owners among them
 * @param caveats further handling instructions, each once, in their natural order
 * @param createdAt when the label was made
 */
public record ConfidentialityLabel(
    String policy,
    Classification classification,
    SortedSet<Nation> owners,
    SortedSet<Nation> releasableTo,
    List<Caveat> caveats,
    UtcTime createdAt) {

  /** Levels, least restrictive first. */
  public enum Classification {
    /** May be known to all. */
    UNCLASSIFIED("U"),
    /** Restricted. */
    RESTRICTED("R"),
    /** Confidential. */
    CONFIDENTIAL("C"),
    /** Secret. */
    SECRET("S");

    private final String abbreviation;

    Classification(String abbreviation) {
      this.abbreviation = abbreviation;
    }

    /** As a portion mark shows it. */
    public String abbreviation() {
      return abbreviation;
    }
  }

  /** Copies the collections and puts the caveats in order. */
  public ConfidentialityLabel {
    Check.text("label policy", policy, 60);
    if (!policy.equals(policy.strip())) {
      throw new InvalidValueException("label policy", "'" + policy + "'", "no space around it");
    }
    owners = Collections.unmodifiableSortedSet(new TreeSet<>(owners));
    releasableTo = Collections.unmodifiableSortedSet(new TreeSet<>(releasableTo));
    SortedSet<Caveat> each = new TreeSet<>();
    for (Caveat c : caveats) {
      if (!each.add(c)) {
        throw new InvalidValueException("caveats", c + " twice", "each once");
      }
    }
    caveats = List.copyOf(each);
    if (releasableTo.isEmpty()) {
      throw new InvalidValueException("releasable-to", "empty", "at least the originator");
    }
    if (!releasableTo.containsAll(owners)) {
      throw new InvalidValueException("releasable-to", releasableTo, "the owners " + owners);
    }
  }

  /** The label of what its originator owns alone. */
  public ConfidentialityLabel(
      String policy,
      Classification classification,
      SortedSet<Nation> releasableTo,
      List<Caveat> caveats,
      UtcTime createdAt) {
    this(policy, classification, new TreeSet<>(), releasableTo, caveats, createdAt);
  }

  /**
   * The label of what rests on all the {@code parts}: the highest classification, every caveat, the
   * newest time, and releasable to those who may hold every part. Where nobody may, it is for the
   * {@code holder} alone. Owners stay when all parts have the same.
   *
   * <p>The result does not depend on the order of the parts, nor on how often one is named or which
   * are combined first.
   *
   * @param parts at least one, all of one policy
   * @param holder the nation that holds the parts and combines them
   * @throws InvalidValueException when there is no part, or their policies differ: levels of
   *     different policies have no common order
   */
  public static ConfidentialityLabel combined(
      Collection<ConfidentialityLabel> parts, Nation holder) {
    if (parts.isEmpty()) {
      throw new InvalidValueException("labels combined", "none", "at least one");
    }
    ConfidentialityLabel first = parts.iterator().next();
    Classification classification = first.classification();
    SortedSet<Nation> owners = first.owners();
    SortedSet<Nation> releasableTo = new TreeSet<>(first.releasableTo());
    SortedSet<Caveat> caveats = new TreeSet<>();
    UtcTime createdAt = first.createdAt();
    for (ConfidentialityLabel p : parts) {
      if (!p.policy().equals(first.policy())) {
        throw new InvalidValueException(
            "label policy", "'" + p.policy() + "'", "'" + first.policy() + "', as of other parts");
      }
      if (p.classification().compareTo(classification) > 0) {
        classification = p.classification();
      }
      if (!p.owners().equals(owners)) {
        owners = new TreeSet<>();
      }
      releasableTo.retainAll(p.releasableTo());
      caveats.addAll(p.caveats());
      createdAt = UtcTime.max(createdAt, p.createdAt());
    }
    if (releasableTo.isEmpty()) {
      releasableTo.add(holder);
    }
    return new ConfidentialityLabel(
        first.policy(), classification, owners, releasableTo, List.copyOf(caveats), createdAt);
  }

  /** Whether another asks for the same handling, whenever either was made. */
  public boolean asksTheSameAs(ConfidentialityLabel other) {
    return policy.equals(other.policy)
        && classification == other.classification
        && owners.equals(other.owners)
        && releasableTo.equals(other.releasableTo)
        && caveats.equals(other.caveats);
  }

  /**
   * The banner line, for example {@code UNCLASSIFIED//REL TO USA, JPN, KOR}, as the CAPCO Register
   * orders it: owners before the level when they are not the United States alone ({@code //JPN
   * SECRET}, {@code //JOINT SECRET JPN KOR USA}), then the Register's caveats and who may hold it
   * beside the owners, then caveats of the policy's own.
   */
  public String banner() {
    return marking(false);
  }

  /** The same for a paragraph or a line: {@code (U//REL TO USA, JPN, KOR)}. */
  public String portionMark() {
    return "(" + marking(true) + ")";
  }

  private String marking(boolean portion) {
    SortedSet<Nation> named = !owners.isEmpty() || releasableTo.size() > 1 ? owners : releasableTo;
    boolean unclassified = classification == Classification.UNCLASSIFIED;
    List<String> controls = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Caveat c : caveats) {
      String text = portion ? c.abbreviation() : c.name();
      if (!c.isOfRegister()) {
        others.add(text);
      } else if (!c.equals(Caveat.FOUO) || unclassified) {
        controls.add(text);
      }
    }
    if (!named.containsAll(releasableTo)) {
      controls.add("REL TO " + unitedStatesFirst(releasableTo));
    } else if (isUnitedStatesAlone(named) && !unclassified) {
      int proprietary = caveats.contains(Caveat.PROPIN) ? 1 : 0;
      controls.add(controls.size() - proprietary, portion ? "NF" : "NOFORN");
    }
    StringBuilder b =
        new StringBuilder(
            owned(portion ? classification.abbreviation() : classification.name(), named));
    for (List<String> category : List.of(controls, others)) {
      if (!category.isEmpty()) {
        b.append("//").append(String.join("/", category));
      }
    }
    return b.toString();
  }

  private static boolean isUnitedStatesAlone(SortedSet<Nation> nations) {
    return nations.size() == 1 && nations.contains(Nation.USA);
  }

  private static String owned(String level, SortedSet<Nation> owners) {
    if (owners.isEmpty() || isUnitedStatesAlone(owners)) {
      return level;
    }
    return owners.size() == 1
        ? "//" + owners.first() + " " + level
        : "//JOINT "
            + level
            + " "
            + owners.stream().map(Nation::code).collect(Collectors.joining(" "));
  }

  private static String unitedStatesFirst(SortedSet<Nation> nations) {
    List<String> codes = new ArrayList<>();
    for (Nation n : nations) {
      codes.add(n.equals(Nation.USA) ? 0 : codes.size(), n.code());
    }
    return String.join(", ", codes);
  }
}
