package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateSubject;
import parallax.files.waiting.Await;
import parallax.host.Node;
import parallax.host.NodeLog;
import parallax.host.NodeSettings;
import parallax.model.Channel;
import picocli.CommandLine;

/** {@code parallax setup}, {@code node check} and {@code node show}, as they are typed. */
class SetupCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");

  private static List<String> freeAddresses(int count) throws Exception {
    List<ServerSocket> held = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(s);
      out.add("127.0.0.1:" + s.getLocalPort());
    }
    for (ServerSocket s : held) {
      s.close();
    }
    return out;
  }

  private Path dir(String nation) {
    return folder.resolve(nation);
  }

  /** Both directories, by three commands with nothing but options. */
  private void twoNationsByOptions() throws Exception {
    List<String> at = freeAddresses(4);
    Typed.good(
        "setup",
        "--dir",
        dir("jpn"),
        "--nation",
        "JPN",
        "--channel",
        "EXERCISE",
        "--link",
        at.get(0),
        "--national",
        at.get(1),
        "--address",
        "KOR=" + at.get(2),
        "--exercise-sensors",
        "--officer",
        "Sato",
        "--sign");
    Typed korea =
        Typed.good(
            "setup",
            "--dir",
            dir("kor"),
            "--nation",
            "KOR",
            "--channel",
            "EXERCISE",
            "--link",
            at.get(2),
            "--national",
            at.get(3),
            "--address",
            "JPN=" + at.get(0),
            "--partner",
            "JPN=" + dir("jpn-for-partners"),
            "--exercise-sensors",
            "--sign");
    assertTrue(korea.out().contains("Nothing is missing"), korea.out());
    Typed japan =
        Typed.good("setup", "--dir", dir("jpn"), "--partner", "KOR=" + dir("kor-for-partners"));
    assertTrue(japan.out().contains("Next: parallax node check " + dir("jpn")), japan.out());
  }

  @Test
  void twoNationsSetUpByOptionsAloneReachEachOtherUnderAnAgreementInForce() throws Exception {
    twoNationsByOptions();
    for (String n : List.of("jpn", "kor")) {
      Typed check = Typed.run("node", "check", dir(n));
      assertTrue(check.code() < 2, check.out());
    }
    try (Node japan = Node.start(dir("jpn"), log);
        Node korea = Node.start(dir("kor"), log)) {
      Await.until(
          () -> linked("jpn") && linked("kor"), () -> said.toString(StandardCharsets.UTF_8));
      Typed check = Typed.run("node", "check", "--dir", dir("jpn"));
      assertTrue(check.code() < 2, check.out());
      assertTrue(check.out().contains("open: the running node has it"), check.out());
      assertEquals(null, japan.failure());
      assertEquals(null, korea.failure());
    }
  }

  /** Whether a node says that all its streams are up, and that it shares. */
  private boolean linked(String nation) throws Exception {
    Typed status = Typed.run("partner", "status", "--dir", dir(nation), "--json");
    if (status.code() != 0) {
      return false;
    }
    int up = 0;
    for (JsonNode n : new ObjectMapper().readTree(status.out())) {
      up += n.path("state").asText().equals("UP") ? 1 : 0;
    }
    return up == 4;
  }

  @Test
  void runTwiceItMakesNothingNew() throws Exception {
    twoNationsByOptions();
    Typed again =
        Typed.good("setup", "--dir", dir("jpn"), "--partner", "KOR=" + dir("kor-for-partners"));
    assertFalse(again.out().contains("made "), again.out());
    assertFalse(again.out().contains("changed "), again.out());
  }

  @Test
  void saysWhatIsMissingAndTheNextCommand() {
    Typed ran =
        Typed.good(
            "setup", "--dir", dir("usa"), "--nation", "USA", "--channel", "REAL", "--party", "JPN");
    for (String words :
        List.of(
            "Send to JPN: the folder " + dir("usa-for-partners"),
            "Lock away: the folder " + dir("usa-offline"),
            "Next: parallax setup --dir "
                + dir("usa")
                + " --partner JPN=FOLDER --address"
                + " JPN=HOST:PORT --sign --sensors FILE")) {
      assertTrue(ran.out().contains(words), words + " not in " + ran.out());
    }
  }

  @Test
  void asksAtATerminalForWhatNoOptionSays() throws Exception {
    Deque<String> answers =
        new ArrayDeque<>(
            List.of(
                "Japan",
                "jpn",
                "exercise",
                "here",
                "127.0.0.1:7",
                "",
                "Sato",
                "",
                "kor",
                "127.0.0.1:9",
                "",
                "",
                "yes"));
    List<String> asked = new ArrayList<>();
    SetupCommand command = new SetupCommand();
    command.answerBy(
        (question, standard) -> {
          asked.add(question);
          String answer = answers.removeFirst();
          return answer.isEmpty() ? standard : answer;
        });
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      System.setOut(to);
      assertEquals(0, new CommandLine(command).execute("--dir", dir("jpn").toString()));
    } finally {
      System.setOut(before);
    }
    assertTrue(answers.isEmpty(), asked.toString());
    NodeSettings s = NodeSettings.read(dir("jpn"));
    assertEquals(Channel.EXERCISE, s.channel());
    assertEquals("127.0.0.1:7200", parallax.host.Setting.NATIONAL_ADDRESS.in(s));
    assertEquals("KOR 127.0.0.1:9", parallax.host.Setting.PARTNERS.in(s));
    assertTrue(Files.exists(dir("jpn").resolve("agreement/agreement.yaml.JPN.sig")));
    assertEquals(
        "Sato",
        CertificateSubject.of(
                CertificateAuthority.readCertificate(dir("jpn").resolve("keys/operator.pem")))
            .name());
  }

  @Test
  void refusesWhatIsWrongInOneLineAndMakesNothing() {
    Object[][] wrong = {
      {"setup", "--dir", dir("x")},
      {"setup", "--dir", dir("x"), "--nation", "Japan", "--channel", "REAL"},
      {"setup", "--dir", dir("x"), "--nation", "JPN", "--channel", "WAR"},
      {"setup", "--dir", dir("x"), "--nation", "JPN", "--channel", "REAL", "--link", "here"},
      {"setup", "--dir", dir("x"), "--nation", "JPN", "--channel", "REAL", "--partner", "KOR"},
      {"setup", "--dir", dir("x"), "--nation", "JPN", "--channel", "REAL", "--address", "KOR=x"},
      {
        "setup",
        "--dir",
        dir("x"),
        "--nation",
        "JPN",
        "--channel",
        "REAL",
        "--partner",
        "KOR=" + dir("nothing")
      },
      {"setup", "--dir", dir("x"), "--nation", "JPN", "--channel", "REAL", "--sensors", dir("no")},
      {"setup", "--dir", dir("x"), "--nation", "JPN", "--channel", "REAL", "--exercise-sensors"},
      {"setup", "--dir", dir("x"), "--nation", "JPN", "--channel", "REAL", "--agreement", dir("a")},
      {"setup", "--dir", dir("x"), "--nation", "JPN", "--channel", "REAL", "--address", "JPN=h:1"},
    };
    for (Object[] words : wrong) {
      Typed ran = Typed.bad(2, words);
      assertFalse(ran.err().contains("Exception"), ran.err());
      assertFalse(Files.exists(dir("x")), ran.err());
    }
  }

  @Test
  void checkSaysByItsExitCodeHowItIs() throws Exception {
    Typed.bad(2, "node", "check");
    Typed.bad(2, "node", "check", dir("none"));
    twoNationsByOptions();
    Files.delete(dir("jpn").resolve("agreement/agreement.yaml.KOR.sig"));
    Typed bad = Typed.bad(2, "node", "check", dir("jpn"));
    assertTrue(bad.out().contains("SHARING NOTHING BECAUSE"), bad.out());
    assertTrue(bad.out().lines().allMatch(l -> l.matches("(OK|WARNING|ERROR) .*|\\d+ errors.*")));
    Typed only = Typed.bad(2, "node", "check", "--only-wrong", dir("jpn"));
    assertFalse(only.out().contains("OK "), only.out());
  }

  @Test
  void showsSettingsWithTheirSourceAndDefaults() throws Exception {
    twoNationsByOptions();
    Path yaml = dir("jpn").resolve("node.yaml");
    Files.writeString(yaml, Files.readString(yaml).replace("eventsMiB: 64\n", ""));
    Typed ran = Typed.good("node", "show", dir("jpn"), "--defaults");
    assertTrue(ran.out().matches("(?s).*nation +node.yaml +JPN\\n.*"), ran.out());
    assertTrue(
        ran.out().matches("(?s).*eventsMiB +default +64\\n.*MiB.*default: 64\\n.*"), ran.out());
    assertTrue(Typed.good("node", "show", "--defaults").out().contains("durability"));
    Typed.bad(2, "node", "show");
    Files.writeString(yaml, "nation: 5\n");
    Typed.bad(2, "node", "show", dir("jpn"));
  }

  @Test
  void aStartThatFailsSaysWhyInOneLineWithoutWordsOfTheProgram() throws Exception {
    twoNationsByOptions();
    Path yaml = dir("jpn").resolve("node.yaml");
    String good = Files.readString(yaml);
    Files.writeString(
        yaml, good.replaceFirst("linkAddress: .*", "linkAddress: \"192.0.2.1:7100\""));
    refusesToStart("linkAddress 192.0.2.1:7100: this is not an address of this machine");
    try (ServerSocket taken = new ServerSocket()) {
      Files.writeString(yaml, good);
      taken.bind(NodeSettings.read(dir("jpn")).nationalAddress());
      refusesToStart("the port is taken by another program");
    }
    Files.writeString(dir("jpn").resolve("agreement/agreement.yaml.KOR.sig"), "nonsense\n");
    refusesToStart("agreement.yaml.KOR.sig, line 1");
    Files.delete(dir("jpn").resolve("policy.yaml"));
    Files.delete(dir("jpn").resolve("agreement/agreement.yaml.KOR.sig"));
    refusesToStart("policy.yaml: there is no such file");
  }

  private void refusesToStart(String why) {
    Typed ran = Typed.bad(2, "node", "--dir", dir("jpn"));
    String said =
        ran.err().lines().filter(l -> l.contains("does not start")).findFirst().orElse("");
    assertTrue(said.contains(why), ran.err());
    assertFalse(said.contains("Exception") || said.contains("bind("), said);
  }

  @Test
  void theNodeItselfStillNeedsItsDirectory() {
    Typed ran = Typed.bad(2, "node");
    assertTrue(ran.err().contains("--dir"), ran.err());
  }
}
