package parallax.bench.common;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Progress while a bench runs, tables at its end, and the figures as JSON. */
public final class Output {
  private final PrintStream out;
  private final long startNs = System.nanoTime();

  /** Prints to {@code out}. */
  public Output(PrintStream out) {
    this.out = out;
  }

  /** What is being done now, with the seconds since the start. */
  public void progress(String text) {
    double seconds = (System.nanoTime() - startNs) / 1e9;
    out.println(String.format(Locale.ROOT, "%6.1f s  ", seconds) + text);
  }

  /** A line of its own. */
  public void line(String text) {
    out.println(text);
  }

  /** A table: the first column to the left, the others to the right, a heading above. */
  public void table(String[][] rows) {
    int columns = rows[0].length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    out.println();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        char[] gap = new char[widths[i] - row[i].length()];
        Arrays.fill(gap, ' ');
        String pad = new String(gap);
        line.append(i == 0 ? row[i] + pad : "  " + pad + row[i]);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Requires that {@code file} can be written. */
  public static void requireWritable(@Nullable Path file) {
    if (file != null) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
        throw new IllegalArgumentException("cannot write " + file + ": its folder is not there");
      }
    }
  }

  /** Writes the figures when a file was named. */
  public void write(@Nullable Path file, ObjectNode figures) throws IOException {
    if (file != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(file.toFile(), figures);
      out.println("figures: " + file);
    }
  }
}
