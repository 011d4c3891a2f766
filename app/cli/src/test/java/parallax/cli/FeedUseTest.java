package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.exercise.NotionalSensors;
import parallax.model.Nation;

/**
 * Options of {@code parallax feed} and {@code parallax exercise plots}, where no node is needed.
 */
class FeedUseTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "feed | no FILE of plots; expected one, or - for standard input",
        "feed F.csv | --to is missing; expected the node's directory or HOST:PORT",
        "feed nowhere.csv --to D | there is no nowhere.csv",
        "feed D --to D | is a folder; expected a file of plots",
        "feed F.txt --to D | expected .csv or .jsonl, or --format csv or jsonl",
        "feed F.csv --to D | a directory with a node.yaml in it",
        "feed F.csv --to nowhere | is neither a node's directory nor HOST:PORT",
        "feed F.csv --to localhost:99999 | is neither a node's directory nor HOST:PORT",
        "feed F.csv --to localhost:4711 | --ca FILE is needed beside --to HOST:PORT",
        "feed F.csv --to localhost:4711 --ca nowhere.pem | there is no nowhere.pem; --ca names it",
        "feed F.csv --to localhost:4711 --ca F.csv | holds no PEM certificate",
        "feed F.csv --to D --live --as-recorded | expected one of them",
        "feed F.csv --to D --resume --append | expected one of them",
        "feed F.csv --to D --live --speed 2 | live plots go at their own speed",
        "feed F.csv --to D --speed 0 | --speed is 0.0; expected a number greater than 0",
        "feed --example nowhere/at/all.csv | nowhere/at",
        "feed --example F.csv --to localhost:4711 | expected --to DIR",
        "exercise plots --launch NOPE --nation JPN --out F.csv | no launch NOPE in the table",
        "exercise plots --launch L39 --nation japan --out F.csv | expected three capital"
            + " letters",
        "exercise plots --launch L39 --nation GBR --out F.csv | there is no sensor of GBR",
        "exercise plots --launch L39 --nation JPN --sensors nowhere.csv --out F.csv | nowhere.csv",
        "exercise plots --launch L39 --nation JPN --out nowhere/at/all.csv | nowhere/at",
      })
  void wrongUseIsSaidInOneLine(String line, String said) throws Exception {
    Path csv = Files.writeString(folder.resolve("F.csv"), "time_utc\n");
    Path txt = Files.writeString(folder.resolve("F.txt"), "time_utc\n");
    List<Object> words = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      words.add(
          switch (word) {
            case "F.csv" -> csv;
            case "F.txt" -> txt;
            case "D" -> folder;
            default -> word;
          });
    }

    Typed ran = Typed.run(words.toArray());

    assertEquals(2, ran.code(), ran.out() + ran.err());
    assertTrue(ran.err().contains(said), ran.err());
    assertTrue(ran.err().lines().count() <= 2, ran.err());
    HostilePlotsTest.requireNoJavaWord(ran.err());
  }

  @ParameterizedTest
  @CsvSource({"l39.csv,CSV", "l39.jsonl,JSONL"})
  void thePlotsOfALaunchAreWrittenAsAFileThatFeedReads(String name, PlotFile.Format format)
      throws Exception {
    Path out = folder.resolve(name);

    Typed ran = Typed.good("exercise", "plots", "--launch", "L39", "--nation", "USA", "--out", out);

    int plots = 0;
    try (PlotFile f = new PlotFile(Files.newInputStream(out), name, format, Nation.USA)) {
      for (PlotLine l = f.next(); l != null; l = f.next()) {
        assertTrue(l instanceof PlotLine.Good, l::toString);
        plots++;
      }
    }
    assertTrue(plots > 100, "plots: " + plots);
    assertTrue(ran.out().startsWith(plots + " plots of L39 by sensors of USA"), ran.out());
  }

  @Test
  void theSensorsMayBeANodesOwn() throws Exception {
    Path sensors =
        Files.writeString(
            folder.resolve("sensors.csv"), NotionalSensors.csv(Nation.JPN), StandardCharsets.UTF_8);
    Path own = folder.resolve("own.csv");
    Path notional = folder.resolve("notional.csv");

    Typed.good(
        "exercise",
        "plots",
        "--launch",
        "L39",
        "--nation",
        "JPN",
        "--sensors",
        sensors,
        "--out",
        own);
    Typed.good("exercise", "plots", "--launch", "L39", "--nation", "JPN", "--out", notional);

    assertEquals(Files.readString(notional), Files.readString(own));
  }
}
