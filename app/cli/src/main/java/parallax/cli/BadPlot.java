package parallax.cli;

import org.jspecify.annotations.Nullable;

/** A line of a file is no plot: what is wrong, and in which column. */
final class BadPlot extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 40;

  private final @Nullable PlotColumn column;

  BadPlot(@Nullable PlotColumn column, String message) {
    super(message);
    this.column = column;
  }

  /** The column that is wrong; null when it is the whole line. */
  @Nullable PlotColumn column() {
    return column;
  }

  /** A text of the file as a message may show it: its beginning, without control characters. */
  static String shown(String text) {
    return printable(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...");
  }

  /** A text without control characters, which could do something to the terminal. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> out.appendCodePoint(isShown(c) ? c : '?'));
    return out.toString();
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
