package parallax.warning;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import parallax.model.InvalidValueException;

/**
 * Reads the outlines that the build writes: see {@code src/main/boundaries/build.mjs} for the
 * format. Every fault is an {@link InvalidValueException} that names the place in the file.
 */
final class OutlineReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(20)
                          .maxDocumentLength(50_000_000)
                          .build())
                  .build())
          .build();

  private final String name;
  private final double scale;

  private OutlineReader(String name, double scale) {
    this.name = name;
    this.scale = scale;
  }

  /** The document and a reader of its rings. */
  record Document(JsonNode root, OutlineReader rings) {}

  static Document open(String name, InputStream in) {
    JsonNode root;
    try {
      root = MAPPER.readTree(in);
    } catch (IOException e) {
      throw new InvalidValueException(name, "not JSON (" + firstLine(e) + ")", "outlines as JSON");
    }
    if (!root.isObject()) {
      throw new InvalidValueException(name, "not an object", "outlines as a JSON object");
    }
    JsonNode scale = root.path("scale");
    if (!scale.isInt() || scale.intValue() < 1) {
      throw new InvalidValueException(name + ": scale", scale, "a whole number of 1 or more");
    }
    return new Document(root, new OutlineReader(name, scale.intValue()));
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no detail");
  }

  /** The array at {@code field}, which must be there. */
  static JsonNode array(String where, JsonNode node, String field) {
    JsonNode a = node.path(field);
    if (!a.isArray()) {
      throw new InvalidValueException(where + ": " + field, kind(a), "an array");
    }
    return a;
  }

  /** The text at {@code field}, which must be there. */
  static String text(String where, JsonNode node, String field) {
    JsonNode t = node.path(field);
    if (!t.isTextual()) {
      throw new InvalidValueException(where + ": " + field, kind(t), "a text");
    }
    return t.textValue();
  }

  private static String kind(JsonNode n) {
    return n.isMissingNode() ? "missing" : "of type " + n.getNodeType();
  }

  /** The polygons in the array at {@code node.polygons}. */
  List<OutlinePolygon> polygons(String what, JsonNode node) {
    List<OutlinePolygon> out = new ArrayList<>();
    String where = name + ": " + what;
    for (JsonNode polygon : array(where, node, "polygons")) {
      if (!polygon.isArray() || polygon.isEmpty()) {
        throw new InvalidValueException(where, "a polygon without a ring", "an outer ring");
      }
      List<Ring> rings = new ArrayList<>();
      for (JsonNode ring : polygon) {
        rings.add(ring(where, ring));
      }
      out.add(new OutlinePolygon(rings.get(0), rings.subList(1, rings.size())));
    }
    return out;
  }

  private Ring ring(String where, JsonNode flat) {
    if (!flat.isArray() || flat.size() % 2 != 0) {
      throw new InvalidValueException(where, "a ring of odd length", "pairs of numbers");
    }
    int n = flat.size() / 2;
    double[] lon = new double[n];
    double[] lat = new double[n];
    long x = 0;
    long y = 0;
    for (int i = 0; i < n; i++) {
      x += whole(where, flat.get(2 * i));
      y += whole(where, flat.get(2 * i + 1));
      lon[i] = x / scale;
      lat[i] = y / scale;
    }
    return Ring.of(where, lon, lat);
  }

  private static int whole(String where, JsonNode n) {
    if (!n.isInt()) {
      throw new InvalidValueException(where + ": coordinate", n, "a whole number");
    }
    return n.intValue();
  }
}
