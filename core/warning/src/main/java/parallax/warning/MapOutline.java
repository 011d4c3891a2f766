package parallax.warning;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Coasts and borders of the north-west Pacific for drawing, simplified to about 2 km: from 90 to
 * 215 degrees east and from 2 degrees south to 62 north. Not for deciding who is at risk.
 *
 * @param countries by name
 */
public record MapOutline(List<Country> countries) {
  private static final String BUNDLED = "coast.json";

  /**
   * A country's land inside the window.
   *
   * @param name English short name in the source
   * @param polygons its land
   */
  public record Country(String name, List<OutlinePolygon> polygons) {
    /** Copies the list. */
    public Country {
      polygons = List.copyOf(polygons);
    }
  }

  /** Copies the list. */
  public MapOutline {
    countries = List.copyOf(countries);
  }

  /** The outline that comes with Parallax (Natural Earth 50m). Reads a class-path resource. */
  public static MapOutline bundled() {
    try (InputStream in = MapOutline.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException(
            BUNDLED + " is missing from the class path: build the warning module again");
      }
      return read(BUNDLED, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads an outline in the format of the bundled one; {@code name} is for error messages. */
  public static MapOutline read(String name, InputStream in) {
    OutlineReader.Document d = OutlineReader.open(name, in);
    List<Country> countries = new ArrayList<>();
    for (JsonNode n : OutlineReader.array(name, d.root(), "countries")) {
      String country = OutlineReader.text(name + ": country " + countries.size(), n, "name");
      countries.add(new Country(country, d.rings().polygons(country, n)));
    }
    return new MapOutline(countries);
  }

  /** Every outer ring, country by country. */
  public List<Ring> rings() {
    List<Ring> out = new ArrayList<>();
    for (Country c : countries) {
      for (OutlinePolygon p : c.polygons()) {
        out.add(p.shell());
      }
    }
    return List.copyOf(out);
  }
}
