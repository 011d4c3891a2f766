package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.host.NodeSettings;
import parallax.host.PortProblem;
import parallax.model.Nation;
import parallax.model.UtcTime;

/** What a node says that cannot open one of its two ports. */
class PortsOfANodeTest {
  @TempDir Path folder;
  private DemoDirectories dirs;

  @BeforeEach
  void preparesDirectories() throws Exception {
    prepare();
  }

  private void prepare() throws Exception {
    dirs = DemoDirectories.prepare(folder);
    UtcTime now = new UtcTime(1_681_338_180_000_000_000L);
    new NodeClock.Setting(now, NodeClock.wallNs(), 1, now.plusSeconds(3600))
        .write(dirs.node(Nation.JPN).root());
  }

  private String refused() {
    NodeLog log =
        new NodeLog(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), "t");
    IOException e =
        assertThrows(
            IOException.class, () -> Node.start(dirs.node(Nation.JPN).root(), log).close());
    return String.valueOf(e.getMessage());
  }

  private void set(String key, String address) throws IOException {
    Path file = dirs.node(Nation.JPN).root().resolve(NodeSettings.FILE);
    Files.writeString(
        file, Files.readString(file).replaceAll(key + ": .*", key + ": \"" + address + "\""));
  }

  @Test
  void anAddressOfAnotherMachineIsNoTakenPort() throws Exception {
    for (String key : new String[] {"linkAddress", "nationalAddress"}) {
      prepare();
      set(key, "192.0.2.1:7001");
      assertEquals(key + " 192.0.2.1:7001: " + PortProblem.NOT_OF_THIS_MACHINE.text(), refused());
    }
  }

  @Test
  void aPortThatAnotherProgramHasIsCalledSo() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + other.getLocalPort();
      set("linkAddress", address);
      assertEquals("linkAddress " + address + ": " + PortProblem.TAKEN.text(), refused());
    }
  }

  @Test
  void aMachineThatNobodyKnowsIsCalledSo() throws Exception {
    set("nationalAddress", "no-such-machine.invalid:7001");
    assertEquals(
        "nationalAddress no-such-machine.invalid:7001: " + PortProblem.UNKNOWN_NAME.text(),
        refused());
  }
}
