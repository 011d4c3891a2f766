package parallax.model;

import java.util.List;

/**
 * A further handling instruction on a label. Those of the CAPCO Register that restrict without
 * naming readers have their abbreviations; any other is a labelling policy's own. Who may hold it
 * is never a caveat: {@link ConfidentialityLabel#releasableTo} alone says so.
 *
 * <p>The natural order is that of a banner: those of the Register in its order, then the others by
 * name.
 *
 * @param name as a banner shows it: 1 to 60 of A to Z, 0 to 9, space and hyphen
 */
public record Caveat(String name) implements Comparable<Caveat> {
  /** For official use only; shown with UNCLASSIFIED alone. */
  public static final Caveat FOUO = new Caveat("FOUO");

  /** Further dissemination is controlled by the originator. */
  public static final Caveat ORCON = new Caveat("ORCON");

  /** Controlled imagery. */
  public static final Caveat IMCON = new Caveat("IMCON");

  /** Caution, proprietary information involved. */
  public static final Caveat PROPIN = new Caveat("PROPIN");

  private static final List<String> REGISTER = List.of("FOUO", "ORCON", "IMCON", "PROPIN");
  private static final List<String> ABBREVIATED = List.of("FOUO", "OC", "IMC", "PR");
  private static final int LONGEST = 60;

  /** Validates the name. */
  public Caveat {
    Check.text("caveat", name, LONGEST);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != ' ' && c != '-') {
        throw new InvalidValueException(
            "caveat", "'" + name + "'", "A to Z, 0 to 9, space and hyphen");
      }
    }
    if (!name.equals(name.strip()) || name.contains("  ")) {
      throw new InvalidValueException("caveat", "'" + name + "'", "words with one space between");
    }
    if (name.equals("NOFORN") || name.equals("REL TO") || name.startsWith("REL TO ")) {
      throw new InvalidValueException(
          "caveat", "'" + name + "'", "readers to be named by releasable-to alone");
    }
  }

  /** Whether the CAPCO Register lists it among the dissemination controls. */
  public boolean isOfRegister() {
    return REGISTER.contains(name);
  }

  /** As a portion mark shows it. */
  public String abbreviation() {
    int i = REGISTER.indexOf(name);
    return i < 0 ? name : ABBREVIATED.get(i);
  }

  @Override
  public int compareTo(Caveat other) {
    int mine = REGISTER.indexOf(name);
    int others = REGISTER.indexOf(other.name);
    if (mine >= 0 && others >= 0) {
      return Integer.compare(mine, others);
    }
    return mine >= 0 ? -1 : others >= 0 ? 1 : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
