import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Checks (or with "fix" repairs) the format of every Java source of the project with
 * google-java-format. Run by the root build from the project's root. Arguments: "check" or "fix",
 * and optionally the folder. What was found in order is remembered in target/format.checked by
 * path, size and time of change, so that a build looks only at what has changed since; another
 * version of the formatter looks at everything again.
 */
class Format {
  public static void main(String[] args) throws Exception {
    boolean fix = args.length > 0 && args[0].equals("fix");
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(Path.of(args.length > 1 ? args[1] : "."))) {
      walk.filter(p -> p.toString().endsWith(".java"))
          .filter(
              p -> !p.toString().contains("/target/") && !p.toString().contains("/node_modules/"))
          .sorted()
          .forEach(sources::add);
    }
    Path memory = Path.of("target/format.checked");
    String formatted = "by " + mark(formatterJar());
    Set<String> known =
        Files.exists(memory) ? new HashSet<>(Files.readAllLines(memory)) : new HashSet<>();
    if (!known.contains(formatted)) {
      known.clear();
    }
    Set<String> inOrder = new TreeSet<>(Set.of(formatted));
    Formatter formatter = new Formatter();
    int wrong = 0;
    for (Path p : sources) {
      String mark = mark(p);
      if (known.contains(mark)) {
        inOrder.add(mark);
        continue;
      }
      String before = Files.readString(p);
      String after;
      try {
        after = formatter.formatSourceAndFixImports(before);
      } catch (Exception e) {
        System.err.println(p + ": cannot be parsed: " + e.getMessage());
        wrong++;
        continue;
      }
      if (!after.equals(before)) {
        if (fix) {
          Files.writeString(p, after);
        } else {
          System.err.println(p + ": not in google-java-format");
          wrong++;
          continue;
        }
      }
      inOrder.add(mark(p));
    }
    Files.createDirectories(memory.getParent());
    Files.write(memory, inOrder);
    if (wrong > 0) {
      System.err.println(
          wrong
              + " of "
              + sources.size()
              + " files need formatting: mvn -N -Dformat.mode=fix validate");
      System.exit(1);
    }
    System.out.println(sources.size() + " source files, format " + (fix ? "fixed" : "checked"));
  }

  private static Path formatterJar() throws URISyntaxException {
    return Path.of(Formatter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String mark(Path p) throws IOException {
    return p + " " + Files.size(p) + " " + Files.getLastModifiedTime(p).toMillis();
  }
}
