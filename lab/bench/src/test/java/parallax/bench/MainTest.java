package parallax.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bench runs to its end for a moment; nothing is judged by time. */
class MainTest {
  @TempDir Path folder;

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... args) {
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream o = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream e = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      System.setOut(o);
      System.setErr(e);
      int code = Main.run(args);
      return new Ran(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  private JsonNode figures(String... args) throws IOException {
    Path file = folder.resolve("figures.json");
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--json";
    all[args.length + 1] = file.toString();
    Ran ran = run(all);
    assertEquals(0, ran.code(), ran.err());
    return new ObjectMapper().readTree(file.toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "link --help", "store --help", "start --help", "micro --help"})
  void everyCommandHasHelp(String line) {
    assertEquals(0, run(line.split(" ")).code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "link --seconds 0",
        "link --records many",
        "link --size 0",
        "store --batches 0",
        "store --dir nowhere",
        "start --days 0",
        "start --snapshot-seconds 7",
        "micro --seconds 0"
      })
  void wrongUseIsToldInOneLineAndExitsWith2(String line) {
    Ran ran = run(line.split(" "));
    assertEquals(2, ran.code(), ran.err());
    assertFalse(ran.err().contains("\tat "), ran.err());
    assertTrue(ran.err().lines().count() <= 2, ran.err());
  }

  @Test
  void linkBenchMeasuresCoursesAndSessions() throws IOException {
    JsonNode f = figures("link", "--seconds", "0.09", "--records", "1500");
    assertEquals(90, f.at("/latency_ms/raw gRPC/arrival/records").asInt());
    assertEquals(90, f.at("/latency_ms/raw gRPC/acknowledged/records").asInt());
    assertTrue(f.at("/records_per_second/raw gRPC/batches of 100/median").asDouble() > 0);
    assertTrue(f.at("/sessions_us_a_record/batches of 500/all").asDouble() > 0);
  }

  @Test
  void storeBenchAppendsToEveryStoreAndReadsItBack() throws IOException {
    JsonNode f =
        figures("store", "--batches", "10", "--inputs", "20000", "--dir", folder.toString());
    assertTrue(f.at("/batches_of_1000/segment files/p99_ms").asDouble() > 0);
    assertTrue(f.at("/batches_of_1/bare disk/batches_per_second").asDouble() > 0);
    assertTrue(f.at("/read/SQLite, one blob a batch/inputs_per_second").asDouble() > 0);
  }

  @Test
  void startBenchMakesThreeJournalsThatStartWithTheSameLiveTracks() throws IOException {
    Path kept = folder.resolve("kept");
    String[] plan = {
      "start",
      "--days",
      "1",
      "--month-days",
      "1",
      "--plots",
      "10",
      "--tracks",
      "3",
      "--rounds",
      "1",
      "--snapshot-seconds",
      "10",
      "--in-process",
      "--keep",
      kept.toString()
    };
    JsonNode f = figures(plan);
    assertTrue(f.at("/same_tracks").asBoolean(), f.toString());
    for (String name : new String[] {"new", "year", "month"}) {
      JsonNode journal = f.at("/journals/" + name);
      assertEquals(3, journal.at("/live_tracks").asInt(), f.toString());
      assertEquals(0, journal.at("/notes").asInt(), f.toString());
      assertTrue(journal.at("/replayed").asInt() >= 100, f.toString());
      assertTrue(journal.at("/ready_s").asDouble() > 0, f.toString());
    }
    assertEquals(f.at("/journals/new/replayed").asInt(), f.at("/journals/month/replayed").asInt());
    assertTrue(f.at("/journals/month/snapshots").asInt() >= 86, f.toString());
    assertTrue(f.at("/journals/year/files").asInt() > f.at("/journals/new/files").asInt());
    assertEquals(2, run("start", "--days", "0", "--keep", kept.toString()).code());
    Ran other = run("start", "--days", "2", "--in-process", "--keep", kept.toString());
    assertEquals(1, other.code());
    assertTrue(other.err().contains("another plan"), other.err());
  }

  @Test
  void microBenchesRunUnderJmh() throws IOException {
    JsonNode f = figures("micro", "ReleaseBench", "--seconds", "0.05", "--in-process");
    assertEquals("parallax.bench.micro.ReleaseBench.decide", f.at("/0/benchmark").asText());
  }
}
