package parallax.formats.cap;

import java.util.List;
import javax.xml.stream.XMLStreamException;
import parallax.model.Nation;
import parallax.warning.AdministrativeArea;
import parallax.warning.OutlinePolygon;
import parallax.warning.Ring;

/**
 * An area in CAP: name, outer rings as "latitude,longitude" pairs in degrees of WGS-84, codes.
 *
 * <p>CAP polygons have no holes; an area within another is told apart by its codes. Codes: ISO
 * 3166-2 always; JIS X 0401 for Japan; the ten-digit administrative district code for Korea; SAME
 * (0, state FIPS, 000 for the whole state; 47 CFR 11.31) for the United States, and for its
 * outlying areas ISO 3166-1 too.
 */
final class CapArea {
  private static final List<String> COUNTRIES_OF_ISO_3166_1 =
      List.of("US-AS", "US-GU", "US-MP", "US-PR", "US-VI");

  private CapArea() {}

  static void write(CapElements x, AdministrativeArea area, String language)
      throws XMLStreamException {
    x.begin("area");
    x.text("areaDesc", name(area, language));
    for (OutlinePolygon p : area.polygons()) {
      if (!crossesAntimeridian(p.shell())) {
        x.text("polygon", pairs(p.shell()));
      }
    }
    x.named("geocode", "ISO 3166-2", area.code());
    if (area.nation().equals(Nation.JPN)) {
      x.named("geocode", "JIS X 0401", area.nationalCode());
    } else if (area.nation().equals(Nation.KOR)) {
      x.named("geocode", "Korea administrative district code", area.nationalCode());
    } else if (area.nation().equals(Nation.USA)) {
      x.named("geocode", "SAME", "0" + area.nationalCode() + "000");
      if (COUNTRIES_OF_ISO_3166_1.contains(area.code())) {
        x.named("geocode", "ISO 3166-1", area.code().substring(3));
      }
    }
    x.end();
  }

  private static String name(AdministrativeArea area, String language) {
    return switch (language) {
      case "ja-JP" -> area.nameJa();
      case "ko-KR" -> area.nameKo();
      default -> area.nameEn();
    };
  }

  /** A ring on both sides of 180 degrees has no agreed spelling in CAP: the codes stand for it. */
  private static boolean crossesAntimeridian(Ring r) {
    boolean west = false;
    boolean east = false;
    for (int i = 0; i < r.size(); i++) {
      west |= r.lonDeg(i) > 180;
      east |= r.lonDeg(i) < 180;
    }
    return west && east;
  }

  private static String pairs(Ring r) {
    boolean west = false;
    for (int i = 0; i < r.size(); i++) {
      west |= r.lonDeg(i) > 180;
    }
    StringBuilder b = new StringBuilder(r.size() * 18);
    for (int i = 0; i < r.size(); i++) {
      double lon = west ? r.lonDeg(i) - 360 : r.lonDeg(i);
      b.append(i == 0 ? "" : " ");
      degrees(b, r.latDeg(i));
      b.append(',');
      degrees(b, lon);
    }
    return b.toString();
  }

  /** To 0.0001 degree, about 11 m: the resolution of the outlines. */
  private static void degrees(StringBuilder b, double value) {
    long units = Math.round(Math.abs(value) * 10_000);
    String fraction = Long.toString(10_000 + units % 10_000);
    b.append(value < 0 && units > 0 ? "-" : "")
        .append(units / 10_000)
        .append('.')
        .append(fraction, 1, 5);
  }
}
