package parallax.warning;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/** The administrative areas that can be warned, by nation and code. */
public final class AreaCatalogue {
  private static final String BUNDLED = "areas.json";

  private final SortedMap<String, AdministrativeArea> byCode;
  private final SortedMap<Nation, List<AdministrativeArea>> byNation;

  private final String source;

  private AreaCatalogue(Collection<AdministrativeArea> areas, String source) {
    this.source = source;
    TreeMap<String, AdministrativeArea> codes = new TreeMap<>();
    for (AdministrativeArea a : areas) {
      if (codes.put(a.code(), a) != null) {
        throw new InvalidValueException("areas", a.code() + " twice", "each code once");
      }
    }
    TreeMap<Nation, List<AdministrativeArea>> nations = new TreeMap<>();
    for (AdministrativeArea a : codes.values()) {
      nations.computeIfAbsent(a.nation(), n -> new ArrayList<>()).add(a);
    }
    nations.replaceAll((n, list) -> List.copyOf(list));
    this.byCode = Collections.unmodifiableSortedMap(codes);
    this.byNation = Collections.unmodifiableSortedMap(nations);
  }

  /** A catalogue of the given areas, each code once. */
  public static AreaCatalogue of(Collection<AdministrativeArea> areas) {
    return new AreaCatalogue(areas, "");
  }

  /**
   * The areas that come with Parallax: 47 prefectures of Japan, 17 provinces and cities of Korea
   * (Natural Earth 10m admin-1, resolution about 250 m), and the states, the District of Columbia
   * and the outlying areas of the United States (Census cartographic outlines). Reads a class-path
   * resource; keep the result.
   */
  public static AreaCatalogue bundled() {
    try (InputStream in = AreaCatalogue.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException(
            BUNDLED + " is missing from the class path: build the warning module again");
      }
      return read(BUNDLED, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a catalogue in the format of the bundled one; {@code name} is for error messages. */
  public static AreaCatalogue read(String name, InputStream in) {
    OutlineReader.Document d = OutlineReader.open(name, in);
    List<AdministrativeArea> areas = new ArrayList<>();
    for (JsonNode n : OutlineReader.array(name, d.root(), "areas")) {
      String where = name + ": area " + areas.size();
      String code = OutlineReader.text(where, n, "code");
      areas.add(
          new AdministrativeArea(
              code,
              new Nation(OutlineReader.text(where, n, "nation")),
              OutlineReader.text(where, n, "national"),
              OutlineReader.text(where, n, "en"),
              OutlineReader.text(where, n, "ja"),
              OutlineReader.text(where, n, "ko"),
              d.rings().polygons(code, n)));
    }
    return new AreaCatalogue(areas, d.root().path("source").asText());
  }

  /** Where the outlines come from, with versions; empty when that is not known. */
  public String source() {
    return source;
  }

  /** The areas of a nation, by code; empty for a nation without any here. */
  public List<AdministrativeArea> areas(Nation nation) {
    return byNation.getOrDefault(nation, List.of());
  }

  /** The area of that ISO 3166-2 code. */
  public Optional<AdministrativeArea> area(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /**
   * The area of that ISO 3166-2 code, where there must be one.
   *
   * @throws InvalidValueException when there is none
   */
  public AdministrativeArea require(String code) {
    return area(code)
        .orElseThrow(() -> new InvalidValueException("area", code, "a known area code"));
  }

  /** The area that contains the place; the first by code where outlines overlap. */
  public Optional<AdministrativeArea> containing(Geodetic place) {
    Mercator.Spot s = Mercator.Spot.of(place);
    for (AdministrativeArea a : byCode.values()) {
      if (a.shape().holds(s)) {
        return Optional.of(a);
      }
    }
    return Optional.empty();
  }
}
