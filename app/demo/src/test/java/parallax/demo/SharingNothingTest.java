package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.client.OperatorClient;
import parallax.credentials.CertificateAuthority;
import parallax.evaluation.ExerciseParties;
import parallax.files.waiting.Await;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.wire.OrderCodec;

/** A node that tracks, but shares nothing because its agreement or policy is not in force. */
class SharingNothingTest {
  private static final UtcTime NOW = new UtcTime(1_681_338_180_000_000_000L);

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private DemoDirectories dirs;

  @BeforeEach
  void preparesDirectories() throws Exception {
    dirs = DemoDirectories.prepare(folder);
    for (Nation n : ExerciseParties.NATIONS) {
      new NodeClock.Setting(NOW, NodeClock.wallNs(), 1, NOW.plusSeconds(3600))
          .write(dirs.node(n).root());
    }
  }

  private String log() {
    return said.toString(StandardCharsets.UTF_8);
  }

  /** Starts the Japanese node, waits until it says how it is, and asks for its status. */
  private OrderCodec.Answer status() throws Exception {
    NodeLog log = new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), "t");
    try (Node node = Node.start(dirs.node(Nation.JPN).root(), log)) {
      Await.until(() -> log().contains("node is up"), this::log);
      assertEquals(null, node.failure());
      try (OperatorClient operator =
          new OperatorClient(
              Nation.JPN,
              dirs.settings(Nation.JPN).nationalAddress(),
              dirs.clients(Nation.JPN),
              CertificateAuthority.readCertificates(
                  dirs.node(Nation.JPN).keys().resolve("ca.pem")))) {
        return operator.ask(new OrderCodec.StatusRequest());
      }
    }
  }

  private String lineOfTheStart() {
    List<String> lines = log().lines().filter(l -> l.contains("node is up")).toList();
    assertEquals(1, lines.size(), log());
    return lines.getFirst();
  }

  @Test
  void saysWithWhomItSharesWhenItDoes() throws Exception {
    OrderCodec.Answer answer = status();
    assertTrue(answer.done(), answer.detail());
    assertFalse(lineOfTheStart().contains("NOTHING"), log());
    assertTrue(lineOfTheStart().contains("KOR") && lineOfTheStart().contains("USA"), log());
  }

  @Test
  void saysThatItSharesNothingWhenAPartyHasNotSignedTheAgreement() throws Exception {
    try (var files = Files.list(dirs.node(Nation.JPN).agreement())) {
      for (Path p : files.filter(f -> f.getFileName().toString().contains("KOR.sig")).toList()) {
        Files.delete(p);
      }
    }
    OrderCodec.Answer answer = status();
    assertFalse(answer.done());
    assertTrue(answer.detail().startsWith("SHARING NOTHING BECAUSE "), answer.detail());
    assertTrue(answer.detail().contains("KOR"), answer.detail());
    assertTrue(lineOfTheStart().contains("SHARING NOTHING BECAUSE "), log());
  }

  @Test
  void saysThatItSharesNothingWhenThePolicyIsOfAnotherNation() throws Exception {
    Files.copy(
        dirs.node(Nation.KOR).policy(),
        dirs.node(Nation.JPN).policy(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    OrderCodec.Answer answer = status();
    assertFalse(answer.done());
    assertTrue(answer.detail().startsWith("SHARING NOTHING BECAUSE "), answer.detail());
  }

  @Test
  void doesNotStartWithAnotherPolicyTextUnderTheVersionThatWasInForce() throws Exception {
    assertTrue(status().done(), log());
    Path policy = dirs.node(Nation.JPN).policy();
    String before = Files.readString(policy);
    Files.writeString(policy, before + "# a remark\n");
    said.reset();
    InvalidValueException e = assertThrows(InvalidValueException.class, this::status);
    assertTrue(String.valueOf(e.getMessage()).startsWith(policy.toString()), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("a higher version number"), e.getMessage());

    Files.writeString(policy, before.replace("version: 1", "version: 2"));
    said.reset();
    assertTrue(status().done(), log());
  }
}
