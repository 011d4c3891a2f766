package parallax.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import parallax.model.Nation;
import parallax.release.NearestKey;

/** Plots as objects of JSON, one a line, with the keys that are the columns of a CSV file. */
final class JsonPlots {
  private static final String EXPECTED =
      "expected one object a line, such as"
          + " {\"time_utc\":\"2026-11-24T23:00:00Z\",\"sensor\":\"radar"
          + " 1\",\"range_m\":300000,\"azimuth_deg\":10,\"elevation_deg\":5}";

  private final ObjectMapper mapper =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private final Nation nation;

  JsonPlots(Nation nation) {
    this.nation = nation;
  }

  PlotLine read(int number, String text) {
    JsonNode node;
    try {
      node = mapper.readTree(text);
    } catch (JsonProcessingException e) {
      String at = e.getLocation() == null ? "" : ", column " + e.getLocation().getColumnNr();
      return new PlotLine.Bad(number, at + " is not JSON, or says a key twice; " + EXPECTED);
    }
    if (!node.isObject()) {
      return new PlotLine.Bad(number, " is no object; " + EXPECTED);
    }
    try {
      PlotCells plot = new PlotCells();
      for (Map.Entry<String, JsonNode> e : node.properties()) {
        put(plot, e.getKey(), e.getValue());
      }
      return new PlotLine.Good(number, plot.plot(nation));
    } catch (BadPlot e) {
      PlotColumn c = e.column();
      return new PlotLine.Bad(number, (c == null ? "" : ", key " + c.key) + " " + e.getMessage());
    }
  }

  private static void put(PlotCells plot, String key, JsonNode value) throws BadPlot {
    Optional<PlotColumn> column = PlotColumn.named(key);
    if (column.isEmpty()) {
      throw new BadPlot(
          null,
          "has the unknown key '"
              + BadPlot.shown(key)
              + "'; the nearest known one is "
              + NearestKey.of(key, PlotColumn.keys()));
    }
    if (value.isContainerNode() || value.isBoolean()) {
      throw column.get().expected(value.toString());
    }
    plot.put(column.get(), value.isNull() ? "" : value.asText().strip());
  }
}
