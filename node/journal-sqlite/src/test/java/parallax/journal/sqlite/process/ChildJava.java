package parallax.journal.sqlite.process;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parallax.journal.Journal;
import parallax.journal.sqlite.SqliteJournal;

/** Starts a class of these tests as a process of its own. */
public final class ChildJava {
  private ChildJava() {}

  /** Starts {@code main} with the store and the database's driver on its class path. */
  public static Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(main),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Where the classes come from, whatever module or path they are on here. */
  private static String classPath(Class<?> main) {
    TreeSet<String> roots = new TreeSet<>();
    for (Class<?> c : List.of(main, SqliteJournal.class, Journal.class)) {
      roots.add(root(c));
    }
    roots.add(root(load("org.sqlite.JDBC")));
    return roots.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static String root(Class<?> c) {
    String file = c.getName().replace('.', '/') + ".class";
    String url =
        Objects.requireNonNull(c.getResource(file.substring(file.lastIndexOf('/') + 1))).toString();
    String root = url.substring(0, url.length() - file.length());
    if (root.startsWith("jar:")) {
      root = root.substring("jar:".length(), root.length() - "!/".length());
    }
    try {
      return Path.of(new URI(root)).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
