package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/policy.md: every file it shows is checked, every command it shows is run. */
class PolicyPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(yaml|sh)\\n(.*?)^```$");
  private static final Pattern NAME = Pattern.compile("# file: (\\S+)\\n");

  @TempDir Path folder;
  private String page = "";

  @BeforeEach
  void readsThePage() throws IOException {
    Path root = Path.of(System.getProperty("parallax.root", ".."));
    page = Files.readString(root.resolve("docs/policy.md"));
  }

  private List<String> blocks(String language) {
    List<String> out = new ArrayList<>();
    Matcher m = BLOCK.matcher(page);
    while (m.find()) {
      if (m.group(1).equals(language)) {
        out.add(m.group(2));
      }
    }
    return out;
  }

  private List<Path> files() throws IOException {
    List<Path> out = new ArrayList<>();
    for (String b : blocks("yaml")) {
      Matcher m = NAME.matcher(b);
      assertTrue(m.lookingAt(), b);
      out.add(Files.writeString(folder.resolve(m.group(1)), b));
    }
    return out;
  }

  @Test
  void everyFileIsGood() throws IOException {
    int policies = 0;
    int examples = 0;
    for (Path file : files()) {
      if (String.valueOf(file.getFileName()).endsWith("-examples.yaml")) {
        String out = Typed.good("policy", "test", file).out();
        assertTrue(out.contains("8 of 8 decisions as expected"), out);
        examples++;
      } else {
        Typed.good("policy", "check", file);
        policies++;
      }
    }
    assertEquals(3, policies);
    assertEquals(1, examples);
  }

  @Test
  void everyCommandRuns() throws IOException {
    files();
    int run = 0;
    for (String b : blocks("sh")) {
      for (String line : b.lines().toList()) {
        assertTrue(line.startsWith("parallax "), line);
        List<Object> words = new ArrayList<>();
        for (String word : line.substring("parallax ".length()).split(" ", -1)) {
          boolean isPath = word.contains("/") || word.endsWith(".yaml") || isFolder(word);
          words.add(isPath ? folder.resolve(word) : word);
        }
        if (line.contains("agreement verify")) {
          handKeysRound();
        }
        Typed ran = Typed.good(words.toArray());
        run++;
        if (line.contains("agreement verify")) {
          assertTrue(ran.out().contains("EXERCISE: in force"), ran.out());
        }
      }
    }
    assertEquals(18, run);
  }

  private static boolean isFolder(String word) {
    return word.equals("work") || word.equals("public");
  }

  private void handKeysRound() throws IOException {
    Files.createDirectories(folder.resolve("public"));
    for (String n : List.of("JPN", "KOR", "USA")) {
      Files.copy(
          folder.resolve("offline").resolve(n).resolve("agreement.pub"),
          folder.resolve("public").resolve(n + ".pub"));
    }
  }

  @Test
  void everyVariableAndTransformationIsExplained() {
    for (String name :
        List.of(
            "record.dataClass",
            "record.status",
            "record.phase",
            "record.threatClass",
            "record.ageS",
            "record.sigmaKm",
            "record.altitudeKm",
            "record.speedKmps",
            "launch.latitudeDeg",
            "launch.longitudeDeg",
            "launch.sigmaKm",
            "launch.ageS",
            "impact.latitudeDeg",
            "impact.longitudeDeg",
            "impact.sigmaKm",
            "impact.inS",
            "channel",
            "partner",
            "dropLaunchPoint",
            "dropThreatClass",
            "roundPosition",
            "coarsenTimeS",
            "covarianceFloorKm",
            "limitRateS",
            "delayS")) {
      assertTrue(page.contains("`" + name + "`"), name);
    }
  }

  @Test
  void theDefaultPolicyItShowsIsTheOneThatComesAlong() throws IOException {
    Typed.good("policy", "new", "--nation", "JPN", "--dir", folder);
    String shipped =
        Files.readString(folder.resolve("default-policy-jpn.yaml"))
            .lines()
            .filter(l -> !l.strip().startsWith("#"))
            .toList()
            .toString();
    String shown =
        blocks("yaml").getFirst().lines().filter(l -> !l.startsWith("#")).toList().toString();
    assertEquals(shipped, shown);
  }
}
