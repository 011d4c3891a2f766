package parallax.tables;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import parallax.model.Check;
import parallax.model.InvalidValueException;

/**
 * A comma-separated table with a header line (RFC 4180): quoted fields may hold commas, line breaks
 * and doubled quotes; a byte-order mark and blank lines are passed over; columns are known by name.
 *
 * <p>A malformed row costs that row only: it is listed with its line number, and reading goes on at
 * the next line. A field is malformed when a quote stands inside an unquoted field, when anything
 * but a comma follows a closing quote, or when a quoted field never closes.
 */
public final class CsvTable {
  private static final int LONGEST_NUMBER = 40;
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?");
  private static final int MAX_CHARACTERS = 50_000_000;

  /** One good row: its line number and its cells by column name, trimmed. */
  public record Row(int line, Map<String, String> cells) {
    /** The cell under {@code column}; empty where the table has no such column. */
    public String get(String column) {
      return cells.getOrDefault(column, "");
    }

    /**
     * A figure that must stand in the row.
     *
     * @throws InvalidValueException when the cell is blank, no plain decimal number or out of
     *     limits
     */
    public double needed(String column, double low, double high) {
      return number(column, low, high)
          .orElseThrow(() -> new InvalidValueException(column, "blank", "a number"));
    }

    /**
     * A figure; empty where the cell is blank. Strict: a plain decimal number.
     *
     * @throws InvalidValueException when the cell is no such number, or out of its limits
     */
    public OptionalDouble number(String column, double low, double high) {
      String cell = get(column);
      if (cell.isEmpty()) {
        return OptionalDouble.empty();
      }
      if (cell.length() > LONGEST_NUMBER || !NUMBER.matcher(cell).matches()) {
        throw new InvalidValueException(
            column, "'" + shortened(cell) + "'", "a number from " + low + " to " + high);
      }
      return OptionalDouble.of(Check.within(column, Double.parseDouble(cell), low, high));
    }
  }

  private record Parsed(List<String> fields, int end) {}

  private static final class MalformedRow extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRow(String message) {
      super(message);
    }
  }

  private final String text;
  private final Map<String, String> otherNames;
  private final List<Row> rows = new ArrayList<>();
  private final List<RowError> errors = new ArrayList<>();

  private CsvTable(String text, Map<String, String> otherNames) {
    this.text = text;
    this.otherNames = otherNames;
  }

  /**
   * Reads the whole table.
   *
   * @throws InvalidValueException when there is no header or it lacks a needed column
   * @throws IOException as the reader throws it
   */
  public static CsvTable read(Reader reader, String source, List<String> neededColumns)
      throws IOException {
    return read(reader, source, neededColumns, Map.of());
  }

  /**
   * Reads a whole table whose columns may have other names.
   *
   * @param otherNames the column that is meant, by the other name that it may have
   * @throws InvalidValueException when there is no header, it lacks a needed column, or has one
   *     under two names
   * @throws IOException as the reader throws it
   */
  public static CsvTable read(
      Reader reader, String source, List<String> neededColumns, Map<String, String> otherNames)
      throws IOException {
    CsvTable table = new CsvTable(slurp(reader, source), otherNames);
    table.parse(source, neededColumns);
    return table;
  }

  /** A cell as a message quotes it: its beginning, where it is long. */
  public static String shortened(String cell) {
    return cell.length() <= LONGEST_NUMBER ? cell : cell.substring(0, LONGEST_NUMBER) + "...";
  }

  /**
   * The cells of one line, trimmed, for who reads a table line by line: no cell holds a line break.
   *
   * @throws InvalidValueException when the line is malformed
   */
  public static List<String> cells(String line) {
    CsvTable table = new CsvTable(line, Map.of());
    try {
      Parsed p = table.record(0);
      if (p.end < line.length()) {
        throw new MalformedRow("a line break stands in it");
      }
      return p.fields.stream().map(String::trim).toList();
    } catch (MalformedRow e) {
      throw new InvalidValueException(
          "row", "malformed (" + e.getMessage() + ")", "cells with commas between them");
    }
  }

  /** The good rows, in their order. */
  public List<Row> rows() {
    return rows;
  }

  /** The malformed rows, in their order. */
  public List<RowError> errors() {
    return errors;
  }

  private static String slurp(Reader reader, String source) throws IOException {
    StringBuilder b = new StringBuilder();
    char[] buffer = new char[8192];
    for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
      b.append(buffer, 0, n);
      if (b.length() > MAX_CHARACTERS) {
        throw new InvalidValueException(
            source, "longer than " + MAX_CHARACTERS + " characters", "a launch or sensor table");
      }
    }
    int start = b.length() > 0 && b.charAt(0) == '\uFEFF' ? 1 : 0;
    return b.substring(start);
  }

  private void parse(String source, List<String> needed) {
    List<String> header = null;
    int at = 0;
    int line = 1;
    while (at < text.length()) {
      int lineEnd = endOfLine(at);
      if (text.substring(at, lineEnd).isBlank()) {
        at = afterBreak(lineEnd);
        line++;
        continue;
      }
      int next;
      try {
        Parsed p = record(at);
        if (header == null) {
          header = header(p.fields, source, needed);
        } else {
          accept(header, p.fields, line);
        }
        next = afterBreak(p.end);
      } catch (MalformedRow e) {
        if (header == null) {
          throw new InvalidValueException(
              source + " header", "malformed (" + e.getMessage() + ")", expected(needed));
        }
        errors.add(new RowError(line, String.valueOf(e.getMessage())));
        next = afterBreak(lineEnd);
      }
      line += lineBreaks(at, next);
      at = next;
    }
    if (header == null) {
      throw new InvalidValueException(source, "empty", expected(needed));
    }
  }

  private static String expected(List<String> needed) {
    return "a header line with columns " + String.join(", ", needed);
  }

  private List<String> header(List<String> fields, String source, List<String> needed) {
    List<String> names = new ArrayList<>();
    for (String f : fields) {
      String written = f.trim().toLowerCase(Locale.ROOT);
      String name = otherNames.getOrDefault(written, written);
      if (!name.isEmpty() && names.contains(name)) {
        throw new InvalidValueException(
            source + " header", "with column '" + name + "' twice", "each column once");
      }
      names.add(name);
    }
    List<String> missing = needed.stream().filter(n -> !names.contains(n)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidValueException(
          source + " header", "without column " + String.join(", ", missing), expected(needed));
    }
    return names;
  }

  private void accept(List<String> header, List<String> fields, int line) {
    int last = fields.size();
    while (last > header.size() && fields.get(last - 1).isBlank()) {
      last--;
    }
    if (last != header.size()) {
      errors.add(new RowError(line, "has " + last + " fields; expected " + header.size()));
      return;
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < last; i++) {
      cells.put(header.get(i), fields.get(i).trim());
    }
    rows.add(new Row(line, cells));
  }

  private Parsed record(int start) throws MalformedRow {
    List<String> fields = new ArrayList<>();
    int at = start;
    while (true) {
      StringBuilder field = new StringBuilder();
      at =
          at < text.length() && text.charAt(at) == '"'
              ? quoted(at, field, fields.size() + 1)
              : unquoted(at, field, fields.size() + 1);
      fields.add(field.toString());
      if (at >= text.length() || text.charAt(at) != ',') {
        return new Parsed(fields, at);
      }
      at++;
    }
  }

  private int unquoted(int start, StringBuilder field, int number) throws MalformedRow {
    int at = start;
    while (at < text.length() && !isBreak(text.charAt(at)) && text.charAt(at) != ',') {
      char c = text.charAt(at++);
      if (c == '"') {
        throw new MalformedRow("field " + number + " has a quote inside an unquoted field");
      }
      field.append(c);
    }
    return at;
  }

  private int quoted(int start, StringBuilder field, int number) throws MalformedRow {
    int at = start + 1;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        field.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        field.append('"');
        at++;
      } else if (at >= text.length() || text.charAt(at) == ',' || isBreak(text.charAt(at))) {
        return at;
      } else {
        throw new MalformedRow(
            "field " + number + " has text after its closing quote; expected a comma");
      }
    }
    throw new MalformedRow("field " + number + " opens a quote that never closes");
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private int endOfLine(int from) {
    int at = from;
    while (at < text.length() && !isBreak(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int afterBreak(int at) {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
      return at < text.length() && text.charAt(at) == '\n' ? at + 1 : at;
    }
    return Math.min(at + 1, text.length());
  }

  private int lineBreaks(int from, int to) {
    int n = 0;
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      if (c == '\r' || (c == '\n' && (at == 0 || text.charAt(at - 1) != '\r'))) {
        n++;
      }
    }
    return n;
  }
}
