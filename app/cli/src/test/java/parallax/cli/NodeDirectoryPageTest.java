package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.host.NodeClock;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.host.Setting;
import parallax.model.Nation;
import parallax.tables.SensorTable;

/** docs/node-directory.md names every file of a node's directory and every setting. */
class NodeDirectoryPageTest {
  private static final Path ROOT = Path.of("node");

  private String page = "";

  @BeforeEach
  void readsThePage() throws Exception {
    Path root = Path.of(System.getProperty("parallax.root", "../.."));
    page = Files.readString(root.resolve("docs/node-directory.md"));
  }

  /** Where each method of the directory that names a file or folder says that it is. */
  private static SortedSet<String> places() throws Exception {
    NodeDirectory directory = new NodeDirectory(ROOT);
    TreeSet<String> out = new TreeSet<>();
    for (Method m : NodeDirectory.class.getMethods()) {
      if (m.getReturnType() == Path.class && m.getParameterCount() < 2) {
        Object place =
            m.getParameterCount() == 0
                ? m.invoke(directory)
                : m.invoke(directory, m.getName().equals("signature") ? Nation.JPN : Nation.KOR);
        out.add(ROOT.relativize((Path) place).toString());
      }
    }
    out.remove("");
    return out;
  }

  @Test
  void namesEveryFileAndFolder() throws Exception {
    SortedSet<String> places = places();
    assertTrue(places.size() > 12, places.toString());
    places.add(NodeSettings.FILE);
    places.add(NodeClock.FILE);
    for (String place : places) {
      String named = place.replace("KOR.pub", "JPN.pub");
      assertTrue(page.contains("`" + named + "`") || page.contains("`" + named + "/"), place);
    }
  }

  @Test
  void namesEverySettingWithItsDefault() {
    TreeSet<String> rows = new TreeSet<>();
    page.substring(page.indexOf("## Settings"))
        .lines()
        .filter(l -> l.startsWith("| `"))
        .forEach(l -> rows.add(l.substring(3, l.indexOf('`', 3))));
    TreeSet<String> keys = new TreeSet<>();
    for (Setting s : Setting.values()) {
      keys.add(s.key());
      String row =
          page.lines().filter(l -> l.startsWith("| `" + s.key() + "`")).findFirst().orElse("");
      assertTrue(row.contains(s.standard().isEmpty() ? "must be given" : s.standard()), s.key());
    }
    assertEquals(keys, rows);
  }

  @Test
  void namesEveryColumnOfTheSensorTable() {
    SensorTable.NEEDED.forEach(c -> assertTrue(page.contains("`" + c + "`"), c));
  }
}
