package parallax.report;

import java.util.ArrayList;
import java.util.List;
import parallax.exercise.Flight;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.report.AzimuthalMap.Spot;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaCatalogue;
import parallax.warning.MapOutline;

/**
 * Land, borders and graticule of one window of the earth, drawn once and used by every map of it.
 *
 * @param map the window
 * @param prefix what its identifiers on the page begin with; several on one page need different
 *     ones
 */
public record MapBase(AzimuthalMap map, String prefix) {
  /** Width of a map in its own units; strokes and letters are sized for it. */
  private static final double WIDTH = 560;

  /** Places that are always in view: Korea and the four main islands of Japan. */
  private static final List<Geodetic> ALWAYS =
      List.of(
          Geodetic.ofDegrees(33.0, 126.0, 0),
          Geodetic.ofDegrees(38.5, 124.6, 0),
          Geodetic.ofDegrees(42.5, 130.5, 0),
          Geodetic.ofDegrees(31.0, 130.5, 0),
          Geodetic.ofDegrees(45.5, 142.0, 0),
          Geodetic.ofDegrees(43.4, 145.8, 0),
          Geodetic.ofDegrees(35.1, 140.9, 0));

  /** The window that shows a scene's flights, Korea and Japan. */
  public static AzimuthalMap window(ReportScene scene) {
    List<Geodetic> places = new ArrayList<>(ALWAYS);
    scene.paths().forEach(path -> path.forEach(p -> places.add(p.place())));
    for (Flight f : scene.salvo().flights()) {
      places.add(f.site());
      places.add(f.impactPoint());
    }
    return AzimuthalMap.showing(places, WIDTH);
  }

  /** The hatching of areas at risk wrongly, once a page. */
  public static Markup hatching() {
    Markup m = new Markup();
    m.add("<pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"");
    m.add(
        " patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"5\" height=\"5\"/>");
    return m.add("<rect class=\"hatch-line\" width=\"2\" height=\"5\"/></pattern>\n");
  }

  /** The identifier of an area's outline. */
  String area(String code) {
    return prefix + "a-" + code;
  }

  /** The identifier of the land with its borders. */
  String ground() {
    return prefix + "base";
  }

  /** The projection in words. */
  public String projection() {
    double lon = map.centreLonDeg() > 180 ? map.centreLonDeg() - 360 : map.centreLonDeg();
    return "Oblique azimuthal equidistant projection centred at "
        + ReportWords.place(Geodetic.ofDegrees(map.centreLatDeg(), lon, 0))
        + " on a sphere of 6,371 km: distances and directions from that point are true";
  }

  /** Outlines and ground, as definitions to use. */
  public Markup shapes(MapOutline outline, AreaCatalogue areas) {
    Markup m = new Markup();
    StringBuilder land = new StringBuilder();
    outline.countries().forEach(c -> land.append(OutlinePath.of(map, c.polygons())));
    List<String> borders = new ArrayList<>();
    for (Nation n : List.of(Nation.JPN, Nation.KOR, Nation.USA)) {
      for (AdministrativeArea a : areas.areas(n)) {
        String path = OutlinePath.of(map, a.polygons());
        if (!path.isEmpty()) {
          m.add("<path id=\"{}\" d=\"{}\"/>\n", area(a.code()), path);
          borders.add(a.code());
        }
      }
    }
    m.add(
        "<g id=\"{}\"><path class=\"sea\" d=\"M0 0H{}V{}H0z\"/>",
        ground(),
        map.width(),
        map.height());
    m.raw(graticule().toString());
    m.add("<path class=\"land\" d=\"{}\"/>\n", land.toString());
    borders.forEach(c -> m.add("<use class=\"area\" href=\"#{}\"/>", area(c)));
    return m.add("</g>\n");
  }

  private Markup graticule() {
    Markup m = new Markup();
    double step = map.width() / map.scale() > 4_500_000 ? 10 : 5;
    for (double lat = -60; lat <= 80; lat += step) {
      List<Spot> line = new ArrayList<>();
      for (double lon = map.centreLonDeg() - 60; lon <= map.centreLonDeg() + 60; lon += 2) {
        line.add(map.spot(lat, lon));
      }
      m.add("<path class=\"grat\" d=\"{}\"/>", OutlinePath.line(line));
    }
    double first = step * Math.rint(map.centreLonDeg() / step) - 60;
    for (double lon = first; lon <= first + 120; lon += step) {
      List<Spot> line = new ArrayList<>();
      for (double lat = -60; lat <= 80; lat += 2) {
        line.add(map.spot(lat, lon));
      }
      m.add("<path class=\"grat\" d=\"{}\"/>", OutlinePath.line(line));
    }
    return m;
  }
}
