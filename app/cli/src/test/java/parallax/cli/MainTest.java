package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.host.NodeDirectory;
import parallax.model.Nation;
import parallax.release.DefaultFiles;

class MainTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "demo --help",
        "node --help",
        "exercise --help",
        "exercise fly --help",
        "exercise battery --help",
        "policy --help",
        "policy apply --help",
        "policy revert --help",
        "agreement --help",
        "release --help",
        "release list --help",
        "release release --help",
        "release refuse --help",
        "label --help",
        "audit checkpoints --help",
        "retention --help"
      })
  void everyCommandHasHelp(String line) {
    assertEquals(0, Typed.run((Object[]) line.split(" ")).code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bogus",
        "demo --bogus",
        "demo --speed fast",
        "demo --speed 0",
        "demo --launch NOPE",
        "demo --launches nowhere.csv",
        "demo --json nowhere/at/all.json",
        "node",
        "node --dir nowhere",
        "exercise fly --launches nowhere.csv",
        "exercise fly --json nowhere/at/all.json",
        "exercise battery --seeds 0",
        "exercise battery --seeds many",
        "exercise battery --threads 0",
        "exercise battery --launches nowhere.csv",
        "exercise battery --json nowhere/at/all.json",
        "exercise battery --html nowhere/at/all.html",
        "policy apply",
        "policy apply policy.yaml",
        "policy apply policy.yaml --dir nowhere",
        "policy revert",
        "policy revert --dir nowhere",
        "policy explain --record nowhere.yaml --journal nowhere",
        "release",
        "release list --dir nowhere",
        "release release --dir nowhere",
        "release release first --dir nowhere",
        "release release 1 --dir nowhere",
        "release refuse 1 --dir nowhere",
        "release refuse 1.5 --dir nowhere",
        "label show nowhere.xml",
        "agreement verify nowhere.yaml",
        "audit checkpoints nowhere",
        "audit compare nowhere nowhere",
        "retention",
        "retention nowhere",
        "retention nowhere --at yesterday",
        "bench",
        "bench link --seconds 1",
        "unknown"
      })
  void wrongUseIsToldInOneLineWithoutAStackTraceAndExitsWith2(String line) {
    Typed ran = Typed.run((Object[]) line.split(" "));
    assertEquals(2, ran.code(), ran.err());
    assertFalse(ran.err().contains("\tat "), ran.err());
    assertTrue(ran.err().lines().count() <= 2, ran.err());
  }

  @Test
  void aPolicyThatNoNodeWouldTakeIsNotLaidReadyForOne() throws Exception {
    NodeDirectory node = new NodeDirectory(folder);
    Files.createDirectories(node.agreement());
    Files.write(node.agreement().resolve(NodeDirectory.AGREEMENT), DefaultFiles.agreement());
    String good = new String(DefaultFiles.policy(Nation.KOR), StandardCharsets.UTF_8);
    Path policy = folder.resolve("wide.yaml");
    Files.writeString(policy, good.replace("[JPN, USA]", "[JPN, USA, GBR]"));

    Typed ran = Typed.run("policy", "apply", policy, "--dir", node.root());

    assertEquals(1, ran.code(), ran.err());
    assertTrue(ran.err().startsWith("BAD: " + policy + ", line "), ran.err());
    assertFalse(Files.exists(node.nextPolicy()));
  }

  @Test
  void malformedTableExitsWith2AndNamesTheMissingColumns() throws Exception {
    Path csv = folder.resolve("bad.csv");
    Files.writeString(csv, "id,date_kst\nX,1\n");
    Typed ran = Typed.run("exercise", "fly", "--launches", csv.toString());
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("apogee_km"), ran.err());
  }

  @Test
  void batteryWithoutAUsableRowExitsWith2AndNamesTheRows() throws Exception {
    Path csv = folder.resolve("bad.csv");
    Files.writeString(
        csv,
        """
        id,site_lat,site_lon,bearing_deg_cns_derived,range_km,apogee_km
        A,39,126,70,abc,100
        """);
    Typed ran = Typed.run("exercise", "battery", "--launches", csv.toString());
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("line 2: A: range_km"), ran.err());
  }

  @Test
  void batteryThatCanFlyNothingExitsWith1AndStillReports() throws Exception {
    Path csv = folder.resolve("unpublished.csv");
    Files.writeString(
        csv,
        """
        id,site_lat,site_lon,bearing_deg_cns_derived,range_km,apogee_km
        A,39,126,70,,
        """);
    Path json = folder.resolve("out.json");
    Path html = folder.resolve("out.html");
    Typed ran =
        Typed.run(
            "exercise",
            "battery",
            "--launches",
            csv.toString(),
            "--json",
            json.toString(),
            "--html",
            html.toString());
    assertEquals(1, ran.code(), ran.err());
    assertTrue(Files.readString(json).contains("no published apogee, no published range"));
    assertTrue(Files.readString(html).contains("no published apogee, no published range"));
    try (var files = Files.list(folder)) {
      assertEquals(3, files.count(), "no part of a file is left");
    }
  }

  @Test
  void malformedRowIsNamedByLineAndTheOthersAreFlown() throws Exception {
    Path csv = folder.resolve("rows.csv");
    Files.writeString(
        csv,
        """
        id,site_lat,site_lon,bearing_deg_cns_derived,range_km,apogee_km
        A,39,126,70,abc,100
        B,39,126,70,500,550
        """);
    Path json = folder.resolve("out.json");
    Typed ran =
        Typed.run("exercise", "fly", "--launches", csv.toString(), "--json", json.toString());
    assertEquals(0, ran.code());
    assertTrue(ran.err().contains("line 2"), ran.err());
    assertTrue(Files.readString(json).contains("\"id\" : \"B\""));
  }
}
