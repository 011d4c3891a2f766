package parallax.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import parallax.evaluation.BatteryResult;
import parallax.evaluation.ExerciseParties;
import parallax.evaluation.LaunchScore;
import parallax.evaluation.PictureScore;
import parallax.evaluation.PictureScore.Figure;
import parallax.evaluation.TimeGained;
import parallax.evaluation.WorseShared;
import parallax.model.Nation;

/** A battery's figures as the tables a person reads. */
public final class BatteryText {
  private BatteryText() {}

  /** The tables printed at the end. */
  public static String text(BatteryResult r) {
    StringBuilder b = new StringBuilder();
    launches(b, r);
    gains(b, r);
    worse(b, r.worse());
    for (LaunchScore l : r.launches()) {
      l.problems().forEach(p -> line(b, "unsound: %s, %s", l.launch().id(), p));
    }
    r.notFlown().forEach(n -> line(b, "not flown: %s: %s", n.id(), n.reason()));
    r.malformed().forEach(e -> line(b, "row left out: %s", e));
    for (LaunchScore l : r.launches()) {
      if (l.launch().salvoSize() > 1) {
        line(
            b,
            "%s is a salvo of %d missiles: tracks, and impacts within 50 km, are of all of them",
            l.launch().id(),
            l.launch().salvoSize());
      }
    }
    return b.toString();
  }

  private static void launches(StringBuilder b, BatteryResult r) {
    line(b, "%nMedians over %d seeds, seconds after launch, alone > shared", r.seeds());
    line(
        b,
        "%-6s %-4s %15s %15s %19s %19s %11s",
        "launch",
        "",
        "knows",
        "tracks",
        "impact 50 km",
        "areas right",
        "wrong areas");
    for (LaunchScore l : r.launches()) {
      String id = l.launch().id();
      for (Nation n : ExerciseParties.NATIONS) {
        PictureScore alone = l.of(n).alone();
        PictureScore shared = l.of(n).shared();
        line(
            b,
            "%-6s %-4s %15s %15s %19s %19s %11s",
            id,
            n.code(),
            pair(alone, shared, Figure.FIRST_KNOWLEDGE),
            pair(alone, shared, Figure.FIRST_TRACK),
            pair(alone, shared, Figure.IMPACT_NEAR),
            pair(alone, shared, Figure.AREAS_RIGHT),
            alone.areasWarnedWrongly() + " > " + shared.areasWarnedWrongly());
        id = "";
      }
    }
  }

  private static String pair(PictureScore alone, PictureScore shared, Figure f) {
    return seconds(alone.times(f).median()) + " > " + seconds(shared.times(f).median());
  }

  private static String seconds(OptionalDouble v) {
    return v.isPresent() ? String.format(Locale.ROOT, "%.1f", v.getAsDouble()) : "never";
  }

  private static void gains(StringBuilder b, BatteryResult r) {
    line(b, "%nWhat sharing is worth: median over launches of alone minus shared, seconds");
    for (Nation n : ExerciseParties.NATIONS) {
      for (Figure f : Figure.values()) {
        TimeGained g = TimeGained.of(r.launches(), n, f);
        line(
            b,
            "%-4s %-20s %9s   (%d launches compared; only shared %d, only alone %d, neither %d)",
            n.code(),
            f.words(),
            g.medianS().isPresent()
                ? String.format(Locale.ROOT, "%+.1f", g.medianS().getAsDouble())
                : "-",
            g.compared(),
            g.onlyShared(),
            g.onlyAlone(),
            g.neither());
      }
    }
  }

  private static void worse(StringBuilder b, List<WorseShared> worse) {
    line(
        b,
        "%nWorse shared than alone, beyond noise: %s",
        worse.isEmpty() ? "none" : String.valueOf(worse.size()));
    for (WorseShared w : worse) {
      line(
          b,
          "%-6s %-4s %-20s %s > %s (%d seeds worse, %d better, %d the same; chance %.3f)",
          w.launch(),
          w.nation().code(),
          w.field(),
          seconds(w.alone()),
          seconds(w.shared()),
          w.test().greater(),
          w.test().smaller(),
          w.test().ties(),
          w.test().p());
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // would need the annotations at run time
  private static void line(StringBuilder b, String format, Object... values) {
    b.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
