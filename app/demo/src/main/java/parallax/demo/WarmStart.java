package parallax.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file that lets a node start warm: what a training run loaded, linked and ran hot, as the Java
 * machine itself records it. From Java 25 on it is an AOT cache, which also says which methods to
 * compile and how; before that an archive of loaded classes. It fits one build of one JDK and one
 * set of jars; a Java machine that it does not fit starts without it.
 */
public final class WarmStart {
  /** The launcher says by this property where the file is, or would be. */
  public static final String PROPERTY = "parallax.warm";

  /** From this version on a recording says which methods were hot. */
  private static final int WITH_PROFILES = 25;

  private WarmStart() {}

  /** Where the launcher looks for the file; empty when no launcher has started this program. */
  public static Optional<Path> file() {
    String file = System.getProperty(PROPERTY, "");
    return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
  }

  /** The options by which another process of this installation starts warm, as the launcher's. */
  static List<String> options() {
    Optional<Path> file = file();
    return file.isPresent() && Files.isRegularFile(file.get())
        ? using(file.get(), version())
        : List.of();
  }

  /** The options by which a process uses a file, whole or not, silently. */
  static List<String> using(Path file, int version) {
    return version >= WITH_PROFILES
        ? List.of("-XX:AOTCache=" + file, "-XX:+VerifySharedSpaces", "-Xlog:aot*=off")
        : List.of("-XX:SharedArchiveFile=" + file, "-XX:+VerifySharedSpaces", "-Xlog:cds*=off");
  }

  /** The options by which a process that ends normally leaves a file. */
  static List<String> recording(Path file, int version) {
    return List.of(
        (version >= WITH_PROFILES ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file);
  }

  /** The version of the Java that runs this, which also runs what it starts. */
  static int version() {
    return Runtime.version().feature();
  }

  /** The java that runs this program. */
  static String java() {
    return ProcessHandle.current()
        .info()
        .command()
        .orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }
}
