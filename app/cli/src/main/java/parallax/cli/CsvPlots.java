package parallax.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import parallax.cli.PlotColumn.Figure;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.NearestKey;
import parallax.tables.CsvTable;

/** Plots as lines of a CSV file; its header says what each column is and in which unit. */
final class CsvPlots {
  /** A header that is right, for messages. */
  static final String EXAMPLE_HEADER = "time_utc,sensor,range_m,azimuth_deg,elevation_deg";

  private final List<PlotColumn> columns = new ArrayList<>();
  private final Nation nation;

  /**
   * Reads the header.
   *
   * @throws WrongUse when a column is unknown, there twice, or missing
   */
  CsvPlots(String source, BoundedLines.Line header, Nation nation) {
    this.nation = nation;
    String place = source + ", line " + header.number();
    List<String> names;
    try {
      names = CsvTable.cells(header.text());
    } catch (InvalidValueException e) {
      throw new WrongUse(place + ": " + e.getMessage());
    }
    if (names.size() == 1 && (names.getFirst().contains(";") || names.getFirst().contains("\t"))) {
      throw new WrongUse(
          place
              + ": the columns are separated by semicolons or tabulators; expected commas, as in "
              + EXAMPLE_HEADER);
    }
    for (String name : names) {
      columns.add(column(place + ", column " + (columns.size() + 1), name));
    }
    requireAll(place, names);
  }

  private PlotColumn column(String place, String name) {
    PlotColumn column =
        PlotColumn.named(name)
            .orElseThrow(
                () ->
                    new WrongUse(
                        place
                            + ": unknown column '"
                            + BadPlot.shown(name)
                            + "'; the nearest known one is "
                            + NearestKey.of(name, PlotColumn.keys())
                            + ", all are "
                            + String.join(", ", PlotColumn.keys())));
    for (PlotColumn c : columns) {
      if (c.figure == column.figure) {
        throw new WrongUse(
            place
                + ": "
                + column.key
                + " says "
                + c.figure.words
                + " again, as "
                + c.key
                + " does; expected one of them");
      }
    }
    return column;
  }

  private void requireAll(String place, List<String> names) {
    Set<Figure> there = new TreeSet<>();
    columns.forEach(c -> there.add(c.figure));
    boolean radar = Figure.RADAR.stream().anyMatch(there::contains);
    boolean infrared = Figure.INFRARED.stream().anyMatch(there::contains);
    List<Figure> measured =
        Stream.concat(
                radar || !infrared ? Figure.RADAR.stream() : Stream.of(),
                infrared ? Figure.INFRARED.stream() : Stream.of())
            .toList();
    List<Figure> missing =
        Stream.concat(Stream.of(Figure.TIME, Figure.SENSOR), measured.stream())
            .filter(f -> !there.contains(f))
            .toList();
    if (!missing.isEmpty()) {
      throw new WrongUse(
          place
              + ": no column for "
              + String.join(", ", missing.stream().map(f -> f.words).toList())
              + "; expected "
              + String.join(", ", missing.stream().map(Figure::columns).toList())
              + " beside "
              + String.join(", ", names.stream().map(BadPlot::shown).toList()));
    }
  }

  PlotLine read(int number, String text) {
    try {
      List<String> cells = CsvTable.cells(text);
      int last = cells.size();
      while (last > columns.size() && cells.get(last - 1).isEmpty()) {
        last--;
      }
      if (last != columns.size()) {
        return new PlotLine.Bad(
            number, " has " + last + " columns; expected " + columns.size() + " as in the header");
      }
      PlotCells plot = new PlotCells();
      for (int i = 0; i < last; i++) {
        plot.put(columns.get(i), cells.get(i));
      }
      return new PlotLine.Good(number, plot.plot(nation));
    } catch (InvalidValueException e) {
      return new PlotLine.Bad(number, ": " + e.getMessage());
    } catch (BadPlot e) {
      PlotColumn c = e.column();
      String column = c == null ? "" : ", column " + (columns.indexOf(c) + 1) + " (" + c.key + ")";
      return new PlotLine.Bad(number, column + " " + e.getMessage());
    }
  }
}
