package parallax.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parallax.files.FileProblem;
import parallax.files.WholeFile;
import parallax.model.Plot;

/** Writes plots as a file that {@code parallax feed} plays. */
final class PlotText {
  private static final List<PlotColumn> COLUMNS =
      List.of(
          PlotColumn.TIME_UTC,
          PlotColumn.SENSOR,
          PlotColumn.RANGE_M,
          PlotColumn.AZIMUTH_DEG,
          PlotColumn.ELEVATION_DEG,
          PlotColumn.RANGE_RATE_MPS,
          PlotColumn.LINE_OF_SIGHT_X,
          PlotColumn.LINE_OF_SIGHT_Y,
          PlotColumn.LINE_OF_SIGHT_Z);

  private PlotText() {}

  /** Writes a file, whole or not at all. */
  static void write(List<Plot> plots, Path file) {
    try {
      WholeFile.write(file, of(plots, file).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new WrongUse(FileProblem.of(e));
    }
  }

  /** The text for a file: lines of JSON for .jsonl, else CSV. */
  static String of(List<Plot> plots, Path file) {
    boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
    ObjectMapper mapper = new ObjectMapper();
    StringBuilder out = new StringBuilder();
    if (!json) {
      out.append(String.join(",", COLUMNS.stream().map(c -> c.key).toList())).append('\n');
    }
    for (Plot p : plots) {
      Map<PlotColumn, Object> cells = cells(p);
      out.append(json ? json(mapper, cells) : csv(cells)).append('\n');
    }
    return out.toString();
  }

  private static String csv(Map<PlotColumn, Object> cells) {
    return String.join(
        ",", COLUMNS.stream().map(c -> quoted(String.valueOf(cells.getOrDefault(c, "")))).toList());
  }

  private static String quoted(String cell) {
    return cell.contains(",") || cell.contains("\"")
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }

  private static String json(ObjectMapper mapper, Map<PlotColumn, Object> cells) {
    Map<String, Object> named = new LinkedHashMap<>();
    cells.forEach((c, v) -> named.put(c.key, v));
    try {
      return mapper.writeValueAsString(named);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<PlotColumn, Object> cells(Plot plot) {
    Map<PlotColumn, Object> cells = new LinkedHashMap<>();
    cells.put(PlotColumn.TIME_UTC, plot.timeOfValidity().toString());
    cells.put(PlotColumn.SENSOR, plot.sensor().name());
    switch (plot) {
      case Plot.RadarPlot r -> {
        cells.put(PlotColumn.RANGE_M, rounded(r.rangeM(), 1e3));
        cells.put(PlotColumn.AZIMUTH_DEG, rounded(Math.toDegrees(r.azimuthRad()), 1e9));
        cells.put(PlotColumn.ELEVATION_DEG, rounded(Math.toDegrees(r.elevationRad()), 1e9));
        r.rangeRateMps().ifPresent(v -> cells.put(PlotColumn.RANGE_RATE_MPS, rounded(v, 1e4)));
      }
      case Plot.InfraredPlot i -> {
        cells.put(PlotColumn.LINE_OF_SIGHT_X, rounded(i.lineOfSight().x(), 1e12));
        cells.put(PlotColumn.LINE_OF_SIGHT_Y, rounded(i.lineOfSight().y(), 1e12));
        cells.put(PlotColumn.LINE_OF_SIGHT_Z, rounded(i.lineOfSight().z(), 1e12));
      }
    }
    return cells;
  }

  /** To the digits that matter; exact to far less than any sensor measures. */
  private static double rounded(double v, double to) {
    return Math.round(v * to) / to;
  }
}
