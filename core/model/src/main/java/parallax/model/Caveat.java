package parallax.model;

import java.util.List;

/**
 * A further handling instruction on a label. Those of the CAPCO Register that restrict without
 * naming readers have their abbreviations; any other is a labelling policy's own. Who may hold it
 * is never a caveat: {@link ConfidentialityLabel#releasableTo} alone says so, and NOFORN and REL TO
 * are refused in every spelling. A caveat that is not known to permit telling withholds: see {@link
 * #forRelease}.
 *
 * <p>The natural order is that of a banner: those of the Register in its order, then the others by
 * name.
 *
 * @param name as a banner shows it: 1 to 60 of A to Z, 0 to 9, space and hyphen
 */
public record Caveat(String name) implements Comparable<Caveat> {
  /** Spellings of NOFORN, without spaces and hyphens. */
  private static final List<String> NO_FOREIGNERS =
      List.of(
          "NF",
          "NOFORN",
          "NOFOREIGN",
          "NOFOREIGNER",
          "NOFOREIGNERS",
          "NOFOREIGNNATIONALS",
          "NOTRELEASABLETOFOREIGNNATIONALS");

  /** For official use only; shown with UNCLASSIFIED alone. */
  public static final Caveat FOUO = new Caveat("FOUO");

  /** Further dissemination is controlled by the originator. */
  public static final Caveat ORCON = new Caveat("ORCON");

  /** Controlled imagery. */
  public static final Caveat IMCON = new Caveat("IMCON");

  /** Caution, proprietary information involved. */
  public static final Caveat PROPIN = new Caveat("PROPIN");

  /** The caveats that let a report be told to those its label names; no other does. */
  public static final List<Caveat> PERMITTING = List.of(FOUO, ORCON, IMCON, PROPIN);

  /** What a caveat means for telling a report to another nation. */
  public enum ForRelease {
    /** The report may be told to those whom the label names. */
    PERMITS("which lets the report be told to those whom its label names"),

    /** It keeps the report from readers whom the label may name, or leaves them to be decided. */
    RESTRICTS_READERS("which restricts who may read the report: nothing with it is told"),

    /** What it means is not known here, so nothing with it is told. */
    NOT_KNOWN("whose meaning is not known here: nothing with it is told");

    private final String says;

    ForRelease(String says) {
      this.says = says;
    }

    /** The meaning, as the end of a sentence that names the caveat. */
    public String says() {
      return says;
    }
  }

  /**
   * Words that restrict the readers, without spaces and hyphens. RELIDO leaves the readers to a
   * foreign disclosure officer, who has not decided yet.
   */
  private static final List<String> READERS =
      List.of("RELIDO", "EYESONLY", "DISPLAYONLY", "LIMDIS", "NODIS", "EXDIS", "NOCON");

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
    String letters = letters(name);
    if (NO_FOREIGNERS.contains(letters) || letters.equals("REL") || letters.startsWith("RELTO")) {
      throw new InvalidValueException(
          "caveat", "'" + name + "'", "readers to be named by releasable-to alone");
    }
  }

  /** The name without spaces and hyphens: what is left when only the spelling differs. */
  private static String letters(String name) {
    return name.replace(" ", "").replace("-", "");
  }

  /** What it means for telling a report that has it. */
  public ForRelease forRelease() {
    if (PERMITTING.contains(this)) {
      return ForRelease.PERMITS;
    }
    String letters = letters(name);
    return READERS.stream().anyMatch(letters::endsWith)
        ? ForRelease.RESTRICTS_READERS
        : ForRelease.NOT_KNOWN;
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
