package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A command as it is typed, and what it printed. */
public record Typed(int code, String out, String err) {
  /** Runs {@code parallax} with these words. */
  public static Typed run(Object... args) {
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    try (PrintStream o = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream e = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      System.setOut(o);
      System.setErr(e);
      int code = Main.run(words);
      return new Typed(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  static Typed good(Object... args) {
    Typed ran = run(args);
    assertEquals(0, ran.code(), ran.out() + ran.err());
    return ran;
  }

  static Typed bad(int code, Object... args) {
    Typed ran = run(args);
    assertEquals(code, ran.code(), ran.out() + ran.err());
    return ran;
  }
}
