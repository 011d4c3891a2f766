package parallax.cli;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;

/** Reads plots line by line, as CSV whose header says what the columns are, or as lines of JSON. */
final class PlotFile implements AutoCloseable {
  /** How the plots are written. */
  enum Format {
    /** A header, then a plot a line. */
    CSV,
    /** An object a line. */
    JSONL
  }

  /** Makes a plot of a line's text. */
  private interface LineFormat {
    PlotLine read(int number, String text);
  }

  private final BoundedLines lines;
  private final LineFormat format;

  /**
   * Begins to read.
   *
   * @param source what messages call the file
   * @param nation whose sensors they are, where a line names no nation
   * @throws WrongUse when the header of a CSV file is wrong
   */
  PlotFile(InputStream in, String source, Format format, Nation nation) throws IOException {
    this.lines = new BoundedLines(in);
    if (format == Format.JSONL) {
      JsonPlots json = new JsonPlots(nation);
      this.format = json::read;
    } else {
      CsvPlots csv = new CsvPlots(source, firstLine(source), nation);
      this.format = csv::read;
    }
  }

  private BoundedLines.Line firstLine(String source) throws IOException {
    BoundedLines.Line line = lines.next();
    while (line != null && line.problem().isEmpty() && line.text().isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      throw new WrongUse(
          source + " is empty; expected a header line such as " + CsvPlots.EXAMPLE_HEADER);
    }
    if (!line.problem().isEmpty()) {
      throw new WrongUse(source + ", line " + line.number() + " " + line.problem());
    }
    return line;
  }

  /** The next line that is not blank; null at the end. */
  @Nullable PlotLine next() throws IOException {
    BoundedLines.Line line = lines.next();
    while (line != null && line.problem().isEmpty() && line.text().isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    return line.problem().isEmpty()
        ? format.read(line.number(), line.text())
        : new PlotLine.Bad(line.number(), " " + line.problem());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
