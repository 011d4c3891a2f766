package parallax.warning;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.model.Check;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/**
 * A first-level administrative area: a prefecture, a province or metropolitan city, a state or
 * territory. Two areas are equal when their codes are.
 */
public final class AdministrativeArea implements Comparable<AdministrativeArea> {
  private final String code;
  private final Nation nation;
  private final String nationalCode;
  private final String nameEn;
  private final String nameJa;
  private final String nameKo;
  private final List<OutlinePolygon> polygons;
  private final AreaShape shape;

  /**
   * An area; {@link AreaCatalogue} makes the real ones.
   *
   * @param code ISO 3166-2 code, for example {@code JP-01}
   * @param nation the nation it belongs to
   * @param nationalCode the nation's own code: JIS X 0401 (Japan), ten-digit administrative code
   *     (Korea), FIPS 5-2 (United States)
   * @param nameEn English name
   * @param nameJa Japanese name
   * @param nameKo Korean name
   * @param polygons its outline, at least one polygon
   */
  public AdministrativeArea(
      String code,
      Nation nation,
      String nationalCode,
      String nameEn,
      String nameJa,
      String nameKo,
      List<OutlinePolygon> polygons) {
    this.code = Check.text("area code", code, 10);
    this.nation = nation;
    this.nationalCode = Check.text("national code of " + code, nationalCode, 20);
    this.nameEn = Check.text("English name of " + code, nameEn, 100);
    this.nameJa = Check.text("Japanese name of " + code, nameJa, 100);
    this.nameKo = Check.text("Korean name of " + code, nameKo, 100);
    this.polygons = List.copyOf(polygons);
    if (polygons.isEmpty()) {
      throw new InvalidValueException("outline of " + code, "empty", "at least one polygon");
    }
    this.shape = AreaShape.of(this.polygons);
  }

  /** ISO 3166-2 code, for example {@code JP-01}. */
  public String code() {
    return code;
  }

  /** The nation it belongs to. */
  public Nation nation() {
    return nation;
  }

  /** JIS X 0401 (Japan), ten-digit administrative code (Korea) or FIPS 5-2 (United States). */
  public String nationalCode() {
    return nationalCode;
  }

  /** English name. */
  public String nameEn() {
    return nameEn;
  }

  /** Japanese name. */
  public String nameJa() {
    return nameJa;
  }

  /** Korean name. */
  public String nameKo() {
    return nameKo;
  }

  /** The name in the nation's own language. */
  public String nameLocal() {
    if (nation.equals(Nation.JPN)) {
      return nameJa;
    }
    return nation.equals(Nation.KOR) ? nameKo : nameEn;
  }

  /** Its outline. */
  public List<OutlinePolygon> polygons() {
    return polygons;
  }

  /** Whether the place lies in it (its altitude does not matter). */
  public boolean contains(Geodetic place) {
    return shape.holds(Mercator.Spot.of(place));
  }

  /** Whether the place lies in it or within {@code metres} of it. */
  public boolean isWithin(Geodetic place, double metres) {
    return shape.holdsWithin(Mercator.Spot.of(place), Check.within("distance (m)", metres, 0, 2e6));
  }

  AreaShape shape() {
    return shape;
  }

  @Override
  public int compareTo(AdministrativeArea o) {
    return code.compareTo(o.code);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof AdministrativeArea a && a.code.equals(code);
  }

  @Override
  public int hashCode() {
    return code.hashCode();
  }

  /** Code and English name. */
  @Override
  public String toString() {
    return code + " " + nameEn;
  }
}
