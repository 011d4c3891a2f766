package parallax.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
  private long nowNs = 5_000_000_000L;

  private Progress progress(boolean terminal) {
    return new Progress(out, terminal, () -> nowNs);
  }

  private void after(Progress p, double waitS, double flightS) {
    nowNs += Math.round(waitS * 1e9);
    p.done(flightS);
  }

  @Test
  void saysRateAndTimeLeftOnATerminalAfterEveryRun() {
    Progress p = progress(true);
    p.start(1000);
    after(p, 5, 250);
    p.end();
    assertEquals(
        "\r1 runs, 25 % of the flight time, 50 s of flight a second, 15 s left   \r"
            + System.lineSeparator(),
        said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void saysALineEveryTenSecondsElsewhere() {
    Progress p = progress(false);
    p.start(1000);
    after(p, 4, 100);
    after(p, 6, 100);
    after(p, 6, 100);
    p.end();
    assertEquals(
        "2 runs, 20 % of the flight time, 20 s of flight a second, 40 s left"
            + System.lineSeparator(),
        said.toString(StandardCharsets.UTF_8));
  }
}
