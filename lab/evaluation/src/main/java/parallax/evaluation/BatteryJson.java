package parallax.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import parallax.evaluation.Consistency.Phase;
import parallax.evaluation.Consistency.Tally;
import parallax.evaluation.LaunchScore.Named;
import parallax.evaluation.PictureScore.Figure;
import parallax.evaluation.PictureScore.Spread;
import parallax.model.Nation;

/** A battery's figures as JSON; what every field means: {@code docs/battery.md}. */
public final class BatteryJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The figures whose gains are told. */
  static final List<Figure> GAINS = List.of(Figure.values());

  private BatteryJson() {}

  /** The document, indented. */
  public static byte[] bytes(BatteryResult r) {
    ObjectNode root = JSON.createObjectNode();
    root.put("table", r.table());
    root.put("seeds", r.seeds());
    ObjectNode made = root.putObject("made");
    r.made().forEach(made::put);
    ArrayNode launches = root.putArray("launches");
    r.launches().forEach(l -> launch(launches.addObject(), l, r.seeds()));
    gains(root, r);
    worse(root.putArray("worse"), r.worse());
    consistency(root.putObject("consistency"), r.launches());
    ArrayNode notFlown = root.putArray("notFlown");
    r.notFlown().forEach(n -> notFlown.addObject().put("id", n.id()).put("reason", n.reason()));
    ArrayNode malformed = root.putArray("malformed");
    r.malformed()
        .forEach(e -> malformed.addObject().put("line", e.line()).put("reason", e.message()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and text can be written", e);
    }
  }

  private static void launch(ObjectNode out, LaunchScore l, int seeds) {
    out.put("id", l.launch().id());
    out.put("seeds", seeds);
    out.put("type", l.launch().type());
    out.put("missile", l.salvo().first().missile());
    out.put("assumption", l.assumption().orElse(null));
    out.put("missilesPublished", l.launch().salvoSize());
    out.put("missilesFlown", l.salvo().size());
    number(out, "rangeKm", OptionalDouble.of(l.salvo().first().rangeM() / 1e3));
    number(out, "apogeeKm", OptionalDouble.of(l.salvo().first().apogeeM() / 1e3));
    number(out, "burnoutS", OptionalDouble.of(l.salvo().first().burnoutS()));
    number(out, "impactS", OptionalDouble.of(l.salvo().first().durationS()));
    number(out, "lastImpactS", OptionalDouble.of(l.salvo().durationS()));
    ObjectNode nations = out.putObject("nations");
    l.nations()
        .forEach(
            (n, s) -> {
              ObjectNode nation = nations.putObject(n.code());
              for (Named side : s.both()) {
                picture(nation.putObject(side.label()), side.score(), l.grid());
              }
            });
    ArrayNode problems = out.putArray("problems");
    l.problems().forEach(problems::add);
  }

  private static void picture(ObjectNode out, PictureScore s, TimeGrid grid) {
    for (Figure f : Figure.values()) {
      quantiles(out.putObject(f.field()), s.times(f));
    }
    out.put("areasWarnedWrongly", s.areasWarnedWrongly());
    ObjectNode wrong = out.putObject("wrongAreas");
    s.wrongAreas().forEach(wrong::put);
    quantiles(out.putObject("lostTrackS"), s.lostS());
    errors(out.putArray("positionErrorM"), s, grid, RunScore::positionErrorM);
    errors(out.putArray("impactErrorM"), s, grid, RunScore::impactErrorM);
    phases(out.putObject("consistency"), List.of(s));
  }

  private static void quantiles(ObjectNode out, Quantiles q) {
    number(out, "p5", q.p5());
    number(out, "median", q.median());
    number(out, "p95", q.p95());
    out.put("never", q.never());
  }

  private static void errors(
      ArrayNode out, PictureScore s, TimeGrid grid, Function<RunScore, float[]> errorsM) {
    for (Spread e : s.errors(grid, errorsM)) {
      ObjectNode o = out.addObject();
      number(o, "tS", OptionalDouble.of(e.tS()));
      number(o, "p5", OptionalDouble.of(e.p5M()));
      number(o, "median", OptionalDouble.of(e.medianM()));
      number(o, "p95", OptionalDouble.of(e.p95M()));
      o.put("seeds", e.runs());
    }
  }

  private static void gains(ObjectNode root, BatteryResult r) {
    ObjectNode gains = root.putObject("gains");
    ObjectNode counts = root.putObject("gainsRestOn");
    for (Nation n : ExerciseParties.NATIONS) {
      ObjectNode mine = gains.putObject(n.code());
      ObjectNode restOn = counts.putObject(n.code());
      for (Figure f : GAINS) {
        TimeGained g = TimeGained.of(r.launches(), n, f);
        number(mine, f.field(), g.medianS());
        restOn
            .putObject(f.field())
            .put("compared", g.compared())
            .put("onlyShared", g.onlyShared())
            .put("onlyAlone", g.onlyAlone())
            .put("neither", g.neither());
      }
    }
  }

  private static void worse(ArrayNode out, List<WorseShared> worse) {
    for (WorseShared w : worse) {
      ObjectNode o = out.addObject();
      o.put("launch", w.launch()).put("nation", w.nation().code()).put("figure", w.field());
      number(o, "alone", w.alone());
      number(o, "shared", w.shared());
      o.put("seedsWorse", w.test().greater());
      o.put("seedsBetter", w.test().smaller());
      o.put("seedsTied", w.test().ties());
      number(o, "chance", OptionalDouble.of(w.test().p()));
    }
  }

  private static void consistency(ObjectNode out, List<LaunchScore> launches) {
    for (Nation n : ExerciseParties.NATIONS) {
      ObjectNode nation = out.putObject(n.code());
      phases(nation.putObject("alone"), launches.stream().map(l -> l.of(n).alone()).toList());
      phases(nation.putObject("shared"), launches.stream().map(l -> l.of(n).shared()).toList());
    }
  }

  /** The sums of several scores in every phase. */
  public static Tally sum(List<PictureScore> scores, Phase phase) {
    Tally sum = new Tally();
    scores.forEach(s -> sum.add(s.consistency(phase)));
    return sum;
  }

  private static void phases(ObjectNode out, List<PictureScore> scores) {
    for (Phase p : Phase.values()) {
      Tally t = sum(scores, p);
      ObjectNode o = out.putObject(p.name().toLowerCase(Locale.ROOT));
      o.put("states", t.states());
      number(o, "meanNees", OptionalDouble.of(t.meanNees()));
      o.put("lostStates", t.lost());
      number(o, "meanLostPositionNees", OptionalDouble.of(t.meanLostNees()));
      o.put("predictions", t.predictions());
      for (int i = 0; i < Consistency.LEVELS.length; i++) {
        long percent = Math.round(100 * Consistency.LEVELS[i]);
        number(o, "impactIn" + percent, OptionalDouble.of(t.share(i)));
      }
      number(o, "meanImpactNees", OptionalDouble.of(t.meanImpactNees()));
    }
  }

  /** To a thousandth; null where there is none. */
  private static void number(ObjectNode out, String field, OptionalDouble v) {
    if (v.isPresent() && Double.isFinite(v.getAsDouble())) {
      out.put(field, Math.round(v.getAsDouble() * 1e3) / 1e3);
    } else {
      out.putNull(field);
    }
  }
}
