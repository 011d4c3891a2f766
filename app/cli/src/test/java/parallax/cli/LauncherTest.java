package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that starts everything, with a Java and a Maven that only say how they were called.
 */
class LauncherTest {
  @TempDir Path folder;
  private Path home;
  private Path tools;

  @BeforeEach
  void putsTheScriptBesideABuild() throws Exception {
    home = Files.createDirectories(folder.resolve("home of parallax"));
    Path script = Path.of("../../parallax").toAbsolutePath().normalize();
    Files.copy(script, home.resolve("parallax"));
    executable(home.resolve("parallax"));
    Files.writeString(home.resolve("pom.xml"), "<module>app/cli</module>");
    Files.createDirectories(home.resolve("app/cli/target"));
    Files.createFile(home.resolve("app/cli/target/cli-1.jar"));
    tools = Files.createDirectories(folder.resolve("tools"));
    say(
        "java",
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"99\"' >&2; else echo started"
            + " \"$@\"; fi");
    say("javac", "exit 1");
    say("mvn", "echo \"[INFO] built\"; echo mvn >> '" + folder + "/calls'");
  }

  private void say(String name, String body) throws IOException {
    Path file = Files.createDirectories(tools.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void built() throws IOException {
    Files.createDirectories(home.resolve("target"));
    Files.createFile(home.resolve("target/parallax.built"));
  }

  private int builds() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  private record Ran(int code, String said) {}

  private Ran run(Path script, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    ProcessBuilder b = new ProcessBuilder(command).directory(folder.toFile());
    b.environment().clear();
    b.environment()
        .putAll(
            Map.of(
                "PATH",
                tools.resolve("bin") + ":/usr/bin:/bin",
                "JAVA_HOME",
                tools.toString(),
                "PARALLAX_WARM",
                "no"));
    Process p = b.redirectErrorStream(true).start();
    p.getOutputStream().close();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(p.waitFor(), said);
  }

  @Test
  void worksThroughASymbolicLinkFromAnyFolderAndWithoutHome() throws Exception {
    built();
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Path.of("home of parallax", "parallax"));
    Path linkToLink = Files.createSymbolicLink(folder.resolve("again"), link);
    for (Path script : List.of(home.resolve("parallax"), link, linkToLink)) {
      Ran ran = run(script, "keys", "show");
      assertEquals(0, ran.code(), ran.said());
      assertTrue(ran.said().contains("app/cli/target/cli-1.jar"), ran.said());
      assertTrue(ran.said().contains("parallax.cli.Main keys show"), ran.said());
    }
    assertEquals(0, builds());
  }

  @Test
  void buildsOnceAndThenOnlyWhenAsked() throws Exception {
    assertEquals(0, run(home.resolve("parallax"), "demo").code());
    assertEquals(1, builds());
    Path source = Files.createFile(home.resolve("Changed.java"));
    Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    assertEquals(0, run(home.resolve("parallax"), "demo").code());
    assertEquals(1, builds());
    Ran asked = run(home.resolve("parallax"), "build");
    assertEquals(0, asked.code());
    assertEquals(2, builds());
    assertFalse(asked.said().contains("started"), asked.said());
  }

  /**
   * The launcher with the real Java and the real commands, as a session without a locale has it.
   */
  @Test
  void pathsAndTextsInJapaneseAreWholeInTheLocaleC() throws Exception {
    built();
    Files.delete(home.resolve("app/cli/target/cli-1.jar"));
    jarOfThisClassPath(home.resolve("app/cli/target/cli-1.jar"));
    String name = "\u65e5\u672c\u306e\u9375";
    for (String locale : List.of("LC_ALL=C", "LC_ALL=POSIX", "LANG=C", "LC_ALL=C.UTF-8", "")) {
      Path place = Files.createDirectories(folder.resolve("in " + locale));
      Path script = place.resolve("script");
      Files.writeString(
          script,
          """
          #!/bin/sh
          unset LANG LC_ALL LC_CTYPE
          %s
          cd '%s' || exit 9
          '%s/parallax' keys new --nation JPN --dir %s >out 2>&1 || exit 8
          '%s/parallax' keys show %s/nothing >err 2>&1
          ls -d %s/ca.pem >made
          """
              .formatted(
                  locale.isEmpty() ? "" : "export " + locale, place, home, name, home, name, name),
          StandardCharsets.UTF_8);
      executable(script);
      ProcessBuilder b = new ProcessBuilder(script.toString()).redirectErrorStream(true);
      b.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process p = b.start();
      String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, p.waitFor(), locale + ": " + said + read(place.resolve("out")));
      assertTrue(read(place.resolve("out")).contains("keys of JPN in " + name), locale);
      assertTrue(read(place.resolve("err")).contains(name + "/nothing"), locale);
      assertEquals(name + "/ca.pem\n", read(place.resolve("made")), locale);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** A jar that holds nothing but where the classes of this test are. */
  private static void jarOfThisClassPath(Path jar) throws IOException {
    StringBuilder entries = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        entries.append(Path.of(entry).toUri().toASCIIString()).append(' ');
      }
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, entries.toString().strip());
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }
}
