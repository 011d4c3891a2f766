package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.model.Nation;
import parallax.model.Plot;

/** Files of plots with every kind of mistake, and with bytes that nobody meant. */
class HostilePlotsTest {
  private static final String HEADER =
      "time_utc,sensor,owner,range_m,azimuth_deg,elevation_deg,range_rate_mps,"
          + "line_of_sight_x,line_of_sight_y,line_of_sight_z\n";
  private static final String GOOD = "2026-01-01T00:00:00.5Z,north,,300000,10,5,-120,,,\n";
  private static final Pattern JAVA_WORD =
      Pattern.compile(
          "Exception|java\\.|jackson|netty|\\bnull\\b|\\[Source|BigDecimal|\\bat parallax\\.|"
              + "Infinity|HTTP/2|RST_|finishConnect|UNAVAILABLE|CANCEL|DENIED|\\p{Cntrl}");

  /** Fails when a text that is meant for people holds a word of the program's insides. */
  static void requireNoJavaWord(String text) {
    for (String line : text.lines().toList()) {
      assertFalse(JAVA_WORD.matcher(line).find(), line);
    }
  }

  private static List<PlotLine> read(byte[] bytes, PlotFile.Format format) throws IOException {
    List<PlotLine> out = new ArrayList<>();
    try (PlotFile f = new PlotFile(new ByteArrayInputStream(bytes), "f", format, Nation.JPN)) {
      for (PlotLine l = f.next(); l != null; l = f.next()) {
        out.add(l);
      }
    }
    return out;
  }

  private static List<PlotLine> csv(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), PlotFile.Format.CSV);
  }

  private static String onlyProblem(List<PlotLine> lines) {
    assertEquals(1, lines.size(), lines::toString);
    String problem = assertInstanceOf(PlotLine.Bad.class, lines.getFirst()).problem();
    requireNoJavaWord(problem);
    return problem;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yesterday,north,,1,2,3,,,, | , column 1 (time_utc) is 'yesterday'; expected a time in UTC",
        "2026-01-01T09:00:00+09:00,north,,1,2,3,,,, | column 1 (time_utc) is"
            + " '2026-01-01T09:00:00+09:00'",
        "2026-02-30T00:00:00Z,north,,1,2,3,,,, | column 1 (time_utc)",
        "1969-12-31T00:00:00Z,north,,1,2,3,,,, | column 1 (time_utc)",
        "+999999999-01-01T00:00:00Z,north,,1,2,3,,,, | column 1 (time_utc)",
        ",north,,1,2,3,,,, | lacks the time; expected it as time_utc or time_s or time_ms or"
            + " time_ns",
        "2026-01-01T00:00:00Z,,,1,2,3,,,, | lacks the sensor's name; expected it as sensor",
        "2026-01-01T00:00:00Z,north,japan,1,2,3,,,, | column 3 (owner) is 'japan'; expected the"
            + " sensor's nation, three letters",
        "2026-01-01T00:00:00Z,north,,far,2,3,,,, | column 4 (range_m) is 'far'; expected a number"
            + " from 1 to 100000000 m",
        "2026-01-01T00:00:00Z,north,,0,2,3,,,, | column 4 (range_m) is '0'",
        "2026-01-01T00:00:00Z,north,,NaN,2,3,,,, | column 4 (range_m) is 'NaN'",
        "2026-01-01T00:00:00Z,north,,1e999,2,3,,,, | column 4 (range_m) is '1e999'",
        "2026-01-01T00:00:00Z,north,,0x10,2,3,,,, | column 4 (range_m) is '0x10'",
        "2026-01-01T00:00:00Z,north,,1,-5,3,,,, | column 5 (azimuth_deg) is '-5'; expected a number"
            + " from 0 to 360 degrees",
        "2026-01-01T00:00:00Z,north,,1,2,91,,,, | column 6 (elevation_deg) is '91'; expected a"
            + " number from -90 to 90 degrees",
        "2026-01-01T00:00:00Z,north,,1,2,3,90000,,, | column 7 (range_rate_mps) is '90000'",
        "2026-01-01T00:00:00Z,north,,1,,3,,,, | lacks the azimuth; expected it as azimuth_deg or"
            + " azimuth_rad",
        "2026-01-01T00:00:00Z,north,,,,,,,, | has no measurement; expected range, azimuth and"
            + " elevation",
        "2026-01-01T00:00:00Z,north,,1,2,3,,1,0,0 | has both range and a line of sight",
        "2026-01-01T00:00:00Z,north,,,,,,1,1,0 | has a line of sight of length 1.4142; expected the"
            + " unit vector",
        "2026-01-01T00:00:00Z,north,,,,,,1,,0 | lacks the direction's y",
        "2026-01-01T00:00:00Z,north | has 2 columns; expected 10 as in the header",
        "`2026-01-01T00:00:00Z,\"north,,1,2,3,,,,` | row is malformed (field 2 opens a quote that"
            + " never closes)",
        "=cmd()!A1,north,,1,2,3,,,, | column 1 (time_utc) is '=cmd()!A1'",
      })
  void saysOfEachKindOfBadLineWhereItIsAndWhatWasExpected(String line, String said)
      throws IOException {
    String problem = onlyProblem(csv(HEADER + line + "\n"));

    assertTrue(problem.contains(said), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time,sensor,range_m,azimuth_deg,elevation_deg | column 1: unknown column 'time'; the"
            + " nearest known one is time_",
        "time_utc,sensor,range_ft,azimuth_deg,elevation_deg | column 3: unknown column 'range_ft';"
            + " the nearest known one is range_m",
        "time_utc,sensor,range_m,azimuth_deg | no column for the elevation; expected elevation_deg"
            + " or elevation_rad",
        "sensor,range_m,azimuth_deg,elevation_deg | no column for the time",
        "time_utc,sensor | no column for the range, the azimuth, the elevation",
        "time_utc,sensor,line_of_sight_x,line_of_sight_y | no column for the direction's z",
        "time_utc,sensor,range_m,range_km,azimuth_deg,elevation_deg | column 4: range_km says the"
            + " range again, as range_m does",
        "time_utc;sensor;range_m | separated by semicolons or tabulators; expected commas",
      })
  void namesAnUnknownOrMissingColumnOfTheHeader(String header, String said) {
    WrongUse e = assertThrows(WrongUse.class, () -> csv(header + "\n"));

    assertTrue(String.valueOf(e.getMessage()).contains(said), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).startsWith("f, line 1"), e.getMessage());
    requireNoJavaWord(String.valueOf(e.getMessage()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"time_utc\":\"2026-01-01T00:00:00Z\",\"sensor\":\"n\",\"rage_m\":1} | has the unknown"
            + " key 'rage_m'; the nearest known one is range_m",
        "{\"time_utc\":\"2026-01-01T00:00:00Z\",\"sensor\":\"n\",\"range_m\":[1]} | key range_m is"
            + " '[1]'; expected a number from",
        "{\"time_utc\":17,\"sensor\":\"n\",\"range_m\":1} | key time_utc is '17'",
        "{\"time_utc\":\"2026-01-01T00:00:00Z\" | is not JSON",
        "{\"sensor\":\"a\",\"sensor\":\"b\"} | says a key twice",
        "{} {} | is not JSON",
        "[] | is no object",
        "NaN | is not JSON",
        "{\"range_m\":1,\"range_km\":1} | says the range again",
      })
  void saysOfEachKindOfBadJsonWhereItIs(String line, String said) throws IOException {
    String problem =
        onlyProblem(read(line.getBytes(StandardCharsets.UTF_8), PlotFile.Format.JSONL));

    assertTrue(problem.contains(said), problem);
  }

  @Test
  void unitsInTheHeaderDecide() throws IOException {
    List<PlotLine> lines =
        csv(
            """
            time_ms,sensor,range_km,azimuth_rad,elevation_rad,range_rate_kmps
            1767225600500,north,300,0.5,0.25,-1.5
            """);

    Plot.RadarPlot p =
        assertInstanceOf(
            Plot.RadarPlot.class, assertInstanceOf(PlotLine.Good.class, lines.getFirst()).plot());
    assertEquals(1_767_225_600_500_000_000L, p.timeOfValidity().nanos());
    assertEquals(300_000, p.rangeM());
    assertEquals(0.5, p.azimuthRad());
    assertEquals(0.25, p.elevationRad());
    assertEquals(-1_500, p.rangeRateMps().orElseThrow());
  }

  @Test
  void figuresAtTheirLimitsAreTaken() throws IOException {
    List<PlotLine> lines =
        csv(
            """
            time_s,sensor,range_m,azimuth_deg,elevation_deg
            0.000000001,n,1,360,-90
            1,n,1e8,0,90
            """);

    assertTrue(lines.stream().allMatch(PlotLine.Good.class::isInstance), lines::toString);
  }

  @Test
  void aWholeFileInAnotherEncodingIsRefusedInWords() {
    for (Charset c : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      WrongUse e =
          assertThrows(
              WrongUse.class, () -> read((HEADER + GOOD).getBytes(c), PlotFile.Format.CSV));
      assertTrue(String.valueOf(e.getMessage()).contains("UTF-16"), e.getMessage());
    }
  }

  @Test
  void aByteOrderMarkAndLineEndsOfOtherSystemsAreTaken() throws IOException {
    List<PlotLine> lines = csv("\uFEFF" + (HEADER + "\n" + GOOD).replace("\n", "\r\n"));

    assertEquals(1, lines.size());
    assertInstanceOf(PlotLine.Good.class, lines.getFirst());
    assertEquals(3, lines.getFirst().number());
  }

  @Test
  void whatATextWouldDoToTheTerminalIsNotShown() throws IOException {
    String problem = onlyProblem(csv(HEADER + "1\u001b[2J\u202e,north,,1,2,3,,,,\n"));

    assertTrue(problem.contains("is '1?[2J?'"), problem);
  }

  @Test
  void aLineOfAnyLengthCostsThatLineOnly() throws IOException {
    String huge = "9".repeat(5_000_000);

    List<PlotLine> lines = csv(HEADER + GOOD + huge + "\n" + GOOD);

    assertEquals(3, lines.size());
    String problem = assertInstanceOf(PlotLine.Bad.class, lines.get(1)).problem();
    assertTrue(problem.contains("longer than 4096 bytes"), problem);
    assertInstanceOf(PlotLine.Good.class, lines.get(2));
  }

  @ParameterizedTest
  @EnumSource(PlotFile.Format.class)
  void noBytesGiveAJavaWordOrCostAGoodLineAfterThem(PlotFile.Format format) throws IOException {
    SplittableRandom random = new SplittableRandom(13);
    String json =
        "{\"time_utc\":\"2026-01-01T00:00:00Z\",\"sensor\":\"n\",\"range_m\":1,\"azimuth_deg\":2,"
            + "\"elevation_deg\":3}\n";
    byte[] good = (format == PlotFile.Format.CSV ? GOOD : json).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5_000; i++) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      if (format == PlotFile.Format.CSV) {
        all.writeBytes(HEADER.getBytes(StandardCharsets.UTF_8));
      }
      all.writeBytes(damaged(good, random));
      all.write('\n');
      all.writeBytes(good);

      List<PlotLine> lines = read(all.toByteArray(), format);

      for (PlotLine l : lines) {
        if (l instanceof PlotLine.Bad b) {
          requireNoJavaWord(b.problem());
          assertTrue(b.problem().matches(".*(expected|nearest known).*"), b.problem());
        }
      }
      assertInstanceOf(PlotLine.Good.class, lines.getLast());
    }
  }

  /** A line with bytes cut off, changed, put in or doubled. */
  private static byte[] damaged(byte[] good, SplittableRandom random) {
    byte[] line = good.clone();
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      int at = random.nextInt(line.length);
      switch (random.nextInt(6)) {
        case 0 -> line = Arrays.copyOf(line, Math.max(1, at));
        case 1 -> line[at] = (byte) random.nextInt(256);
        case 2 -> line[at] = 0;
        case 3 -> line = joined(line, at, "=HYPERLINK(\"x\")");
        case 4 -> line = joined(line, at, "\u0007\u001b]0;t\u0007,\"\"");
        default -> line = joined(line, at, "9".repeat(random.nextInt(1, 6_000)));
      }
    }
    return line;
  }

  private static byte[] joined(byte[] line, int at, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(line, 0, at);
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.write(line, at, line.length - at);
    return out.toByteArray();
  }
}
