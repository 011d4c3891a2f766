package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher with the real Java and with what a training leaves, or should have left. The program
 * is a small one of the same name, since a recording takes no class that lies in a folder.
 */
class WarmLauncherTest {
  private static final String PROGRAM =
      """
      package parallax.cli;

      public final class Main {
        public static void main(String[] words) {
          System.out.println(System.getProperty("parallax.warm") + " " + String.join(" ", words));
        }
      }
      """;

  @TempDir Path folder;
  private Path home;
  private Path jar;
  private Path loaded;

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void putsTheScriptBesideAProgram() throws Exception {
    home = Files.createDirectories(folder.resolve("home of parallax"));
    loaded = folder.resolve("loaded");
    Files.copy(Path.of("../../parallax"), home.resolve("parallax"));
    Files.setPosixFilePermissions(
        home.resolve("parallax"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(home.resolve("pom.xml"), "<module>app/cli</module>");
    Files.createDirectories(home.resolve("target"));
    Files.createFile(home.resolve("target/parallax.built"));
    Files.createDirectories(home.resolve("app/cli/target/lib"));
    jar = home.resolve("app/cli/target/cli-1.jar");
    Path source = folder.resolve("Main.java");
    Files.writeString(source, PROGRAM);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
    assertEquals(0, code);
    jar(jar, "parallax/cli/Main.class");
    jar(home.resolve("app/cli/target/lib/b.jar"), "Main.java");
    jar(home.resolve("app/cli/target/lib/a.jar"), "Main.java");
  }

  private void jar(Path file, String entry) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(Files.readAllBytes(folder.resolve(entry)));
      zip.closeEntry();
    }
  }

  private static Ran run(List<String> command, Map<String, String> environment) throws Exception {
    Path err = Files.createTempFile("launcher", "err");
    ProcessBuilder b = new ProcessBuilder(command).redirectError(err.toFile());
    b.environment().put("JAVA_HOME", System.getProperty("java.home"));
    b.environment().putAll(environment);
    Process p = b.start();
    p.getOutputStream().close();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = p.waitFor();
    String said = Files.readString(err);
    Files.delete(err);
    return new Ran(code, out, said);
  }

  /** Starts a node, as far as the program knows one; returns where the launcher looked. */
  private Path start() throws Exception {
    Ran ran = run(List.of(home + "/parallax", "node", "--dir", "jpn"), Map.of());
    assertEquals(0, ran.code(), ran.err());
    assertEquals("", ran.err());
    assertTrue(ran.out().endsWith(" node --dir jpn\n"), ran.out());
    assertEquals(1, ran.out().lines().count(), ran.out());
    return Path.of(ran.out().substring(0, ran.out().indexOf(" node")));
  }

  /** Does what the training does: a program that ends normally leaves its recording. */
  private void train(Path file) throws Exception {
    Files.createDirectories(file.getParent());
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add(
        (Runtime.version().feature() >= 25 ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=")
            + file);
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.addAll(
        List.of(jar + ":" + home.resolve("app/cli/target/lib") + "/*", "parallax.cli.Main"));
    Ran ran = run(command, Map.of());
    assertTrue(Files.isRegularFile(file), ran.err());
  }

  /** Whether the program came out of the recording, not out of its jar. */
  private boolean isWarm() throws Exception {
    Ran ran =
        run(
            List.of(home + "/parallax", "node"),
            Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=\"" + loaded + "\""));
    assertEquals(0, ran.code(), ran.err());
    return Files.readAllLines(loaded).stream()
        .anyMatch(l -> l.contains("parallax.cli.Main ") && l.contains("shared objects file"));
  }

  @Test
  void usesWhatATrainingHasLeft() throws Exception {
    Path file = start();
    assertFalse(isWarm());
    train(file);
    assertTrue(isWarm());
    assertEquals(file, start());
  }

  @Test
  void startsSilentlyWithoutWhatIsDamaged() throws Exception {
    Path file = start();
    train(file);
    byte[] whole = Files.readAllBytes(file);
    byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
    byte[] changed = whole.clone();
    java.util.Arrays.fill(changed, whole.length / 2, whole.length / 2 + 4096, (byte) 0x55);
    for (byte[] damaged :
        List.of(half, changed, new byte[0], PROGRAM.getBytes(StandardCharsets.UTF_8))) {
      Files.write(file, damaged);
      start();
      assertFalse(isWarm());
    }
  }

  @Test
  void whatWasLeftForOtherJarsIsNotUsed() throws Exception {
    Path file = start();
    train(file);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
    Path other = start();
    assertNotEquals(file, other);
    assertFalse(isWarm());
  }

  @Test
  void leavesItOutWhenAskedTo() throws Exception {
    train(start());
    Ran ran = run(List.of(home + "/parallax", "node"), Map.of("PARALLAX_WARM", "no"));
    assertEquals("null node\n", ran.out());
  }
}
