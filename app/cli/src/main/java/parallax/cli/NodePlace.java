package parallax.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A node's directory, named with or without {@code --dir}. */
final class NodePlace {
  @Parameters(arity = "0..1", paramLabel = "DIR", description = "the node's directory")
  private @Nullable Path place;

  @Option(names = "--dir", paramLabel = "DIR", description = "the same as DIR alone")
  private @Nullable Path dir;

  /** Whether one was named. */
  boolean isNamed() {
    return place != null || dir != null;
  }

  /** The directory, which is there. */
  Path directory() {
    if (place != null && dir != null && !place.equals(dir)) {
      throw new WrongUse("two directories: " + place + " and --dir " + dir + "; expected one");
    }
    Path named = place == null ? dir : place;
    if (named == null) {
      throw new WrongUse("which node? Name its directory: DIR or --dir DIR");
    }
    if (!Files.isDirectory(named)) {
      throw new WrongUse("no node directory at " + named + "; 'parallax setup' makes one");
    }
    return named;
  }
}
